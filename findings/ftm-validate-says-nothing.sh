#!/usr/bin/env bash
# Expected: "ftm validate" names what is wrong in its input, or ends with another status than 0.
# Happens: dates that it cannot read (28 أبريل 1970, ٢٠٢٥-٠٤-٢٨), an unknown property and an unknown country are left out without a word; an
#   Occupancy without the required "post" and one whose holder does not exist pass. The status is 0, standard error is empty.
# Seen: followthemoney 4.11.2. Source: followthemoney/cli/cli.py (validate), followthemoney/proxy.py (from_dict).
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" && "$work/venv/bin/pip" install -q --disable-pip-version-check "followthemoney==4.11.2" 2>/dev/null
cat > "$work/in.json" <<'JSON'
{"id": "a", "schema": "Person", "properties": {"name": ["سامي حداد"], "birthDate": ["28 أبريل 1970", "٢٠٢٥-٠٤-٢٨"], "country": ["مصر"], "nosuch": ["x"]}}
{"id": "b", "schema": "Occupancy", "properties": {"holder": ["a"]}}
{"id": "c", "schema": "Occupancy", "properties": {"holder": ["nobody"], "post": ["a"]}}
JSON
"$work/venv/bin/pip" list 2>/dev/null | grep -i '^followthemoney'
status=0
"$work/venv/bin/ftm" validate -i "$work/in.json" > "$work/out.json" 2> "$work/err" || status=$?
cat "$work/out.json"
echo "status $status, $(wc -c < "$work/err") bytes on standard error"
"$work/venv/bin/python" - "$work/out.json" "$status" "$(wc -c < "$work/err")" <<'PY'
import json
import sys

rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
seen = [row["properties"] for row in rows]
expected = [{"name": ["سامي حداد"]}, {"holder": ["a"]}, {"holder": ["nobody"], "post": ["a"]}]
sys.exit(int(seen != expected or sys.argv[2:] != ["0", "0"]))
PY
