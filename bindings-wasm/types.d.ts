/** Severity, worst first: `error` Phải khắc phục, `warning` Cần rà soát, `info` Lưu ý. */
export type Severity = "error" | "warning" | "info";
export type Level = "province" | "district" | "commune" | "village";
export type TeamKind = "committee" | "steering" | "community";
export type Role = "head" | "standing_deputy" | "deputy" | "secretary" | "member";
export type Locale = "vi" | "en";
/** How people are named in a text: by identifier, by initials, in full. */
export type Names = "hidden" | "initials" | "full";

/** What a finding rests on. */
export interface Basis {
  vi: string;
  en: string;
  force: "binding" | "recommended" | "practice";
  verified: boolean;
}

/** What a rule says of a subject. Identifiers only; `text` and `remedy` are there when a locale was given. */
export interface Finding {
  code: string;
  name: string;
  severity: Severity;
  subject: { table: "teams" | "people" | "units" | "decisions"; id: string };
  /** Code of the lowest unit that holds all of it. */
  unit: string | null;
  /** First day, `2022-05-17`; null if it is not a matter of days. */
  from: string | null;
  /** First day on which it no longer holds; null if it holds on `asOf`. */
  to: string | null;
  present: boolean;
  params: Record<string, number | string | string[]>;
  /** Null if it rests on the facts alone. */
  basis: Basis | null;
  text?: string;
  remedy?: string;
}

export interface FindingsQuery {
  /** Code of a unit: it and all below. */
  unit?: string;
  /** Code (`T004`) or name (`two-heads`) of a rule. */
  code?: string;
  severity?: Severity;
  /** Default: `any`. */
  when?: "any" | "present" | "past";
  /** Adds `text` and `remedy`. */
  locale?: Locale;
  /** Default: `hidden`. */
  names?: Names;
}

/** A team in force. `parent` is as stated, else the nearest steering team above on the day. */
export interface TeamRow {
  id: string;
  name: string | null;
  kind: TeamKind;
  unit: string;
  covers: string[];
  parent: string | null;
  committee: string | null;
  decision: string | null;
  from: string;
  /** First day on which it no longer exists. */
  to: string | null;
  suspended: boolean;
  /** By role, then identifier. */
  members: { person: string; role: Role; acting: boolean; position: string | null }[];
}

export interface Share {
  part: number;
  whole: number;
}

type Grid = Partial<Record<Level, Partial<Record<TeamKind, number>>>>;

/** Measures of a unit with all below it, on `asOf`. Zeros are left out of the grids. */
export interface RollUpRow {
  unit: string;
  name: string;
  level: Level;
  parent: string | null;
  units: Record<Level, number>;
  units_with: Grid;
  teams: Grid;
  members: Grid;
  /** Of the units the policy wants a team in, how many have one; a level is missing if it wants none. */
  required: Partial<Record<Level, Share>>;
  /** Null where there is no village. */
  villages_covered: Share | null;
  roles: Record<Role, number>;
  sexes: Record<"male" | "female" | "unknown", number>;
  organisations: Record<string, number>;
  findings: Record<Severity, number>;
  /** Null where no duty binds. */
  duties_done: Share | null;
}

export type State =
  | "not_yet"
  | "open"
  | "due_soon"
  | "overdue"
  | "done_on_time"
  | "done_late"
  | "extended"
  | "excused"
  | "not_bound";

/** A duty as it stands on `asOf`; names are there when a locale was given. */
export interface AgendaRow {
  obligation: string;
  unit: string;
  level: Level;
  /** The team that owes, or whose member does. */
  team: string | null;
  person: string | null;
  period: string | null;
  event: string | null;
  state: State;
  from: string;
  /** The last good day, an extension counted. */
  due: string;
  done: string | null;
  /** Calendar days after `due`, negative before it; null of what nobody owes. */
  late: number | null;
  /** The same in working days; null also where the calendar does not know them. */
  late_working: number | null;
  /** The day on which to remind of it, where the obligation asks for that. */
  remind: string | null;
  /** Whether `due` rests on published days alone. */
  published: boolean;
  /** The document that moved the day or freed the unit. */
  document: string | null;
  until: string | null;
  lead: string;
  supporting: string[];
  basis: Basis;
  name?: string;
  period_name?: string | null;
  unit_name?: string;
  team_name?: string | null;
  state_label?: string;
  lead_label?: string;
  supporting_labels?: string[];
  /** How `due` comes about, a sentence a step, where it was asked for. */
  steps?: { vi: string[]; en: string[] };
}

export interface AgendaQuery {
  /** Code of a unit: it and all below. */
  unit?: string;
  /** Identifier of a team: duties of it and of its members. */
  team?: string;
  /** Identifier of a body: duties in its unit and below that a body of its kind leads or supports, unless another of that kind is nearer. */
  body?: string;
  obligation?: string;
  state?: State;
  /** Only what is due on this day or later. */
  from?: string;
  /** Only what is due on this day or earlier, done or not; of what comes back also periods that begin until then. */
  until?: string;
  /** What is left to do and due within so many days, or overdue; periods that begin until then among them. */
  days?: number;
  /** Grouped by level and unit, and only then by the end of the term. */
  byUnit?: boolean;
  /** Adds names. */
  locale?: Locale;
  /** Adds how each due day comes about; a calendar always has it. */
  steps?: boolean;
}

/** Duties of a unit and all below it under one obligation, in one period where it comes back. */
export interface CompletenessRow {
  unit: string;
  name: string;
  level: Level;
  obligation: string;
  period: string | null;
  expected: number;
  /** Completeness is `done` of `expected`. */
  done: number;
  /** Timeliness is `on_time` of `expected`. */
  on_time: number;
  /** Past their last good day and not done. */
  overdue: number;
}

/** An entry of a policy. A setting has `key` and `of`, a severity has `rule`, an obligation has `obligation`. */
export interface Entry {
  key?: string;
  of?: string | null;
  rule?: string;
  obligation?: string;
  value: boolean | number | string | string[] | ObligationValue | null;
  from: string | null;
  to: string | null;
  scope: string | null;
  policy: string;
  basis: Basis;
}

/** What has to be done: the columns of `obligations`; what is absent is `null`. */
export interface ObligationValue {
  name_vi: string;
  name_en: string;
  level: Level;
  kinds: string[];
  who: "unit" | "team" | "member";
  teams: TeamKind | null;
  every: Frequency | null;
  scheme: Scheme | null;
  on: "appointment" | "event" | null;
  gathers: string | null;
  lead: string;
  supporting: string[];
  due: Due;
  day: string | null;
  count: number | null;
  of: Counted | null;
  months: number | null;
  adjust: Adjust;
  soon: number | null;
  remind: number | null;
  test: "villages_covered" | "decision_issued" | "recorded" | "reported";
  form: string | null;
}

/** The entry in force in a unit on a day, and those that it overrode, the next one first. */
export interface Explained {
  entry: Entry;
  overrode: Entry[];
}

type Row = Record<string, string | number | boolean | string[] | null>;

/** A new row of a table, new values for the one row that has those of `where`, or an end for it. */
export type Change =
  | { add: string; row: Row }
  | { change: string; where: Row; set: Row }
  | { end: string; where: Row; to: string };

/** What an edit changed. */
export interface Edited {
  gone: Finding[];
  new: Finding[];
  duties_gone: AgendaRow[];
  duties_new: AgendaRow[];
}

/** One thing wrong in a document. Personal values are `***`. */
export interface Problem {
  code: string;
  /** `people[7].born` */
  place: string;
  table: string | null;
  row: number | null;
  column: string | null;
  item: number | null;
  vi: string;
  en: string;
}

/** What every function throws for input that it cannot use. `problems` is empty but for a document. */
export interface CnscdError extends Error {
  name: "CnscdError";
  code: string;
  problems: Problem[];
}

export interface Rule {
  code: string;
  name: string;
  title: Record<Locale, string>;
  severity: Severity;
  policy: string[];
  params: string[];
  text: Record<Locale, string>;
  remedy: Record<Locale, string>;
  /** Markdown: what it does, why, an example. */
  doc: string;
}

/** Who fills in a form: a team, or a unit of a level. */
export type Filler = "team" | "village" | "commune" | "district" | "province";

/** A row of `reports`; days are `2022-06-02`. One of `team` and `unit` is there. */
export interface Report {
  form: string;
  version?: number | null;
  period: string;
  unit?: string | null;
  team?: string | null;
  kind?: "periodic" | "thematic" | "ad_hoc" | null;
  revision?: number | null;
  sent?: string | null;
  received?: string | null;
  entered?: string | null;
  channel?: string | null;
  by?: string | null;
  state?: "draft" | "submitted" | "returned" | "approved" | "locked" | "reopened" | null;
  /** Whole numbers by indicator. What is left out is absent, which is not 0. */
  figures?: Record<string, number | null> | null;
  not_applicable?: string[] | null;
  estimates?: string[] | null;
  confirmed?: string[] | null;
  prose?: Record<string, string | null> | null;
}

interface FormPart {
  id: string;
  /** The first version of the form that has it. */
  since: number;
  /** The last one; null if there is no last. */
  until: number | null;
  /** None means all who fill in the form. */
  filled_by: Filler[];
}

/** A form of a policy, all versions together. */
export interface Form {
  id: string;
  versions: {
    number: number;
    name_vi: string;
    name_en: string;
    filled_by: Filler[];
    teams: TeamKind | null;
    every: Frequency;
    scheme: Scheme;
    from: string | null;
    to: string | null;
    basis: Basis;
  }[];
  indicators: (FormPart & {
    label_vi: string;
    label_en: string;
    unit: string;
    counts: "in_period" | "year_to_date" | "at_cut_off";
    over_units: "sum" | "maximum" | "none";
    over_periods: "sum" | "last" | "none";
    goal: string | null;
    min: number | null;
    max: number | null;
    required: boolean;
    evidence_vi: string | null;
    evidence_en: string | null;
    basis: Basis;
  })[];
  prose: (FormPart & { label_vi: string; label_en: string; required: boolean })[];
  checks: (FormPart & {
    left: string;
    operator: string;
    right: string;
    left_missing: "skip_if_any" | "skip_if_all" | "never_skip";
    right_missing: "skip_if_any" | "skip_if_all" | "never_skip";
    tolerance: number;
    severity: Severity | "off";
    message_vi: string;
    message_en: string;
    basis: Basis;
  })[];
}

/** What is said of a report before it is kept. */
export interface Preview {
  form: string;
  /** The version it is on; null if there is none for the period. */
  version: number | null;
  period: string;
  /** The last day of the period, by the form. */
  cut_off: string | null;
  /** The last good day, an extension counted; null if no obligation asks for the report. */
  due: string | null;
  next: { period: string; due: string | null } | null;
  /** What the form asks for, in its order; figures have a unit. `label` and `evidence` are there when a locale was given. */
  fields: {
    id: string;
    unit: string | null;
    required: boolean;
    absent: boolean;
    figure: number | null;
    previous: number | null;
    /** How a figure counts, and the least and the most that are likely; null of a text. */
    counts: "in_period" | "year_to_date" | "at_cut_off" | null;
    min: number | null;
    max: number | null;
    label?: string;
    evidence?: string | null;
  }[];
  /** Worst first, each with the fields that it is about. */
  findings: { fields: string[]; finding: Finding }[];
}

/** A check of a form that a report departs from. */
export interface Departure {
  /** The number of the report in its document, from 0. */
  report: number;
  check: string;
}

/** Reports of teams and units, read beside their register. */
export class Reports {
  private constructor();
  /** Reads a JSON document of reports, a string or UTF-8 bytes. Throws {@link CnscdError}. */
  static fromJson(register: Register, json: string | Uint8Array): Reports;
  readonly length: number;
  readonly note: string | undefined;
  /** Gives the memory back now; otherwise it goes with the object. */
  free(): void;
  [Symbol.dispose](): void;
}

/** Dated facts, read and indexed. */
export class Register {
  private constructor();
  /** Reads a JSON document, a string or UTF-8 bytes. Throws {@link CnscdError}. */
  static fromJson(json: string | Uint8Array): Register;
  /** The document; reading it gives the same register. */
  toJson(): string;
  /** A register without name, birth day, phone, citizen number and residences of somebody. Throws {@link CnscdError}. */
  erase(person: string): Register;
  /** The register with reports that were read beside it; nothing is copied. Throws {@link CnscdError} if they were read beside another. */
  withReports(reports: Reports): Register;
  /** The reports as a document; reading it beside the register gives the same reports. */
  reportsToJson(): string | undefined;
  readonly note: string | undefined;
  counts(): Record<string, number>;
  /** Checks against a policy, or the preset of a name, as known on a day (`2022-05-17`). Throws {@link CnscdError}. */
  check(policy: string | Policy, asOf: string): Checked;
  /** Gives the memory back now; otherwise it goes with the object. */
  free(): void;
  [Symbol.dispose](): void;
}

/** `before` or `on_or_before` a `day`; a `month_day` or the `month_end`; so many days ... `after`. */
export type Due = "before" | "on_or_before" | "month_day" | "month_end" | "after";
export type Counted = "days" | "working_days" | "weeks" | "months" | "years";
/** Where a due day goes that is no working day. */
export type Adjust = "none" | "following" | "preceding";
/** By when something is due. `start` is the day from which a term runs, or with a `scheme` the period after which it does. */
export interface DueRule {
  due: Due;
  adjust: Adjust;
  day?: string;
  count?: number;
  of?: Counted;
  months?: number;
  start?: string;
  scheme?: Scheme;
}
/** The last good day, whether it rests on published days alone, and its steps in both languages. */
export interface DueDay {
  due: string;
  published: boolean;
  vi: string[];
  en: string[];
}
export type DayKind = "working_day" | "rest_day" | "holiday" | "day_in_lieu" | "swapped_day" | "day_off" | "make_up_day";
/** A day of a policy's calendar. Unless it is `published` it is only expected by rule. */
export interface CalendarDay {
  date: string;
  kind: DayKind;
  working: boolean;
  published: boolean;
  /** Why, what counts most first; `of` is the holiday in whose place it is free, or the day it is swapped with. */
  reasons: { vi: string; en: string; of: string | null; basis: Basis }[];
  published_by: Basis | null;
  /** Where a locale was given. */
  text?: string;
}

/** What is asked, since when, where, and on which text that rests. */
export class Policy {
  private constructor();
  /** A policy that comes with the library. Throws {@link CnscdError}. */
  static preset(name: string): Policy;
  /** Reads a policy; what it `extends` is a preset. Throws {@link CnscdError}. */
  static fromJson(json: string): Policy;
  /** The document, without what it extends; reading it gives the same policy. */
  toJson(): string;
  readonly name: string;
  /** Every form: its versions, indicators, prose fields and checks. */
  forms(): Form[];
  /** Every value in force in a unit on a day, where it comes from, and what it overrode. Throws {@link CnscdError}. */
  explain(register: Register, unit: string, day: string): Explained[];
  /** Whether people work on a date, why, and by which text. Throws `no-calendar` for a date that the calendar does not know. */
  day(date: string, query?: { locale?: Locale }): CalendarDay;
  isWorking(date: string): boolean;
  /** Working days behind `from`, up to and including `to`; negative if `to` lies before `from`. */
  countWorkingDays(from: string, to: string): number;
  /** The `count`-th working day behind `from`; before it if `count` is negative. */
  addWorkingDays(from: string, count: number): string;
  /** A date moved to a working day. */
  adjust(date: string, adjust: Adjust): string;
  /** The last good day by a rule with the columns of `obligations`, or of an obligation, and how it comes about. Throws `bad-due`. */
  due(rule: DueRule | { obligation: string }): DueDay;
  /** Gives the memory back now; otherwise it goes with the object. */
  free(): void;
  [Symbol.dispose](): void;
}

/** A register that was checked. */
export class Checked {
  private constructor();
  /** Ordered by severity, rule, unit, subject and first day. */
  findings(query?: FindingsQuery): Finding[];
  /** What is said of a report before it is kept: what an entry form needs. Nothing is changed. Throws {@link CnscdError}. */
  preview(report: Report, query?: { locale?: Locale; names?: Names }): Preview;
  /** The reports under a form that depart from its checks. Throws {@link CnscdError} if the policy has no such form. */
  departures(form: string): Departure[];
  /** Adds, changes or ends rows, all or none. Throws {@link CnscdError} at `changes[n]`; nothing is changed then. */
  edit(changes: Change | Change[], query?: { locale?: Locale; names?: Names }): Edited;
  /** The facts, with all edits. */
  readonly register: Register;
  /** By the end of the term, obligation, level and unit. */
  agenda(query?: AgendaQuery): AgendaRow[];
  /** The agenda as an iCalendar (RFC 5545), an all-day event for each duty; reading a later one again updates the events. */
  toIcal(query?: AgendaQuery): string;
  /** By level, unit, obligation and period. */
  completeness(query?: { unit?: string; level?: Level; obligation?: string; period?: string }): CompletenessRow[];
  /** Codes that the policy names as a scope and no unit of the register has. */
  readonly unknownScopes: string[];
  /** Attributes (`unit.households`) that checks of the policy's forms ask for and that is said of no unit. */
  readonly unknownAttributes: string[];
  /** Who is who: the teams in force on `asOf`, by unit, kind and identifier. */
  teams(query?: { unit?: string; kind?: TeamKind }): TeamRow[];
  /** Ordered by level and code. */
  rollUp(query?: { unit?: string; level?: Level }): RollUpRow[];
  readonly policy: string;
  readonly asOf: string;
  /** Gives the memory back now; otherwise it goes with the object. */
  free(): void;
  [Symbol.dispose](): void;
}

/** The rule of a code or a name. Throws {@link CnscdError}. */
export function explain(code: string): Rule;
/** The codes of all rules. */
export function rules(): string[];
/** The names of the presets. */
export function presets(): string[];
/** A day of the Vietnamese lunar calendar. `leap` says that the second month of its number (tháng nhuận) is meant. */
export interface LunarDate {
  year: number;
  month: number;
  leap: boolean;
  day: number;
}
/** The lunar day of a date: `toLunar("2022-04-10")` is `{ year: 2022, month: 3, leap: false, day: 10 }`. From 1900-01-31 to 2101-01-28. */
export function toLunar(date: string): LunarDate;
/** The date of a lunar day, as `2022-04-10`; no `leap` means false. Throws `bad-lunar-day` if there is none, with what there is. */
export function fromLunar(lunar: Omit<LunarDate, "leap"> & { leap?: boolean }): string;
/** A lunar day in words: `10/3 năm 2022 (âm lịch)`. */
export function lunarText(lunar: Omit<LunarDate, "leap"> & { leap?: boolean }, locale: Locale): string;
export type Frequency = "week" | "month" | "quarter" | "half_year" | "nine_months" | "year" | "custom";
/** From the 15th to the 14th (Decree 09/2019/NĐ-CP, Article 12), or from the first of a month to the last. */
export type Scheme = "administrative" | "calendar";
/** What a report is about. A notation is `2022-05`, `2022-Q2`, `2022-H1`, `2022-9M`, `2022`, `2022-W18` or `2022-05-10/2022-06-09`. */
export interface Period {
  period: string;
  frequency: Frequency;
  first: string;
  /** The last day, which is the cut-off. */
  last: string;
  /** The one after it of the same frequency; null if there is none. */
  next: string | null;
  previous: string | null;
}
/** A period with its days in a scheme. Throws `bad-period` if it is none, with what is wrong. */
export function period(notation: string, scheme: Scheme): Period;
/** The period of a frequency that has a day: `periodAt("month", "2022-05-17", "administrative") === "2022-06"`; null if none of 1901 to 2199 has it. */
export function periodAt(frequency: Exclude<Frequency, "custom">, date: string, scheme: Scheme): string | null;
/** The periods from one to another, both included: `periodsThrough("2022-11", "2023-01")`; none if the last lies before the first or has another frequency. */
export function periodsThrough(first: string, last: string): string[];
/** The periods of a frequency that one consists of. Throws `bad-split` if such periods do not fill it. */
export function splitPeriod(notation: string, into: Frequency): string[];
/** The name of a period: `quý II/2022`. */
export function periodText(notation: string, locale: Locale): string;
/** The key that finds a name however it is typed: `searchKey("HẢI Dương") === "hai duong"`. */
export function searchKey(text: string): string;
/** Vietnamese alphabetical order, for `Array.prototype.sort`. */
export function compareText(a: string, b: string): number;
/** The version of this package. */
export function version(): string;
