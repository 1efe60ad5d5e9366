// `types.d.ts` is written by hand; here tsc holds it to what wasm-bindgen exports: the same names, with types that fit.
import type * as Hand from "cnscd";
import type * as Made from "../pkg/cnscd.js";

type Hands = typeof Hand;
type Mades = Omit<typeof Made, "default" | "initSync">;

/** The names of two types, if they are not the same ones; `never` if they are. */
type Differ<A, B> = Exclude<keyof A | keyof B, (keyof A & keyof B) | symbol>;
type Instance<T> = T extends { prototype: infer I } ? I : unknown;

type Names = Differ<Hands, Mades>;
type Members = {
  [K in keyof Hands & keyof Mades]: Differ<Hands[K], Mades[K]> | Differ<Instance<Hands[K]>, Instance<Mades[K]>>;
};

// An error in one of these lines names what is missing on one side.
const names: [Names] extends [never] ? true : Names = true;
const members: [Members[keyof Members]] extends [never] ? true : Members[keyof Members] & string = true;
const fits = (made: Mades): Hands => made;
void [names, members, fits];
