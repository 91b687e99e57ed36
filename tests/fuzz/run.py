"""Coverage-guided fuzzing of the pure-Python layers with atheris: ``nox -s fuzz -- SECONDS`` for each target.

    python -m tests.fuzz.run TARGET SECONDS FOLDER

It ends with status 1 at the first input that breaks a promise, and says which. Put that input into
``tests/fuzz/findings.json``, where ``tests/hostile/test_fuzz.py`` keeps reading it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["arabic_news_ner"]):
    from tests.fuzz.targets import TARGETS

#: What news and pages are made of; the fuzzer puts these together.
WORDS = """قال وزير محمد الرئيس يوم الأحد 12 ربيع الآخر 1446 هـ الموافق 15 أكتوبر 2024 م كتب: المصدر رويترز طرابلس - اقرأ أيضا
<p> </p> <br> <script> <time datetime= </div> {"text": "entities": [ "schema": &nbsp; &#x200f; ٣ ﻻ ﷲ َ ّ ٰ ک ی ێ""".split()


def main() -> None:
    name, seconds = sys.argv[1], int(sys.argv[2])
    check = TARGETS[name]

    def one_input(data: bytes) -> None:
        # Both forms: UTF-8 that the fuzzer makes itself, and any code points, lone surrogates included.
        check(data.decode("utf-8", "surrogateescape" if len(data) % 2 else "replace"))

    dictionary = Path(sys.argv[3]) / "words.dict"
    dictionary.write_text(
        "".join('"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"\n' for word in WORDS), encoding="utf-8"
    )
    options = [
        f"-max_total_time={seconds}",
        "-max_len=2000",
        "-len_control=0",
        "-timeout=20",
        f"-dict={dictionary}",
        "-verbosity=0",
    ]
    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={sys.argv[3]}/", "-print_final_stats=1"], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
