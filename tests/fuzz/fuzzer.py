"""One target under atheris, in a process of its own, which libFuzzer ends: ``run.py`` starts it.

    python -m tests.fuzz.fuzzer TARGET FOLDER OPTION...

OPTION is one of libFuzzer's, such as ``-max_total_time=60`` (seconds) or ``-runs=1000`` (inputs). It starts from the seeds of
the target and from what earlier runs in the same folder kept.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["arabic_news_ner"]):
    from tests.fuzz.seeds import LONGEST, seeds
    from tests.fuzz.targets import TARGETS

#: What news and pages are made of; the fuzzer puts these together.
WORDS = """قال وزير محمد الرئيس يوم الأحد 12 ربيع الآخر 1446 هـ الموافق 15 أكتوبر 2024 م كتب: المصدر رويترز طرابلس - اقرأ أيضا
<p> </p> <br> <script> <time datetime= </div> {"text": "entities": [ "schema": &nbsp; &#x200f; ٣ ﻻ ﷲ َ ّ ٰ ک ی ێ""".split()


def main() -> None:
    name, folder, *limits = sys.argv[1:]
    check = TARGETS[name]

    def one_input(data: bytes) -> None:
        # Bytes that are not UTF-8 become lone surrogates in inputs of odd length, and replacement characters in the others.
        check(data.decode("utf-8", "surrogateescape" if len(data) % 2 else "replace"))

    dictionary = Path(folder) / "words.dict"
    dictionary.write_text(
        "".join('"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"\n' for word in WORDS), encoding="utf-8"
    )
    corpus = Path(folder) / name
    corpus.mkdir(exist_ok=True)
    for number, seed in enumerate(seeds(name)):
        (corpus / f"seed-{number}").write_bytes(seed.encode())
    options = [
        *limits,
        f"-max_len={LONGEST}",
        "-len_control=0",
        "-timeout=20",
        f"-dict={dictionary}",
        "-verbosity=0",
        f"-artifact_prefix={folder}/",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
