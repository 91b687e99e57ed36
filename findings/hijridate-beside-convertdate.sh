#!/usr/bin/env bash
# Expected: two packages that convert Hijri dates agree on the day, or one of them says that it is an approximation of another calendar.
# Happens: hijridate follows Umm al-Qura, the official calendar of Saudi Arabia; convertdate.islamic computes the tabular calendar. Of the 120
#   months of 1440 to 1449, 70 begin on different days, some two days apart. A date of a Saudi newspaper is wrong by a day or two in the second.
# Seen: hijridate 2.6.0, convertdate 2.5.1. Source: hijridate's documentation names Umm al-Qura; convertdate's module says "civil" only.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" && "$work/venv/bin/pip" install -q --disable-pip-version-check "hijridate==2.6.0" "convertdate==2.5.1" 2>/dev/null
"$work/venv/bin/python" - <<'PY'
import sys
from collections import Counter
from datetime import date
from importlib.metadata import version

from convertdate import islamic
from hijridate import Hijri

gaps = Counter(
    abs((date(*islamic.to_gregorian(year, month, 1)) - date(*Hijri(year, month, 1).to_gregorian().datetuple())).days)
    for year in range(1440, 1450)
    for month in range(1, 13)
)
print("hijridate", version("hijridate"), "convertdate", version("convertdate"))
print("days apart -> months:", dict(sorted(gaps.items())))
sys.exit(int(120 - gaps[0] != 70))
PY
