"""Rules for Vietnam's community digital technology teams (tổ công nghệ số cộng đồng).

>>> import cnscd
>>> from datetime import date
>>> register = cnscd.Register.from_json('{"units": []}')
>>> len(register.check("national-2022", as_of=date(2022, 5, 17)).findings())
0
"""

from cnscd._errors import Error, Problem
from cnscd._native import (
    Checked,
    Finding,
    Findings,
    LunarDate,
    Period,
    Policy,
    Register,
    Reports,
    Table,
    compare_text,
    explain,
    json_schema,
    policy_schema,
    presets,
    reports_schema,
    rules,
    search_key,
    version,
)

__all__ = [
    "Checked",
    "Error",
    "Finding",
    "Findings",
    "LunarDate",
    "Period",
    "Policy",
    "Problem",
    "Register",
    "Reports",
    "Table",
    "compare_text",
    "explain",
    "json_schema",
    "policy_schema",
    "presets",
    "reports_schema",
    "rules",
    "search_key",
    "version",
]
