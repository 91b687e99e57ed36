#!/usr/bin/env bash
# Expected: pycountry's Arabic translations are plain names, as the press writes them, so that they match text.
# Happens: 47 of 249 country names carry vowel signs or shadda inside (الصّين), so that a plain comparison misses them; some are not translated.
# Seen: pycountry 26.2.16. Source: the ar catalogue of Debian's iso-codes, which pycountry ships.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" && "$work/venv/bin/pip" install -q --disable-pip-version-check "pycountry==26.2.16" 2>/dev/null
"$work/venv/bin/python" - <<'PY'
import gettext
import re
import sys
from importlib.metadata import version

import pycountry

arabic = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["ar"])
names = {c.alpha_2: arabic.gettext(c.name) for c in pycountry.countries}
signs = re.compile("[\u064b-\u0652\u0670]")
marked = {code: name for code, name in names.items() if signs.search(name)}
same = [code for code, name in names.items() if not re.search("[\u0621-\u064a]", name)]
print("pycountry", version("pycountry"), len(names), "countries")
print(len(marked), "with signs, e.g.", marked.get("CN"), "; not translated:", same)
sys.exit(int(len(marked) != 47))
PY
