"""Coverage-guided fuzzing of the pure-Python layers with atheris: ``nox -s fuzz -- SECONDS`` for each target.

    python -m tests.fuzz.run FOLDER --seconds 60 --targets read_page read_html

It ends with status 1 at the first input that breaks a promise, and says which. Put that input into ``tests/fuzz/findings.json``,
where ``tests/hostile/test_fuzz.py`` keeps reading it. A target that took no input ends it with status 1, too.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).resolve().parent.parent.parent
#: What libFuzzer says at the end: the inputs that the target has taken.
TAKEN = re.compile(r"stat::number_of_executed_units:\s*(\d+)")


def fuzz(target: str, folder: Path, limit: str) -> int:
    """The number of inputs that the target took until the limit, one of libFuzzer's options.

    :raises SystemExit: if an input broke a promise, or if there was none.
    """
    command = [sys.executable, "-m", "tests.fuzz.fuzzer", target, str(folder), limit]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace")
    told = TAKEN.search(done.stderr)
    taken = int(told.group(1)) if told else 0
    if done.returncode or not taken:
        raise SystemExit(f"{done.stdout}\n{done.stderr}\n{target}: status {done.returncode} after {taken} inputs")
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="keeps the inputs to go on from, and one that broke a promise")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--targets", nargs="+", choices=list(TARGETS), default=list(TARGETS))
    args = parser.parse_args()
    for target in args.targets:
        taken = fuzz(target, args.folder, f"-max_total_time={args.seconds}")
        print(f"{target}: {taken} inputs, {taken / args.seconds:.0f} a second", flush=True)


if __name__ == "__main__":
    main()
