#!/usr/bin/env bash
# Expected: htmldate reads the day of an Arabic date in a page, or says that there is none.
# Happens: a bare date in an element of its own is read. With a label, a month by its Levantine name, or both month names, as most Arab
#   outlets write them, the answer is the first of January of that year: only the year is read, and filled up.
# Seen: htmldate 1.11.0. Source: the month names in htmldate/extractors.py hold no Arabic ones.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" && "$work/venv/bin/pip" install -q --disable-pip-version-check "htmldate==1.11.0" "lxml_html_clean" 2>/dev/null
"$work/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from htmldate import find_date

page = '<html lang="ar"><body><article><h1>خبر</h1><span class="date">{}</span><p>نص الخبر هنا.</p></article></body></html>'
cases = {
    "تاريخ النشر: 28 أبريل 2025": "2025-01-01",
    "28 نيسان 2025": "2025-01-01",
    "28 نيسان/أبريل 2025": "2025-01-01",
}
print("htmldate", version("htmldate"))
changed = False
for text, seen in cases.items():
    found = find_date(page.format(text), extensive_search=True, original_date=True, max_date="2026-01-01")
    print(f"{text}: {found}")
    changed |= found != seen
sys.exit(int(changed))
PY
