"""Accuracy of a model on annotated files.

    python benchmarks/accuracy.py news/dev.spans.jsonl --model base
    python benchmarks/accuracy.py anercorp/test.conll --scheme anercorp --json

A file is ``*articles.jsonl`` (with ``*records.jsonl`` beside it), ``*.spans.jsonl``, or CoNLL (``word tag``, blank line
between sentences). What is measured is defined in arabic_news_ner/scoring and in
benchmarks/calibration.py.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

if __package__ in (None, ""):  # run as a script: its folder is on the path, the project's is not
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from arabic_news_ner.errors import ArabicNewsNerError
from arabic_news_ner.extractor import Extractor
from arabic_news_ner.scoring.annotation import Annotation
from arabic_news_ner.scoring.measures import Score, scored_holders, scored_mentions
from arabic_news_ner.scoring.report import COLUMNS, as_dict, rows, score_texts
from arabic_news_ner.version import __version__
from benchmarks import answers, calibration, error_report
from benchmarks.bio import score_tags
from benchmarks.files import DataError, Dataset, read

Scores = dict[str, Score]


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. Returns 0, or 2 where a file or the model cannot be used."""
    options = _parser().parse_args(arguments)
    try:
        datasets = [read(path) for path in options.paths]
        extractor = Extractor.load(options.model, path=options.path, threads=options.threads)
        results = [_measure(extractor, dataset, options) for dataset in datasets]
    except (DataError, ArabicNewsNerError) as error:
        print(f"accuracy: {error}", file=sys.stderr)
        return 2
    if options.errors:
        Path(options.errors).write_text("\n".join(text for _, text in results), encoding="utf-8")
    if options.json:
        print(json.dumps([result for result, _ in results], ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(table(result) for result, _ in results))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="annotated file")
    parser.add_argument("--model", default="base", help="a pack (name or folder) or a backend (default: %(default)s)")
    parser.add_argument("--path", type=Path, help="the model of a backend (camel, stanza, transformers)")
    parser.add_argument("--scheme", help="label set for CoNLL files (default: the one that fits the file)")
    parser.add_argument("--types", default="", help="score these types only, e.g. PER,ORG,LOC")
    parser.add_argument("--last", type=int, metavar="N", help="score only the last N sentences or articles of a file")
    parser.add_argument("--threads", type=int, help="processor cores to use (default: all)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--errors", metavar="FILE", help="write the errors, in groups, to this file")
    return parser


def _measure(extractor: Extractor, dataset: Dataset, options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """The result of one file, and the text of its errors."""
    types = frozenset(filter(None, options.types.split(",")))
    last = slice(-options.last, None) if options.last else slice(None)
    head: dict[str, Any] = {"file": dataset.path.name, "model": describe(extractor), "library": __version__}
    if dataset.sentences:
        gold = dataset.sentences[last]
        scheme = options.scheme or answers.choose_scheme(extractor.tagger.schemes, gold)
        tags = answers.as_spelled(answers.answer_sentences(extractor, gold, scheme), gold)
        true_tags = [answers.only_types(sentence.tags, types) for sentence in gold]
        tags = [answers.only_types(row, types) for row in tags]
        counts = {"sentences": len(gold), "words": sum(len(s.words) for s in gold)}
        result = {
            **head,
            "scheme": scheme,
            "counts": counts,
            "scores": as_dict({"mentions": score_tags(true_tags, tags)}),
        }
        true_texts, texts = (
            [answers.as_text(n, s.words, row) for n, (s, row) in enumerate(zip(gold, side, strict=True), 1)]
            for side in (true_tags, tags)
        )
    else:
        true_texts = [answers.only_labels(text, types) for text in dataset.texts[last]]
        texts = [answers.only_labels(text, types) for text in answers.answer_texts(extractor, true_texts)]
        result = {**head, "counts": _counts(true_texts), "scores": as_dict(score_texts(true_texts, texts))}
        for name, items in (
            ("calibration", scored_mentions(true_texts, texts)),
            ("calibration of holders", scored_holders(true_texts, texts)),
        ):
            if items:
                result[name] = _calibration(items)
    errors = f"# {dataset.path.name}, {result['model']}\n\n" + error_report.report(true_texts, texts)
    return result, errors


def describe(extractor: Extractor) -> str:
    """The name of the tagger, with the version of its pack where it has one."""
    pack = getattr(extractor.tagger, "pack", None)
    version = getattr(pack, "version", None) or getattr(extractor.tagger, "version", None)
    return f"{extractor.tagger.name} {version}" if version else extractor.tagger.name


def _counts(gold: Iterable[Annotation]) -> dict[str, int]:
    texts = list(gold)
    return {
        "articles": len(texts),
        "words": sum(t.words for t in texts),
        "mentions": sum(len(t.mentions) for t in texts),
        "entities": sum(len(t.entities) for t in texts),
        "roles": sum(len(t.roles) for t in texts),
    }


def _calibration(items: Sequence[tuple[float, bool]]) -> dict[str, Any]:
    width, count = calibration.equal_width(items), calibration.equal_count(items)
    return {
        "items": len(items),
        "ece_equal_width": round(calibration.expected_error(width), 4),
        "ece_equal_count": round(calibration.expected_error(count), 4),
        "bins": [{"count": b.count, "score": round(b.score, 4), "right": round(b.right, 4)} for b in width],
    }


def table(result: Mapping[str, Any]) -> str:
    """A result for a terminal."""
    counts = ", ".join(f"{value:,} {name}" for name, value in result["counts"].items())
    scheme = f", scheme {result['scheme']}" if "scheme" in result else ""
    lines = [
        f"{result['file']}: {counts}",
        f"model {result['model']}{scheme}, arabic_news_ner {result['library']}",
        "",
        COLUMNS,
        *rows(result["scores"]),
    ]
    for name, what in (("calibration", "mentions"), ("calibration of holders", "holders of roles found exactly")):
        if name not in result:
            continue
        c = result[name]
        lines += [
            "",
            f"expected calibration error of {c['items']:,} {what}: "
            f"{c['ece_equal_width']:.4f} in bins of equal width, {c['ece_equal_count']:.4f} in bins of equal count",
            *(f"  score {b['score']:.3f}  right {b['right']:.3f}  ({b['count']})" for b in c["bins"]),
        ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
