#!/usr/bin/env bash
# Expected: spacy.blank("ar") parts a full stop from the word before it, as it does after a plain Arabic word, so that the
#   sentencizer finds the end of the sentence.
# Happens: after a digit, a percent sign, a closing quote », a bracket or a word with a final vowel sign the full stop stays on the
#   token, and two sentences become one. The suffix rules know letters without marks only.
# Seen: spaCy 3.8.18. Source: spacy/lang/ar/punctuation.py (suffix rules end in the letters of char_classes.ALPHA).
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" && "$work/venv/bin/pip" install -q --disable-pip-version-check "spacy==3.8.18" 2>/dev/null
"$work/venv/bin/python" - <<'PY'
import sys
import spacy

nlp = spacy.blank("ar")
nlp.add_pipe("sentencizer")
cases = {
    "plain word": ("وصل الوفد. ثم غادر.", 2),
    "digit": ("بدأت عام 2024. ثم انتهت.", 1),
    "percent": ("ارتفعت 5%. ثم هبطت.", 1),
    "closing quote": ("قال «نعم». ثم غادر.", 1),
    "bracket": ("زار (بيروت). ثم غادر.", 1),
    "vowel sign": ("هَذَا الوَفْدُ. ثم غادر.", 1),
}
print("spaCy", spacy.__version__)
changed = False
for name, (text, seen) in cases.items():
    doc = nlp(text)
    sentences = len(list(doc.sents))
    print(f"{name}: {sentences} sentences, tokens {[t.text for t in doc]}")
    changed |= sentences != seen
sys.exit(int(changed))
PY
