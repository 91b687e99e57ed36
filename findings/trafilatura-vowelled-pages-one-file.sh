#!/usr/bin/env bash
# Expected: three unlike pages have three fingerprints, and "trafilatura --input-dir in --output-dir out" writes three files.
# Happens: where every word carries vowel signs, as in verse, scripture and texts for children, all pages have the fingerprint
#   ffffffffffffffff, that of the empty text, and the same file name: each overwrites the one before, one file is left, and the status
#   is 0, with nothing on standard error. Of the same pages without the signs three files are written. Names and fingerprints are made
#   of the words for which str.isalnum() is true, which no word with a vowel sign is.
# Seen: trafilatura 2.3.1. Source: trafilatura/deduplication.py (sample_tokens), trafilatura/cli_utils.py (determine_output_path).
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" && "$work/venv/bin/pip" install -q --disable-pip-version-check "trafilatura==2.3.1" "lxml_html_clean==0.4.6" 2>/dev/null
"$work/venv/bin/python" - "$work" <<'PY'
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from trafilatura.deduplication import content_fingerprint

work = Path(sys.argv[1])
texts = [
    "وَصَلَ الوَفْدُ إِلَى بَيْرُوتَ صَبَاحَ أَمْسِ، ثُمَّ غَادَرَ بَعْدَ اجْتِمَاعٍ مَعَ الوَزِيرِ.",
    "هَطَلَتِ الأَمْطَارُ عَلَى حَقْلِ القَمْحِ، فَفَرِحَ الفَلَّاحُونَ وَأَوْلَادُهُمْ فَرَحًا كَبِيرًا.",
    "رَبِحَ فَرِيقُ المَدِينَةِ كَأْسَ البُطُولَةِ، وَاسْتَقْبَلَهُ النَّاسُ فِي المَيْدَانِ بِالزُّهُورِ.",
]
plain = [re.sub("[\u064b-\u0652]", "", text) for text in texts]
page = '<!DOCTYPE html><html lang="ar"><head><title>{0}</title></head><body><article><h1>{0}</h1>{1}</article></body></html>'


def files(name, pages, form):
    source, target = work / name, work / f"{name}-{form}"
    source.mkdir(exist_ok=True)
    for number, text in enumerate(pages):
        paragraphs = f"<p>{' '.join([text] * 4)}</p>" * 3
        (source / f"{number}.html").write_text(page.format(text.split("،")[0], paragraphs), encoding="utf-8")
    command = [work / "venv/bin/trafilatura", "--input-dir", source, "--output-dir", target, "--output-format", form]
    run = subprocess.run(command, capture_output=True, text=True)
    count = sum(path.is_file() for path in target.rglob("*"))
    print(f"{name}, {form}: {len(pages)} pages in, {count} files out, status {run.returncode}, standard error {run.stderr!r}")
    return count, run.returncode, run.stderr


print("trafilatura", version("trafilatura"))
marks = {name: [content_fingerprint(text) for text in group] for name, group in (("vowelled", texts), ("plain", plain))}
for name, found in marks.items():
    print(f"{name}: fingerprints {found}")
vowelled = [files("vowelled", texts, form) for form in ("txt", "json", "xml")]
control = files("plain", plain, "txt")
same = set(marks["vowelled"]) == {content_fingerprint("")} and len(set(marks["plain"])) == 3
sys.exit(int(not same or vowelled != [(1, 0, "")] * 3 or control != (3, 0, "")))
PY
