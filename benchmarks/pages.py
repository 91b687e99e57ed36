"""How well pages are taken apart: articles, their paragraphs and fields, against pages of known structure.

    python benchmarks/pages.py
    python benchmarks/pages.py tests/page/pages --errors
    python benchmarks/pages.py tests/page/held_out2 tests/page/held_out2_html --json
    python benchmarks/pages.py --speed            # pages of 10 KB a second of processor time, one thread

A page is ``NAME.txt`` or ``NAME.html`` with ``NAME.json`` beside it; tests/page/pages/README.md and tests/page/html/README.md
define them. Several folders are summed. What is counted:

* articles: the first and the last character of the story (without headline) are right;
* boundaries: each of these two by itself;
* body paragraphs: both bounds are right, in the right article; body characters: blanks do not count;
* headline, byline, source, dateline, date: one value an article, compared by :func:`fold`, dates by their day;
* keywords, related, captions: each item, those of one article without order; not asked of HTML pages.

A true article goes with the found article that shares most characters of its story. Counts are summed over all pages.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

if __package__ in (None, ""):  # run as a script: its folder is on the path, the project's is not
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from arabic_news_ner.page import Page, PageArticle, read_page
from arabic_news_ner.page.fields.outlet import canonical
from arabic_news_ner.scoring.matching import largest_matching
from arabic_news_ner.scoring.measures import NOTHING, Score
from arabic_news_ner.version import __version__
from benchmarks.files import DataError

Span = tuple[int, int]
Results = dict[str, Score]

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "page" / "pages"
SINGLE = ("headline", "byline", "source", "dateline", "date")
LISTED = ("keywords", "related", "captions")
MEASURES = ("articles", "boundaries", "body paragraphs", "body characters", *SINGLE, *LISTED)
#: A caption is right if it and the true one differ only by a credit or an announcing word: one holds the other.
CAPTION_SHARE = 0.6
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class TrueArticle:
    """An article of a page as its author meant it.

    ``also`` holds further answers that are right for a field (``None``: leaving it out is right), ``optional`` stretches
    of the page that may be taken for the story's or not.
    """

    single: Mapping[str, str | None]
    listed: Mapping[str, tuple[str, ...]]
    body: tuple[Span, ...]
    also: Mapping[str, tuple[str | None, ...]]
    optional: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class TruePage:
    """A page and what is in it.

    ``truth`` holds the file's data of an HTML page: its articles are known only beside the text that was found in it.
    """

    name: str
    style: str
    raw: str
    articles: tuple[TrueArticle, ...]
    truth: Mapping[str, Any] | None = None


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. Returns 0, or 2 where the folder cannot be used."""
    options = _parser().parse_args(arguments)
    try:
        pages = [page for folder in options.folders or [FOLDER] for page in load(folder)]
    except DataError as error:
        print(f"pages: {error}", file=sys.stderr)
        return 2
    if options.speed:
        print(f"{speed(pages):.0f} pages of 10 KB a second of processor time")
        return 0
    results, errors = measure(pages, read_page)
    if options.json:
        print(json.dumps(report(pages, results), ensure_ascii=False, indent=2))
    else:
        print(table(report(pages, results)))
    if options.errors:
        print("", *errors, sep="\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, help="pages (default: those of the tests)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--speed", action="store_true", help="measure the speed alone")
    parser.add_argument("--errors", action="store_true", help="list every answer that is wrong or missing")
    return parser


def load(folder: Path) -> list[TruePage]:
    """The pages of a folder, by name.

    :raises DataError: for a folder without pages, or a paragraph that the page does not hold.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise DataError(f"{folder} holds no pages: expected NAME.txt with NAME.json beside it")
    return [load_page(path) for path in paths]


def load_page(path: Path) -> TruePage:
    """The page of a ``.json`` file and the ``.txt`` or ``.html`` beside it."""
    data = json.loads(path.read_text(encoding="utf-8"))
    html = path.with_suffix(".html")
    if html.exists():
        return TruePage(path.stem, data["style"], html.read_text(encoding="utf-8"), (), data)
    with path.with_suffix(".txt").open(encoding="utf-8", newline="") as file:
        raw = file.read()
    articles, at = [], 0
    for item in data["articles"]:
        body = []
        for paragraph in item["body"]:
            body.append(_find(paragraph, raw, at, path))
            at = body[-1][1]
        optional = tuple(_find(piece, raw, 0, path) for piece in item.get("optional", ()))
        articles.append(_article(item, tuple(body), optional))
    return TruePage(path.stem, data["style"], raw, tuple(articles))


def _article(item: Mapping[str, Any], body: tuple[Span, ...], optional: tuple[Span, ...]) -> TrueArticle:
    return TrueArticle(
        {name: item[name] for name in SINGLE if name in item},
        {name: tuple(item[name]) for name in LISTED if name in item},
        body,
        {name: tuple(values) for name, values in item.get("also", {}).items()},
        optional,
    )


def beside(page: TruePage, text: str) -> TruePage:
    """An HTML page as a page of the text that was found in it: paragraphs that were lost are put after the text."""
    truth = page.truth or {}
    body, at = [], 0
    for paragraph in truth["body"]:
        span = _words(paragraph, text, at)
        if span is None:
            span = len(text) + 1, len(text) + 1 + len(paragraph)
            text = f"{text}\n{paragraph}"
        else:
            at = span[1]
        body.append(span)
    optional = [span for piece in truth.get("optional", ()) if (span := _words(piece, text, 0))]
    item = {name: value for name, value in truth.items() if name not in LISTED}
    return replace(page, raw=text, articles=(_article(item, tuple(body), tuple(optional)),))


def _words(piece: str, text: str, at: int) -> Span | None:
    found = re.compile(r"\s+".join(map(re.escape, piece.split()))).search(text, at)
    return found and found.span()


def speed(pages: Sequence[TruePage], times: int = 5) -> float:
    """How often 10 KB (UTF-8) of these pages are read in a second of processor time, the best of some runs."""
    size = sum(len(page.raw.encode()) for page in pages)
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        for page in pages:
            read_page(page.raw)
        best = min(best, time.process_time() - start)
    return size / 10_000 / best


def _find(piece: str, raw: str, at: int, path: Path) -> Span:
    start = raw.find(piece, at)
    if start < 0:
        raise DataError(f"{path.name}: not in the page after character {at}: {piece!r}")
    return start, start + len(piece)


def measure(pages: Iterable[TruePage], read: Callable[[str], Page]) -> tuple[Results, list[str]]:
    """The sums over pages, and a line for each answer that is wrong or missing."""
    results, errors = dict.fromkeys(MEASURES, NOTHING), []
    for page in pages:
        answer = read(page.raw)
        for name, score, notes in score_page(page if page.truth is None else beside(page, answer.text), answer):
            results[name] += score
            errors += [f"{page.name}: {name}: {note}" for note in notes]
    return results, errors


def score_page(page: TruePage, answer: Page) -> Iterator[tuple[str, Score, list[str]]]:
    """(measure, score, notes on errors) for each measure of a page, some of them several times."""
    raw = page.raw
    bodies = [trimmed(article.body, raw) for article in answer.articles]
    pairs = align([article.body for article in page.articles], bodies)
    alone = set(range(len(bodies))) - {found for _, found in pairs}
    partner = dict(pairs)
    counterparts: list[tuple[TrueArticle | None, PageArticle | None, list[Span]]] = [
        (article, answer.articles[partner[n]], bodies[partner[n]]) if n in partner else (article, None, [])
        for n, article in enumerate(page.articles)
    ]
    counterparts += [(None, answer.articles[n], bodies[n]) for n in sorted(alone)]
    for true, found, body in counterparts:
        yield from _score_bodies(raw, true, body)
        for name in SINGLE if page.truth is None else [name for name in SINGLE if name in page.truth]:
            yield name, *score_value(true, getattr(found, name) if found else None, name)
        for name in LISTED if page.truth is None else ():
            yield name, *score_items(true, getattr(found, name) if found else (), name)


def trimmed(spans: Iterable[Span], raw: str) -> list[Span]:
    """Spans without blanks and marks of direction at their ends; empty ones are dropped."""
    cut = []
    for start, end in spans:
        while start < end and (raw[start].isspace() or INVISIBLE.match(raw[start])):
            start += 1
        while start < end and (raw[end - 1].isspace() or INVISIBLE.match(raw[end - 1])):
            end -= 1
        if start < end:
            cut.append((start, end))
    return cut


def align(true: Sequence[Sequence[Span]], found: Sequence[Sequence[Span]]) -> list[tuple[int, int]]:
    """Pairs (true article, found article) that share characters: as many as can be, the greatest overlaps first."""
    edges = []
    for spans in true:
        mine = covered(spans)
        overlaps = [(len(mine & covered(other)), n) for n, other in enumerate(found)]
        edges.append([n for size, n in sorted(overlaps, key=lambda pair: -pair[0]) if size])
    return largest_matching(edges)


def covered(spans: Iterable[Span]) -> set[int]:
    """The offsets of all characters in spans."""
    return {offset for start, end in spans for offset in range(start, end)}


def _score_bodies(raw: str, true: TrueArticle | None, body: list[Span]) -> Iterator[tuple[str, Score, list[str]]]:
    wanted = list(true.body) if true else []
    optional = covered(true.optional) if true else set()
    found = [span for span in body if not covered([span]) <= optional]
    right = set(wanted) & set(found)
    notes = [f"missing {_short(raw, span)}" for span in wanted if span not in right]
    notes += [f"wrong {_short(raw, span)}" for span in found if span not in right]
    yield "body paragraphs", Score.of(len(right), len(found), len(wanted)), notes
    visible = {offset for offset in covered(wanted) | covered(found) if not raw[offset].isspace()} - optional
    mine, theirs = visible & covered(wanted), visible & covered(found)
    yield "body characters", Score.of(len(mine & theirs), len(theirs), len(mine)), []
    bounds = {("start", wanted[0][0]), ("end", wanted[-1][1])} if wanted else set()
    given = {("start", found[0][0]), ("end", found[-1][1])} if found else set()
    missed = [f"{kind} {_short(raw, (at, at + 40))}" for kind, at in sorted(bounds - given)]
    extra = [f"wrong {kind} {_short(raw, (at, at + 40))}" for kind, at in sorted(given - bounds)]
    yield "boundaries", Score.of(len(bounds & given), len(given), len(bounds)), missed + extra
    yield "articles", Score.of(int(bool(bounds) and bounds == given), bool(given), bool(bounds)), []


def _short(raw: str, span: Span) -> str:
    text = raw[slice(*span)]
    return repr(text if len(text) <= 70 else f"{text[:40]} ... {text[-25:]}")


def score_value(true: TrueArticle | None, found: str | None, name: str) -> tuple[Score, list[str]]:
    """The score of a field with one value, and a note if it is wrong."""
    wanted = true.single[name] if true else None
    also = true.also.get(name, ()) if true else ()
    mine, answer = fold(wanted, name), fold(found, name)
    if mine == answer:
        count = int(wanted is not None)
        return Score.of(count, count, count), []
    if answer in {fold(value, name) for value in also}:
        count = int(wanted is not None and found is not None)
        return Score.of(count, count, count), []
    return Score.of(0, found is not None, wanted is not None), [f"expected {wanted!r}, found {found!r}"]


def score_items(true: TrueArticle | None, found: Sequence[str], name: str) -> tuple[Score, list[str]]:
    """The score of a field with several items, and notes on those that are wrong or missing."""
    wanted = true.listed[name] if true else ()
    same = _same_caption if name == "captions" else lambda item, answer: fold(item) == fold(answer)
    pairs = largest_matching([[n for n, answer in enumerate(found) if same(item, answer)] for item in wanted])
    hit, taken = {left for left, _ in pairs}, {right for _, right in pairs}
    notes = [f"missing {item!r}" for n, item in enumerate(wanted) if n not in hit]
    notes += [f"wrong {item!r}" for n, item in enumerate(found) if n not in taken]
    return Score.of(len(pairs), len(found), len(wanted)), notes


def _same_caption(wanted: str, found: str) -> bool:
    short, long = sorted((fold(wanted) or "", fold(found) or ""), key=len)
    return short in long and len(short) >= CAPTION_SHARE * len(long)


def fold(value: str | None, name: str = "") -> str | None:
    """A value as compared: dates by their day, sources by their best-known name; else without marks of direction and
    signs at the ends, blanks as one.

    >>> fold(' «الوطن» :')
    'الوطن'
    """
    if value is None:
        return None
    if name == "date":
        return value[:10]
    if name == "source":
        value = canonical(value) or value
    return re.sub(r"\s+", " ", INVISIBLE.sub("", value)).strip(" \"'«»“”#.,،:;؛|/-–—\u0640")


def report(pages: Sequence[TruePage], results: Results) -> dict[str, Any]:
    """Counts, and percentages with two decimals."""
    return {
        "library": __version__,
        "pages": len(pages),
        "articles": sum(1 if page.truth else len(page.articles) for page in pages),
        "scores": {
            name: {
                "precision": round(100 * score.precision, 2),
                "recall": round(100 * score.recall, 2),
                "f1": round(100 * score.f1, 2),
                "found": score.found,
                "wanted": score.wanted,
            }
            for name, score in results.items()
        },
    }


def table(result: Mapping[str, Any]) -> str:
    """A result for a terminal."""
    lines = [
        f"{result['pages']} pages, {result['articles']} articles, arabic_news_ner {result['library']}",
        "",
        f"{'':20}{'precision':>10}{'recall':>10}{'F1':>10}{'found':>8}{'wanted':>8}",
    ]
    for name, s in result["scores"].items():
        lines.append(f"{name:20}{s['precision']:10.2f}{s['recall']:10.2f}{s['f1']:10.2f}{s['found']:8}{s['wanted']:8}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
