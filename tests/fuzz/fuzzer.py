"""One target under atheris, in a process of its own, which libFuzzer ends: ``run.py`` starts it.

    python -m tests.fuzz.fuzzer TARGET FOLDER OPTION...

OPTION is one of libFuzzer's, such as ``-max_total_time=60`` (seconds) or ``-runs=1000`` (inputs).
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
    name, folder, *limits = sys.argv[1:]
    check = TARGETS[name]

    def one_input(data: bytes) -> None:
        # Both forms: UTF-8 that the fuzzer makes itself, and any code points, lone surrogates included.
        check(data.decode("utf-8", "surrogateescape" if len(data) % 2 else "replace"))

    dictionary = Path(folder) / "words.dict"
    dictionary.write_text(
        "".join('"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"\n' for word in WORDS), encoding="utf-8"
    )
    options = [
        *limits,
        "-max_len=2000",
        "-len_control=0",
        "-timeout=20",
        f"-dict={dictionary}",
        "-verbosity=0",
        f"-artifact_prefix={folder}/",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
