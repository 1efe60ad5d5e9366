/** The version of this package. */
export function version(): string;

export class Register {
  private constructor();
  static fromJson(text: string): Register;
  toJson(): string;
  /** Gives the memory back now; otherwise it goes with the object. */
  free(): void;
}
