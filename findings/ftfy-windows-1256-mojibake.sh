#!/usr/bin/env bash
# Expected: ftfy.fix_text repairs UTF-8 that was read as windows-1256 (a common mojibake of Arabic pages: ط§ظ„ for ال), or leaves it as it
#   is for another tool to repair.
# Happens: it is not repaired (windows-1256 is not among its encodings), but its step uncurl_quotes takes the second half of ل and of ق
#   for the quotation marks „ and ‚ and makes them " and '. Before the call encode("cp1256").decode("utf-8") gives the text back whole;
#   after it that fails, and with errors="replace" every ل and ق is gone. The same text read as Latin-1 is repaired.
# Seen: ftfy 6.3.1. Source: ftfy/chardata.py (CHARMAP_ENCODINGS, DOUBLE_QUOTE_RE, SINGLE_QUOTE_RE). fix_encoding alone, or
#   uncurl_quotes=False, leaves the text as it is.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" && "$work/venv/bin/pip" install -q --disable-pip-version-check "ftfy==6.3.1" 2>/dev/null
"$work/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import ftfy

text = "وصل الوفد قبل القمة"
latin = text.encode("utf-8").decode("latin-1")
arabic = text.encode("utf-8").decode("cp1256")
fixed = ftfy.fix_text(arabic)


def back(mojibake, errors="strict"):
    try:
        return mojibake.encode("cp1256").decode("utf-8", errors)
    except UnicodeDecodeError:
        return None


print("ftfy", version("ftfy"))
print("text:                 ", text)
print("read as Latin-1, fixed:", ftfy.fix_text(latin))
print("read as windows-1256: ", arabic, "-> back:", back(arabic))
print("the same, fixed:      ", fixed, "-> back:", back(fixed), "or", back(fixed, "replace"))
print("uncurl_quotes=False:  ", ftfy.fix_text(arabic, uncurl_quotes=False))
still = (
    ftfy.fix_text(latin) == text
    and back(arabic) == text
    and fixed == arabic.replace("„", '"').replace("‚", "'")
    and back(fixed) is None
    and not {"ل", "ق"} & set(back(fixed, "replace"))
    and ftfy.fix_text(arabic, uncurl_quotes=False) == ftfy.fix_encoding(arabic) == arabic
)
sys.exit(int(not still))
PY
