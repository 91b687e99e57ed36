"""What each target's fuzzing starts from: the pages, records and cases of the tests, all written for the project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from arabic_news_ner.pipeline import to_article
from tests.entities import markup

TESTS = Path(__file__).resolve().parent.parent
#: Longest seed in bytes: the fuzzer cuts off what is longer than its longest input.
LONGEST = 4000

#: For each target the files that hold its seeds, below ``tests``; a table gives each of its fields, JSON lines each line.
FILES: dict[str, tuple[str, ...]] = {
    "tokenize": ("data/text/*", "data/entities/reported.tsv", "page/pages/*.txt"),
    "sentences": ("data/text/*", "data/entities/reported.tsv", "page/pages/*.txt"),
    "normalize": ("data/text/*", "data/archive/*", "data/entities/reported.tsv", "page/pages/*.txt"),
    "read_page": ("page/pages/*.txt", "page/held_out*/*.txt", "page/html/*.html", "data/page/*.html"),
    "read_html": ("page/html/*.html", "page/held_out2_html/*.html", "data/page/*.html"),
    "find_dates": ("data/page/dates.tsv", "page/pages/*.txt"),
    "from_dict": ("golden/*.jsonl", "page/pages/*.json"),
    "manifest": ("../arabic_news_ner/data/packs/fast/pack.json",),
    "search": ("data/archive/*", "data/entities/name_pairs.tsv", "data/entities/known_bodies.tsv"),
    "entities": ("data/entities/*", "data/rules/cases.tsv"),
}


def seeds(target: str) -> tuple[str, ...]:
    """The texts that the target starts from, each once, none longer than :data:`LONGEST`."""
    parts = (part for pattern in FILES[target] for path in sorted(TESTS.glob(pattern)) for part in _parts(path))
    found = dict.fromkeys(part for part in parts if part and len(part.encode()) <= LONGEST)
    return (*found, *_records()) if target == "from_dict" else tuple(found)


def _parts(path: Path) -> Iterable[str]:
    content = path.read_text(encoding="utf-8")
    if path.suffix == ".tsv":
        return (field for line in content.splitlines() if not line.startswith("#") for field in line.split("\t"))
    return content.splitlines() if path.suffix == ".jsonl" else (content,)


def _records() -> Iterator[str]:
    """Records that the library wrote of small articles with linked names and offices."""
    for marked in (
        "قال {وزير الخارجية} [PER سامر حداد] ل[ORG:media وكالة الأنباء] في [LOC:city طرابلس].",
        "[PER علي عمر] يصل\nوصل {رئيس [ORG البنك المركزي]} إلى [LOC:country ليبيا] يوم 3 مايو 2024.",
    ):
        case = markup.read(marked)
        yield to_article(markup.assemble(case.text, case.tagged)).to_json()
