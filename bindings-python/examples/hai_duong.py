"""Checks a register: findings, measures, duties, a policy of its own, one edit, erasure, and what an error says.

`python hai_duong.py [document.json]`; a document of Hải Dương comes from `make demo`.
"""

import sys
from datetime import date
from pathlib import Path

import cnscd

MADE_UP = """{
"units": [
  {"code": "990", "name": "Huyện Mẫu", "kind": "huyen", "level": "district"},
  {"code": "99001", "name": "Xã Mẫu", "kind": "xa", "level": "commune", "parent": "990"},
  {"code": "99001-01", "name": "Thôn Đông", "kind": "thon", "level": "village", "parent": "99001"},
  {"code": "99001-02", "name": "Thôn Tây", "kind": "thon", "level": "village", "parent": "99001"}],
"teams": [{"id": "t", "kind": "community", "unit": "99001", "covers": ["99001-01"], "from": "2022-04-05"}],
"people": [{"id": "p-1", "name": "Người Thứ Nhất"}, {"id": "p-2", "name": "Người Thứ Hai"}],
"memberships": [
  {"team": "t", "person": "p-1", "role": "head", "from": "2022-04-05"},
  {"team": "t", "person": "p-2", "role": "head", "from": "2022-05-01"}]}"""
document = Path(sys.argv[1]).read_bytes() if len(sys.argv) > 1 else MADE_UP

checked = cnscd.Register.from_json(document).check("national-2022", as_of=date(2022, 5, 17))
for finding in checked.findings():
    print(f"{finding.severity} {finding.code}: {finding.text('vi')}")
for row in checked.roll_up(level="district"):
    covered = row["villages_covered"] or {"part": 0, "whole": 0}
    print(f"{row['name']}: {covered['part']}/{covered['whole']} thôn, khu dân cư có Tổ")

# What follows is about the made-up commune.
register = cnscd.Register.from_json(MADE_UP)
policy = cnscd.Policy.from_json("""{"name": "mau", "extends": "hai-duong-2022", "settings": [
  {"key": "min_members", "of": "community", "value": 2, "scope": "99001", "force": "practice",
   "basis_vi": "Giả định", "basis_en": "Made up"}]}""")
for explained in policy.explain(register, "99001", date(2022, 5, 17)):
    entry = explained["entry"]
    if entry.get("key") == "min_members":
        print(f"min_members: {entry['value']} ({entry['policy']}), thay cho {len(explained['overrode'])}")
checked = register.check(policy, as_of=date(2022, 5, 17))
for duty in checked.agenda(unit="990", locale="vi"):
    print(f"{duty['due']} {duty['unit_name']}: {duty['name']} - {duty['state_label']}")
edited = checked.edit({"end": "memberships", "where": {"team": "t", "person": "p-2"}, "to": "2022-05-02"}, locale="vi")
for gone in edited["gone"]:
    print(f"- {gone['code']}: {gone['text']}")
for new in edited["new"]:
    print(f"+ {new['code']}: {new['text']}")
erased = checked.register.erase("p-2")
for kept in (checked.register, erased):
    print("còn họ tên" if "Người Thứ Hai" in kept.to_json() else "không còn họ tên")
try:
    cnscd.Register.from_json('{"people": [{"id": "p-1", "born": "30/02/1990"}]}')
except cnscd.Error as error:
    for problem in error.problems:
        print(f"{problem.place}: {problem.vi}")
