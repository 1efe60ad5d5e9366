// Checks a register: findings by severity, measures by district, and what an error says.
// `node hai-duong.mjs [document.json]`; a document of Hải Dương comes from `make demo`.
import { readFileSync } from "node:fs";
import { Register } from "cnscd";

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
try {
  Register.fromJson('{"people": [{"id": "p-1", "born": "30/02/1990"}]}');
} catch (error) {
  for (const { place, vi } of /** @type {import("cnscd").CnscdError} */ (error).problems) {
    console.log(`${place}: ${vi}`);
  }
}
