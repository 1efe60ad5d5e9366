"""Checks a register: findings by severity, measures by district, and what an error says.

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
try:
    cnscd.Register.from_json('{"people": [{"id": "p-1", "born": "30/02/1990"}]}')
except cnscd.Error as error:
    for problem in error.problems:
        print(f"{problem.place}: {problem.vi}")
