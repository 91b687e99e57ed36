"""The gate of accuracy: figures measured now against those that are pinned in ``eval_baseline.json``.

    python -m benchmarks.eval_gate                      # the golden articles of the repository
    python -m benchmarks.eval_gate --data DATA          # the development sets, too, where DATA holds them
    python -m benchmarks.eval_gate --data DATA --update # pin what is better now

The file names, for each set, the SHA-256 of its data and F1 in points for each pack. A figure that falls more than
``tolerance`` points below its pin fails the gate: so much may differ between processors and versions of ONNX Runtime, whose int8
products are not the same to the last bit. ``--update`` raises figures and adds new ones; it never lowers one. To lower a figure,
edit the file by hand, so that a reviewer sees it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from arabic_news_ner.extractor import Extractor
from arabic_news_ner.scoring import clusters, measures
from arabic_news_ner.scoring.annotation import Annotation
from benchmarks import answers
from benchmarks.files import read

ROOT = Path(__file__).resolve().parent.parent
BASELINE = Path(__file__).with_name("eval_baseline.json")
PACKS = ("base", "fast")
#: Figures by name, F1 in points.
Figures = dict[str, float]


def figures_of(gold: Sequence[Annotation], found: Sequence[Annotation]) -> Figures:
    """All figures that the gate watches, in points (0 to 100)."""
    mentions = measures.score_mentions(gold, found)
    values = {
        "mentions": mentions["all"].f1,
        **{f"mentions {label}": mentions[label].f1 for label in ("PER", "ORG", "LOC")},
        "entity list": measures.score_entity_lists(gold, found)["all"].f1,
        "subtypes": measures.score_subtypes(gold, found)["all"].precision,
        "role spans": measures.score_roles(gold, found).f1,
        "roles with holder": measures.score_attached_roles(gold, found).f1,
        "clusters B3": clusters.score_clusters(gold, found)["b3_found"].f1,
    }
    return {name: round(100 * value, 2) for name, value in values.items()}


def digest(paths: Sequence[Path]) -> str:
    """SHA-256 over the bytes of all files, in the order given, hexadecimal."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()


def files_of(name: str, entry: Mapping[str, Any], data: Path | None) -> list[Path] | None:
    """The files of a set, or ``None`` if they are not at hand."""
    base = ROOT if entry["in"] == "repository" else data
    if base is None:
        return None
    paths = [base / file for file in entry["files"]]
    if missing := [str(p) for p in paths if not p.is_file()]:
        raise SystemExit(f"eval_gate: set {name!r}: {missing[0]} is missing")
    return paths


def shortfalls(pinned: Figures, measured: Figures, tolerance: float) -> list[str]:
    """A line for each figure that fell below its pin, or that is pinned and not measured."""
    lines = []
    for name, floor in pinned.items():
        value = measured.get(name)
        if value is None:
            lines.append(f"{name}: pinned at {floor}, not measured")
        elif value < floor - tolerance:
            lines.append(f"{name}: {value}, pinned at {floor} (tolerance {tolerance})")
    return lines


def raised(pinned: Figures, measured: Figures) -> Figures:
    """The pins after an update: the higher of both, new figures added."""
    return {name: max(value, pinned.get(name, value)) for name, value in {**pinned, **measured}.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. Returns 0, or 1 where a figure fell or data changed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, help="folder that holds news/dev.spans.jsonl and the other sets")
    parser.add_argument("--update", action="store_true", help="pin what is better now; never lowers a figure")
    parser.add_argument("--threads", type=int, help="processor cores to use (default: all)")
    options = parser.parse_args(arguments)
    baseline = json.loads(BASELINE.read_text(encoding="utf-8"))
    failed = False
    for name, entry in baseline["sets"].items():
        paths = files_of(name, entry, options.data)
        if paths is None:
            print(f"{name}: left out (give its folder with --data)")
            continue
        found_digest = digest(paths)
        if entry["sha256"] != found_digest:
            if not options.update:
                print(f"{name}: the data changed (SHA-256 {found_digest}, pinned {entry['sha256']})")
                failed = True
                continue
            entry["sha256"] = found_digest
        dataset = read(paths[0])
        for model in PACKS:
            found = answers.answer_texts(Extractor.load(model, threads=options.threads), dataset.texts)
            measured = figures_of(dataset.texts, found)
            pinned = entry["figures"].get(model, {})
            lines = shortfalls(pinned, measured, baseline["tolerance"])
            print(f"{name}, {model}: " + ", ".join(f"{key} {value}" for key, value in measured.items()))
            for line in lines:
                print(f"  FELL {line}")
            failed = failed or bool(lines)
            if options.update:
                entry["figures"][model] = raised(pinned, measured)
    if options.update:
        BASELINE.write_text(json.dumps(baseline, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
