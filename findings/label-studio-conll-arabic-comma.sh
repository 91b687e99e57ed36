#!/usr/bin/env bash
# Expected: Label Studio's CoNLL 2003 export of spans marked in Arabic text gives each span its own tokens, and parts ، from a name as it
#   parts the Latin comma; or it says that a span does not fit.
# Happens: ، ؛ ؟ and « » stay on the word: the entity becomes نيلوفا، though the span ends before the comma. Where no blank follows the
#   comma, two spans fall into one token and the second is left out without a word. With a Latin comma in their place both are right.
# Seen: label-studio-sdk 2.1.2. Source: label_studio_sdk/converter/utils.py (create_tokens_and_tags) cuts the text by NLTK's
#   TreebankWordTokenizer, whose rules are for English, whatever the text; a token takes the label of the first span that touches it.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check --no-deps "label-studio-sdk==2.1.2" 2>/dev/null
"$work/venv/bin/pip" install -q --disable-pip-version-check "nltk==3.10.4" "numpy==2.2.6" "appdirs==1.4.4" \
  "ijson==3.6.0" "lxml==6.1.3" "pandas==3.1.1" "pillow==13.0.0" "PyJWT==2.15.1" "requests==2.34.2" "ujson==6.1.0" 2>/dev/null
"$work/venv/bin/python" - "$work" <<'PY'
import json
import sys
from importlib.metadata import version
from pathlib import Path

from label_studio_sdk.converter import Converter

work = Path(sys.argv[1])
config = '<View><Labels name="label" toName="text"><Label value="LOC"/></Labels><Text name="text" value="$text"/></View>'
names = ["نيلوفا", "قرداليا"]


def export(text):
    """The tokens with a label in the CoNLL file of a text in which the names are marked."""
    spans = [(text.index(name), name) for name in names if name in text]
    result = [
        {
            "id": name, "from_name": "label", "to_name": "text", "type": "labels",
            "value": {"start": start, "end": start + len(name), "text": name, "labels": ["LOC"]},
        }
        for start, name in spans
    ]
    (work / "in.json").write_text(json.dumps([{"id": 1, "data": {"text": text}, "annotations": [{"id": 1, "result": result}]}]))
    Converter(config, str(work), download_resources=False).convert_to_conll2003(str(work / "in.json"), str(work / "out"), is_dir=False)
    rows = [line.split() for line in (work / "out/result.conll").read_text(encoding="utf-8").splitlines()[1:]]
    return [f"{row[0]} {row[-1]}" for row in rows if row and row[-1] != "O"]


cases = {
    "زار نيلوفا, قرداليا": ["نيلوفا B-LOC", "قرداليا B-LOC"],
    "زار نيلوفا,قرداليا": ["نيلوفا B-LOC", "قرداليا B-LOC"],
    "زار نيلوفا، قرداليا": ["نيلوفا، B-LOC", "قرداليا B-LOC"],
    "زار نيلوفا،قرداليا": ["نيلوفا،قرداليا B-LOC"],
    "زار «نيلوفا» أمس": ["«نيلوفا» B-LOC"],
    "هل زار نيلوفا؟": ["نيلوفا؟ B-LOC"],
}
print("label-studio-sdk", version("label-studio-sdk"), "nltk", version("nltk"))
changed = False
for text, seen in cases.items():
    found = export(text)
    print(f"{text}: {len([n for n in names if n in text])} marked, written {found}")
    changed |= found != seen
sys.exit(int(changed))
PY
