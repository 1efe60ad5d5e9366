// Edits of a checked register, and the erasure of a person.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Register } from "cnscd";

/** @typedef {import("cnscd").Change} Change */
/** @typedef {import("cnscd").CnscdError} CnscdError */

const day = "2022-05-17";
// Made up. Every personal value holds one of these.
const marks = ["Mật", "0990123456", "099090000001", "1990"];
const document = {
  units: [
    { code: "990", name: "Huyện Mẫu", kind: "huyen", level: "district" },
    { code: "99001", name: "Xã Mẫu", kind: "xa", level: "commune", parent: "990" },
    { code: "99002", name: "Xã Khác", kind: "xa", level: "commune", parent: "990" },
  ],
  teams: [{ id: "t", kind: "community", unit: "99001", from: "2022-04-05" }],
  people: [
    { id: "p-1", name: "Phạm Văn Mật", born: "1990-02-03", sex: "male", phone: "0990123456x", citizen_number: "099090000001" },
    { id: "p-2", name: "Lê Thị Mẫu", sex: "female" },
  ],
  residences: [{ person: "p-1", unit: "99002" }, { person: "p-2", unit: "99001" }],
  memberships: [
    { team: "t", person: "p-1", role: "head", position: "village_head", from: "2022-04-05" },
    { team: "t", person: "p-2", role: "member", from: "2022-04-05" },
  ],
};
const register = Register.fromJson(JSON.stringify(document));
const check = () => register.check("hai-duong-2022", day);
/** What types forbid. @param {unknown} value @returns {any} */
const any = (value) => value;
/** @param {import("cnscd").Checked} checked */
const answers = (checked) => [
  checked.register.toJson(), checked.findings({ locale: "vi" }), checked.agenda(), checked.rollUp(), checked.teams(),
];
/** @param {{ code: string }[]} findings */
const codes = (findings) => findings.map(({ code }) => code).sort();

test("a change and a list of changes", () => {
  const checked = check();
  const edited = checked.edit({ add: "memberships", row: { team: "t", person: "p-2", role: "head", from: "2022-05-01" } });
  assert.deepEqual(codes(edited.new), ["M002", "M005", "T004"]);
  assert.deepEqual([edited.gone, edited.duties_gone, edited.duties_new], [[], [], []]);
  assert.equal("text" in any(edited.new[0]), false);
  const again = checked.edit([
    { add: "people", row: { id: "p-3", name: "Đỗ Mẫu", born: "01/01/1980" } },
    { end: "memberships", where: { person: "p-2", role: "head", from: "01/5/2022" }, to: "2022-05-02" },
  ]);
  assert.deepEqual(new Set(again.new.map(({ to }) => to)), new Set(["2022-05-02"]));
  assert.deepEqual(checked.edit([]), { gone: [], new: [], duties_gone: [], duties_new: [] });
  // The answers are those of a check of the edited facts.
  assert.deepEqual(answers(checked), answers(checked.register.check("hai-duong-2022", day)));
});

test("texts", () => {
  /** @type {Change} */
  const change = { change: "people", where: { id: "p-1" }, set: { phone: "0990 123 456" } };
  const [gone] = check().edit(change, { locale: "vi" }).gone;
  assert.match(gone?.text ?? "", /^Số điện thoại của người có mã p-1 /);
  assert.match(check().edit(change, { locale: "en", names: "full" }).gone[0]?.text ?? "", /Phạm Văn Mật/);
});

test("duties", () => {
  const checked = check();
  const row = { obligation: "issue-decision", unit: "99001", day: "2022-05-01", until: "2022-05-31", document: "45/UBND-VX" };
  const edited = checked.edit({ add: "excuses", row }, { locale: "vi" });
  assert.deepEqual(edited.duties_gone.map(({ state }) => state), ["overdue"]);
  assert.deepEqual(edited.duties_new, checked.agenda({ unit: "99001", locale: "vi" }));
  assert.deepEqual(codes(edited.gone), ["O001"]);
});

test("what was taken before stays", () => {
  const checked = check();
  const [taken, kept] = [checked.register, checked.findings({ locale: "vi" })];
  const told = JSON.stringify(kept);
  checked.edit({ change: "teams", where: { id: "t" }, set: { name: "Tổ khác", unit: "99002" } });
  assert.equal(JSON.stringify(kept), told);
  assert.notDeepEqual(checked.findings({ locale: "vi" }), kept);
  assert.equal(taken.toJson(), register.toJson());
  assert.equal(JSON.parse(checked.register.toJson()).teams[0].unit, "99002");
  assert.deepEqual(register.check("hai-duong-2022", day).findings({ locale: "vi" }), kept);
  const edited = checked.register;
  checked.free();
  assert.equal(JSON.parse(edited.toJson()).teams[0].name, "Tổ khác");
});

test("an error changes nothing", () => {
  const checked = check();
  const before = answers(checked);
  const changes = () => checked.edit([
    { add: "people", row: { id: "p-3", name: "Đỗ Mẫu" } },
    { change: "people", where: { id: "p-1" }, set: { name: "Phạm Mẫu" } },
    { add: "memberships", row: { team: "t-9", person: "p-3", role: "nobody", from: "2022-05-01" } },
  ]);
  assert.throws(changes, (/** @type {CnscdError} */ error) => {
    assert.match(error.message, /changes\[2\]\.team: /);
    assert.deepEqual(error.problems.map(({ code, table, row, column }) => [code, table, row, column]), [
      ["dangling", "changes", 2, "team"],
      ["bad-choice", "changes", 2, "role"],
    ]);
    return true;
  });
  assert.deepEqual(answers(checked), before);
});

test("changes that cannot be made", () => {
  const checked = check();
  const before = answers(checked);
  /** @type {[unknown, string, string][]} */
  const bad = [
    [{ add: "units", row: {} }, "not-editable", "changes[0].add"],
    [{ change: "people", where: { id: "p-9" }, set: {} }, "no-row", "changes[0]"],
    [{ end: "memberships", where: { team: "t" }, to: "2022-05-01" }, "several-rows", "changes[0]"],
    [{ change: "teams", where: { id: "t" }, set: { id: "t-2" } }, "fixed", "changes[0].id"],
    [{ end: "memberships", where: { person: "p-1" }, to: new Date(0) }, "bad-day", "changes[0].to"],
    [{ remove: "people" }, "unknown-key", "changes[0]"],
    ["people", "not-an-object", "changes[0]"],
    [null, "not-an-object", "changes[0]"],
    [NaN, "not-an-object", "changes[0]"],
    [[[]], "not-an-object", "changes[0]"],
  ];
  for (const [changes, code, place] of bad) {
    assert.throws(() => checked.edit(any(changes)), (/** @type {CnscdError} */ error) => {
      const [first] = error.problems;
      assert.deepEqual([error.name, error.code, first?.code, first?.place], ["CnscdError", "invalid", code, place]);
      return true;
    });
  }
  /** @type {any[]} */
  const circle = [];
  circle.push(circle);
  for (const changes of [undefined, () => [], Symbol("x"), 1n, { add: 1n }, circle, { toJSON: () => checked.edit([]) }]) {
    assert.throws(() => checked.edit(any(changes)), { name: "CnscdError", code: "bad-type", problems: [] });
  }
  const nested = JSON.parse("[".repeat(500) + "]".repeat(500));
  assert.throws(() => checked.edit(nested), { name: "CnscdError", code: "syntax", problems: [] });
  for (const [query, code] of /** @type {const} */ ([[{ locale: "fr" }, "bad-choice"], [{ names: "x" }, "bad-choice"], [{ unit: "990" }, "bad-query"], [7, "bad-type"]])) {
    assert.throws(() => checked.edit([], any(query)), { name: "CnscdError", code, problems: [] });
  }
  assert.throws(() => Object.assign(checked, { register }), TypeError);
  assert.deepEqual(answers(checked), before);
});

/** All that can be asked of a register, with full names. @param {Register} register */
const said = (register) => {
  const checked = register.check("hai-duong-2022", day);
  const texts = /** @type {const} */ (["vi", "en"]).map((locale) => checked.findings({ locale, names: "full" }));
  return JSON.stringify([register.toJson(), texts, checked.rollUp(), checked.teams(), checked.agenda({ locale: "vi" })]);
};

test("erasure", () => {
  const erased = register.erase("p-1");
  for (const mark of marks) {
    assert.ok(said(register).includes(mark));
    assert.ok(!said(erased).includes(mark), mark);
  }
  const { people, residences, memberships } = JSON.parse(erased.toJson());
  assert.deepEqual(people, [{ id: "p-1", name: "p-1", sex: "male" }, document.people[1]]);
  assert.deepEqual([residences, memberships], [document.residences.slice(1), document.memberships]);
  const counts = [register, erased].map((register) =>
    register.check("hai-duong-2022", day).rollUp().map(({ findings, ...counts }) => counts));
  assert.deepEqual(counts[0], counts[1]);
  assert.equal(erased.erase("p-1").toJson(), erased.toJson());
  assert.deepEqual(JSON.parse(register.toJson()), document);
});

test("erasure after an edit", () => {
  const checked = check();
  checked.edit({ change: "people", where: { id: "p-2" }, set: { name: "Lê Thị Mật", phone: "0990123456" } });
  const text = said(checked.register.erase("p-2").erase("p-1"));
  assert.deepEqual(marks.filter((mark) => text.includes(mark)), []);
});

test("nobody to erase", () => {
  for (const person of ["p-9", "", "Phạm Văn Mật", "0990123456"]) {
    assert.throws(() => register.erase(person), { code: "unknown-person", message: "nobody in the register has this identifier" });
  }
  for (const person of [undefined, null, 1, ["p-1"], { id: "p-1" }]) {
    assert.throws(() => register.erase(any(person)), { code: "bad-type", problems: [] });
  }
  const freed = Register.fromJson("{}");
  freed.free();
  assert.throws(() => freed.erase("p-1"), Error);
});
