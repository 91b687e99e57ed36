#!/usr/bin/env bash
# Expected: dateparser with languages=["ar"] knows the months as Syria, Lebanon, Iraq, Jordan and Palestine name them, or gives None.
# Happens: eleven of the twelve names give None. Without a language, آب (August) is read as a word of another language and gives the
#   present year or moment in place of a date of the text.
# Seen: dateparser 1.5.0. Source: dateparser/data/date_translation_data/ar.py; the Levantine names are under ar-SY, ar-LB and the like,
#   which are searched only where a region is given.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" && "$work/venv/bin/pip" install -q --disable-pip-version-check "dateparser==1.5.0" 2>/dev/null
"$work/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import dateparser

months = ["كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"]
print("dateparser", version("dateparser"))
found = {m: dateparser.parse(f"14 {m} 2019", languages=["ar"]) for m in months}
for month, date in found.items():
    print(f"14 {month} 2019: {date.date() if date else None}")
right = sum(date is not None and (date.year, date.day) == (2019, 14) for date in found.values())
print("read:", right, "of 12")
sys.exit(int(right != 0))
PY
