// Checks a register: findings, measures, duties, a policy of its own, one edit, erasure, and what an error says.
// `node hai-duong.mjs [document.json]`; a document of Hải Dương comes from `make demo`.
import { readFileSync } from "node:fs";
import { Policy, Register } from "cnscd";

const madeUp = `{
"units": [
  {"code": "990", "name": "Huyện Mẫu", "kind": "huyen", "level": "district"},
  {"code": "99001", "name": "Xã Mẫu", "kind": "xa", "level": "commune", "parent": "990"},
  {"code": "99001-01", "name": "Thôn Đông", "kind": "thon", "level": "village", "parent": "99001"},
  {"code": "99001-02", "name": "Thôn Tây", "kind": "thon", "level": "village", "parent": "99001"}],
"teams": [{"id": "t", "kind": "community", "unit": "99001", "covers": ["99001-01"], "from": "2022-04-05"}],
"people": [{"id": "p-1", "name": "Người Thứ Nhất"}, {"id": "p-2", "name": "Người Thứ Hai"}],
"memberships": [
  {"team": "t", "person": "p-1", "role": "head", "from": "2022-04-05"},
  {"team": "t", "person": "p-2", "role": "head", "from": "2022-05-01"}]}`;
const document = process.argv[2] ? readFileSync(process.argv[2]) : madeUp;

const checked = Register.fromJson(document).check("national-2022", "2022-05-17");
for (const { severity, code, text } of checked.findings({ locale: "vi" })) {
  console.log(`${severity} ${code}: ${text}`);
}
for (const { name, villages_covered } of checked.rollUp({ level: "district" })) {
  const covered = villages_covered ?? { part: 0, whole: 0 };
  console.log(`${name}: ${covered.part}/${covered.whole} thôn, khu dân cư có Tổ`);
}

// What follows is about the made-up commune.
const register = Register.fromJson(madeUp);
const policy = Policy.fromJson(`{"name": "mau", "extends": "hai-duong-2022", "settings": [
  {"key": "min_members", "of": "community", "value": 2, "scope": "99001", "force": "practice",
   "basis_vi": "Giả định", "basis_en": "Made up"}]}`);
for (const { entry, overrode } of policy.explain(register, "99001", "2022-05-17")) {
  if (entry.key === "min_members") {
    console.log(`min_members: ${entry.value} (${entry.policy}), thay cho ${overrode.length}`);
  }
}
const own = register.check(policy, "2022-05-17");
for (const { due, unit_name, name, state_label } of own.agenda({ unit: "990", locale: "vi" })) {
  console.log(`${due} ${unit_name}: ${name} - ${state_label}`);
}
const edit = { end: "memberships", where: { team: "t", person: "p-2" }, to: "2022-05-02" };
const edited = own.edit(edit, { locale: "vi" });
for (const { code, text } of edited.gone) console.log(`- ${code}: ${text}`);
for (const { code, text } of edited.new) console.log(`+ ${code}: ${text}`);
const erased = own.register.erase("p-2");
for (const kept of [own.register, erased]) {
  console.log(kept.toJson().includes("Người Thứ Hai") ? "còn họ tên" : "không còn họ tên");
}
try {
  Register.fromJson('{"people": [{"id": "p-1", "born": "30/02/1990"}]}');
} catch (error) {
  for (const { place, vi } of /** @type {import("cnscd").CnscdError} */ (error).problems) {
    console.log(`${place}: ${vi}`);
  }
}
