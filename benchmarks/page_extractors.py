"""``read_page`` beside other extractors on the same HTML pages: body, headline, date and byline.

    pip install -e '.[html]' --group pages
    python -m benchmarks.page_extractors                     # tests/page/html
    python -m benchmarks.page_extractors FOLDER --json

A page is ``NAME.html`` with ``NAME.json`` beside it (tests/page/html/README.md). Each extractor is called as its
documentation shows for one page without the network. Body: the words of all pages, each counted by its characters;
precision, recall and F1 of the words that were found, order and paragraphs apart; the lines that the truth calls optional
(a deck, a dateline) count neither for nor against anybody. Headline, date (the day) and byline: on
how many pages of those that state one the answer is right; ``--json`` has the wrong answers on pages that state none, too.
"""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks.pages import fold

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "page" / "html"
FIELDS = ("headline", "date", "byline")


@dataclass(frozen=True, slots=True)
class Answer:
    """What an extractor says of a page."""

    body: str = ""
    headline: str | None = None
    date: str | None = None
    byline: str | None = None


def arabic_news_ner(html: str) -> Answer:
    from arabic_news_ner.page import read_page

    articles = read_page(html).articles
    if not articles:
        return Answer()
    first = articles[0]
    return Answer("\n".join(article.text for article in articles), first.headline, first.date, first.byline)


def trafilatura(html: str) -> Answer:
    import trafilatura as package

    found: Any = package.bare_extraction(html, with_metadata=True, include_comments=False)
    if found is None:
        return Answer()
    data = found.as_dict()
    return Answer(data.get("text") or "", data.get("title"), data.get("date"), data.get("author"))


def newspaper4k(html: str) -> Answer:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import newspaper

        article = newspaper.Article("https://news.example/1", language="ar")
        article.download(input_html=html)
        article.parse()
    date = article.publish_date
    return Answer(
        article.text, article.title or None, date.isoformat() if date else None, "، ".join(article.authors) or None
    )


def justext(html: str) -> Answer:
    import justext as package

    paragraphs = package.justext(html.encode(), package.get_stoplist("Arabic"), encoding="utf-8")
    return Answer("\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate))


def resiliparse(html: str) -> Answer:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(html)
    return Answer(extract_plain_text(tree, main_content=True), tree.title or None)


EXTRACTORS: Mapping[str, Callable[[str], Answer]] = {
    "arabic-news-ner": arabic_news_ner,
    "trafilatura": trafilatura,
    "newspaper4k": newspaper4k,
    "justext": justext,
    "resiliparse": resiliparse,
}


def measure(pages: Sequence[tuple[str, Mapping[str, Any]]], extract: Callable[[str], Answer]) -> dict[str, Any]:
    """Figures of one extractor; a page on which it raises an error counts as empty, and is counted."""
    found = wanted = both = failed = 0
    right, stated, wrong = Counter[str](), Counter[str](), Counter[str]()
    for html, truth in pages:
        try:
            answer = extract(html)
        except ImportError:
            raise
        except Exception as error:  # the extractor's own: any kind
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
            answer, failed = Answer(), failed + 1
        mine, theirs = _words("\n".join(truth["body"])), _words(answer.body)
        theirs -= (theirs - mine) & _words("\n".join(truth.get("optional", ())))
        wanted += _size(mine)
        found += _size(theirs)
        both += _size(mine & theirs)
        for name in FIELDS:
            value = getattr(answer, name)
            stated[name] += truth[name] is not None
            same = fold(value, name) == fold(truth[name], name)
            right[name] += same and truth[name] is not None
            wrong[name] += not same and truth[name] is None
    precision, recall = both / max(found, 1), both / max(wanted, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    figures: dict[str, Any] = {"body": [round(100 * x, 1) for x in (precision, recall, f1)], "failed": failed}
    for name in FIELDS:
        figures[name] = {"right": right[name], "stated": stated[name], "wrong where none": wrong[name]}
    return figures


def _words(text: str) -> Counter[str]:
    return Counter(text.split())


def _size(words: Counter[str]) -> int:
    return sum(len(word) * count for word, count in words.items())


def load(folder: Path) -> list[tuple[str, Mapping[str, Any]]]:
    """The pages of a folder with what is in them."""
    names = sorted(folder.glob("*.json"))
    return [(path.with_suffix(".html").read_text("utf-8"), json.loads(path.read_text("utf-8"))) for path in names]


def main(arguments: Sequence[str] | None = None) -> int:
    """The command: 0, or 2 where the folder holds no pages."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    pages = load(options.folder)
    if not pages:
        print(f"{options.folder} holds no pages: expected NAME.html with NAME.json beside it", file=sys.stderr)
        return 2
    results = {}
    for name, extract in EXTRACTORS.items():
        try:
            results[f"{name} {version(name)}"] = measure(pages, extract)
        except (ImportError, PackageNotFoundError):
            print(f"{name} is not installed: left out", file=sys.stderr)
    print(json.dumps(results, ensure_ascii=False, indent=2) if options.json else table(results))
    return 0


def table(results: Mapping[str, Any]) -> str:
    """The figures for a terminal."""
    lines = [f"{'':26}{'body P':>8}{'R':>7}{'F1':>7}" + "".join(f"{name:>14}" for name in FIELDS)]
    for name, figures in results.items():
        precision, recall, f1 = figures["body"]
        fields = "".join(f"{figures[f]['right']:>9}/{figures[f]['stated']:<4}" for f in FIELDS)
        lines.append(f"{name:26}{precision:8.1f}{recall:7.1f}{f1:7.1f}{fields}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
