#!/usr/bin/env bash
# Expected: pyarabic's text2number reads the number words of a report (مئتي ألف as 200000, as it reads مئتان), or lets one see that it
#   did not know a word.
# Happens: 200, two million and two billion lose their ن before a noun (مئتا ألف, مليوني دولار); these forms are unknown, and unknown
#   words count as nothing, so that مئتا ألف is 1000 and مليوني دولار is 0. Hundreds in two words are added up: ثلاث مئة is 103.
# Seen: PyArabic 0.6.15. Source: pyarabic/number.py (text2number multiplies at thousand, million and billion only), pyarabic/number_const.py;
#   the docstring says "Convert arabic text into number" and names no limit.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" && "$work/venv/bin/pip" install -q --disable-pip-version-check "PyArabic==0.6.15" "six==1.17.0" 2>/dev/null
"$work/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from pyarabic.number import text2number

# words: (meant, seen)
cases = {
    "مئتان": (200, 200),
    "مئة ألف": (100_000, 100_000),
    "ثلاثمئة": (300, 300),
    "مئتا ألف": (200_000, 1000),
    "سبعة ملايين ومئتي ألف": (7_200_000, 7_001_000),
    "مئتي نازح": (200, 0),
    "مليوني دولار": (2_000_000, 0),
    "ثلاث مئة": (300, 103),
    "خمس مئة ألف": (500_000, 105_000),
}
print("PyArabic", version("PyArabic"))
changed = False
for words, (meant, seen) in cases.items():
    found = text2number(words)
    print(f"{words}: {found}" + ("" if found == meant else f", not {meant}"))
    changed |= found != seen
sys.exit(int(changed))
PY
