#!/usr/bin/env bash
# Expected: dediac_ar leaves bare letters, as the profiles of other packages do; the map "arclean" turns Persian ی into ي and leaves digits
#   as they are.
# Happens: dediac_ar keeps tatweel; arclean turns ی into ى (so علی becomes على, another word), and ١٢٫٥ becomes 12,5.
# Seen: camel-tools 1.6.0. Source: camel_tools/utils/dediac.py and camel_tools/utils/charmaps/arclean_map.json.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check --no-deps "camel-tools==1.6.0" six future emoji 2>/dev/null
"$work/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from camel_tools.utils.charmap import CharMapper
from camel_tools.utils.dediac import dediac_ar

clean = CharMapper.builtin_mapper("arclean")
seen = {
    "dediac_ar(مُحَـــمَّد)": dediac_ar("مُحَـــمَّد"),
    "arclean(علی)": clean("علی"),
    "arclean(١٢٫٥)": clean("١٢٫٥"),
}
print("camel-tools", version("camel-tools"))
for call, result in seen.items():
    print(call, "->", result)
sys.exit(int(list(seen.values()) != ["محـــمد", "على", "12,5"]))
PY
