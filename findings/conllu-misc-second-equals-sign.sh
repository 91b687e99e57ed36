#!/usr/bin/env bash
# Expected: conllu reads an item of the column MISC as key and value parted at the first "=", as it does with comments, so that a link
#   to an entity's page stays whole and parse(...).serialize() gives the file back.
# Happens: everything from the second "=" on is dropped without a word: of Link=https://example.org/w?title=نيلوفا only
#   https://example.org/w?title is left, and all entities with such links get the same one. serialize() writes the loss into the new file.
# Seen: conllu 6.0.0; pyconll 3.3.1 keeps the value. Source: conllu/parser.py, parse_dict_value, takes part.split("=")[1];
#   the CoNLL-U format (universaldependencies.org/format.html) leaves what stands in MISC to the annotator.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" && "$work/venv/bin/pip" install -q --disable-pip-version-check "conllu==6.0.0" "pyconll==3.3.1" 2>/dev/null
"$work/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import conllu
import pyconll

names = ["نيلوفا", "قرداليا"]
rows = [
    [str(n), name, name, "PROPN", "_", "_", str(n - 1), "root" if n == 1 else "flat", "_", f"Entity=LOC|Link=https://example.org/w?title={name}"]
    for n, name in enumerate(names, 1)
]
text = "# sent_id = 1\n# text = " + " ".join(names) + "\n" + "".join("\t".join(row) + "\n" for row in rows) + "\n"
sentence = conllu.parse(text)[0]
other = pyconll.load_from_string(text)[0]
links = [token["misc"]["Link"] for token in sentence]
kept = [next(iter(token.misc["Link"])) for token in other]
same = sentence.serialize() == text
print("conllu", version("conllu"), "pyconll", version("pyconll"))
print("conllu: ", links)
print("pyconll:", kept)
print("conllu writes back what it read:", same)
whole = [f"https://example.org/w?title={name}" for name in names]
sys.exit(int(links != ["https://example.org/w?title"] * 2 or kept != whole or same))
PY
