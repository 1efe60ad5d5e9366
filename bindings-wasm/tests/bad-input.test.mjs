// Whatever comes in, an error with a place or an answer goes out. A panic would end the module, and with it this test.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { Register } from "cnscd";

/** @typedef {import("cnscd").CnscdError} CnscdError */

const rules = new URL("../../tests/vectors/rules/", import.meta.url);
/** @type {Record<string, any>[]} */
const registers = readdirSync(rules).map((file) => JSON.parse(readFileSync(new URL(file, rules), "utf8")).cases[0].register);
const document = JSON.stringify(registers[0]);
const unit = { code: "99001", name: "Xã Mẫu", kind: "xa", level: "commune" };
const team = { kind: "community", unit: "99001", from: "2022-04-05" };

/**
 * The error of a document; without one, everything is asked of the register.
 * @param {string | Uint8Array} document
 */
function look(document) {
  let register;
  try {
    register = Register.fromJson(document);
  } catch (thrown) {
    const error = /** @type {CnscdError} */ (thrown);
    assert.ok(error instanceof Error && error.message !== "");
    assert.ok(error.code === "syntax" || error.problems.every(({ place, vi }) => place && vi), error.code);
    return error;
  }
  const checked = register.check("national-2022", "2022-12-31");
  assert.equal(checked.findings({ locale: "vi", names: "full" }).length, checked.findings().length);
  checked.rollUp();
  checked.free();
  register.free();
  return undefined;
}

/** @param {string | Uint8Array} document */
const code = (document) => look(document)?.code;
/** @param {object} document */
const problems = (document) => look(JSON.stringify(document))?.problems.map(({ code, place }) => `${code} ${place}`);

test("cut off anywhere", () => {
  assert.equal(code(document), undefined);
  const bytes = new TextEncoder().encode(document);
  for (let cut = 0; cut < document.length; cut += 7) {
    assert.equal(code(document.slice(0, cut)), "syntax");
    assert.equal(code(bytes.subarray(0, cut)), "syntax");
  }
});

test("nested by the megabyte", () => {
  const depth = 1 << 20;
  const cells = ['{"units": [{"code": ', '{"teams": [{"covers": [', '{"note": ', '{"other": '];
  for (const frame of ["", '{"units": ', '{"units": [', ...cells]) {
    for (const [open, close] of /** @type {const} */ ([["[", "]"], ['{"a":', "}"]])) {
      assert.equal(code(frame + open.repeat(depth)), "syntax", frame);
      const ends = [...frame].reverse().map((letter) => ({ "[": "]", "{": "}" })[letter] ?? "").join("");
      const closed = code(`${frame}${open.repeat(depth)}1${close.repeat(depth)}${ends}`);
      assert.ok(closed === "syntax" || closed === "invalid", frame);
    }
  }
});

test("no text", () => {
  const bytes = new Uint8Array([...new TextEncoder().encode('{\n"note": "'), 0xff, 0x22, 0x7d]);
  assert.equal(look(bytes)?.message, "line 2, column 10: invalid UTF-8");
  assert.equal(code('{"note": "\\ud800"}'), "syntax");
  // Half of a pair cannot cross into WebAssembly: JavaScript's own conversion puts U+FFFD in its place.
  assert.equal(Register.fromJson('{"note": "\ud800"}').note, "\ufffd");
});

test("days, codes and keys", () => {
  assert.deepEqual(problems({ units: [{ ...unit, from: "2022-02-30" }] }), ["bad-day units[0].from"]);
  assert.deepEqual(problems({ units: [{ ...unit, code: 99001 }] }), ["not-text units[0].code"]);
  const twice = '{"units": [{"code": "99001", "code": "99001", "name": "x", "kind": "xa", "level": "commune"}]}';
  assert.equal(look(twice)?.problems[0]?.code, "duplicate-key");
});

test("parents without end", () => {
  /** @param {number} length @param {number | undefined} last */
  const chain = (length, last) => ({
    units: [unit],
    teams: Array.from({ length }, (_, n) => ({ ...team, id: `t-${n}`, parent: n + 1 < length ? `t-${n + 1}` : last })),
  });
  assert.deepEqual(problems({ units: [unit], teams: [{ ...team, id: "t", parent: "t" }] }), ["cycle teams[0].parent"]);
  const circle = chain(1000, undefined);
  assert.equal(problems(circle), undefined);
  Object.assign(circle.teams[999] ?? {}, { parent: "t-0" });
  assert.deepEqual(problems(circle), ["cycle teams[0].parent"]);
});

test("a crowd", () => {
  const people = Array.from({ length: 1001 }, (_, n) => ({ id: `p-${n}`, name: `Người ${n}` }));
  const memberships = people.map(({ id }) => ({ team: "t", person: id, role: "member", from: "2022-04-05" }));
  const crowd = { units: [unit], teams: [{ ...team, id: "t" }], people, memberships };
  assert.deepEqual(problems(crowd), ["too-many memberships[1000].team"]);
  memberships.pop();
  assert.equal(problems(crowd), undefined);
});

/**
 * The value with each of its parts, in turn, replaced by a mark.
 * @param {any} value
 * @returns {Generator<unknown>}
 */
function* changed(value) {
  yield "\0";
  if (typeof value !== "object") return;
  for (const key of Object.keys(value)) {
    for (const part of changed(value[key])) {
      yield Array.isArray(value) ? value.with(Number(key), part) : { ...value, [key]: part };
    }
  }
}

test("wrong values everywhere", () => {
  for (const register of registers) {
    for (const document of changed(register)) {
      const text = JSON.stringify(document);
      for (const bad of ["null", "true", "-1", "1e999", "99001", '""', "[]", "{}", '"2022-02-30"']) {
        look(text.replace('"\\u0000"', bad));
      }
    }
  }
});

test("neither a string nor bytes", () => {
  for (const document of [undefined, null, 1, {}, [], new Uint16Array(2), new ArrayBuffer(2)]) {
    assert.throws(() => Register.fromJson(/** @type {any} */ (document)), { code: "bad-type", problems: [] });
  }
});

test("ten thousand mutations", () => {
  let state = 2022;
  /** @param {number} below */
  const random = (below) => (state = (state * 48271) % 0x7fffffff) % below;
  const texts = registers.map((register) => Buffer.from(JSON.stringify(register)));
  const pieces = ['"', "{", "]", ",", "null", "-1", "1e999", '"2022-02-30"', '"99001"', "\\u0000", "\xff"];
  let read = 0;
  for (let n = 0; n < 10_000; n += 1) {
    let text = texts[random(texts.length)] ?? Buffer.alloc(0);
    for (let times = random(3); times >= 0; times -= 1) {
      const [at, length] = [random(text.length), random(12)];
      const instead = [
        Buffer.alloc(0),
        Buffer.from(pieces[random(pieces.length)] ?? "", "latin1"),
        text.subarray(at, at + 2 * length),
        Buffer.from([random(256)]),
      ][random(4)] ?? Buffer.alloc(0);
      text = Buffer.concat([text.subarray(0, at), instead, text.subarray(at + length)]);
    }
    read += look(text) === undefined ? 1 : 0;
  }
  // Some still read, or nothing but the reader was tried.
  assert.ok(200 < read && read < 9_000, `${read}`);
});
