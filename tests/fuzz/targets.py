"""What is fuzzed: for each target a function of one text, which fails if the library breaks a promise.

The targets raise AssertionError, or what the library raised and should not have. The fuzzer (``run.py``) and
``tests/hostile/test_fuzz.py`` share them.
"""

from __future__ import annotations

import itertools
import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from arabic_news_ner.archive import EntityIndex, fold
from arabic_news_ner.errors import InputError, ModelError
from arabic_news_ner.page import read_page
from arabic_news_ner.page.dates import find_dates
from arabic_news_ner.pipeline import to_article
from arabic_news_ner.tagging.onnx import pack
from arabic_news_ner.tagging.protocol import Tagged
from arabic_news_ner.text.normalize import normalize
from arabic_news_ner.text.sentences import sentences
from arabic_news_ner.text.tokenize import tokenize
from arabic_news_ner.types import SUBTYPES, Article, Entity, Mention, Sentence, Token
from tests.entities import markup


def _spans_of(text: str, spans: Sequence[Token] | Sequence[Sentence]) -> None:
    end = 0
    for span in spans:
        assert end <= span.start < span.end <= len(text), span
        assert text[span.start : span.end] == span.text
        end = span.end


def check_tokenize(text: str) -> None:
    """Tokens are in order, at exact offsets, and hold all that is no blank."""
    tokens = tokenize(text)
    _spans_of(text, tokens)
    covered = {i for token in tokens for i in range(token.start, token.end)}
    assert not [c for i, c in enumerate(text) if i not in covered and c.isalnum()]


def check_sentences(text: str) -> None:
    """Sentences are in order, at exact offsets, and leave out no letter or digit."""
    found = sentences(text)
    _spans_of(text, found)
    covered = {i for sentence in found for i in range(sentence.start, sentence.end)}
    assert not [c for i, c in enumerate(text) if i not in covered and c.isalnum()]


def check_normalize(text: str) -> None:
    """Each normalized character comes from a place of the text, in order; normalizing again changes nothing."""
    done = normalize(text)
    for start in range(len(done.text)):
        a, b = done.to_original(start, start + 1)
        assert 0 <= a <= b <= len(text)
    assert normalize(done.text).text == done.text


def check_read_page(text: str) -> None:
    """A page is read: its pieces cover the text without a gap, and bodies and headlines lie in it, in order."""
    page = read_page(text)
    at = 0
    for piece in page.pieces():
        assert piece.start == at <= piece.end
        at = piece.end
    assert at == len(page.text)
    for article in page.articles:
        end = 0
        for start, stop in article.body:
            assert end <= start <= stop <= len(page.text)
            end = stop


def check_read_html(text: str) -> None:
    """The same inside HTML, so that the fuzzer need not find the tags itself."""
    check_read_page(
        f"<!DOCTYPE html><html><head><title>خبر</title></head><body><article>{text}</article></body></html>"
    )


def check_find_dates(text: str) -> None:
    """Dates lie inside their line, in order."""
    for line in text.split("\n"):
        end = 0
        for found in find_dates(line):
            assert end <= found.start < found.end <= len(line)
            end = found.end


def check_from_dict(text: str) -> None:
    """Any JSON is an article, which is written and read again the same, or an InputError."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = {"text": text, "entities": text, "schema": 1}
    try:
        article = Article.from_dict(value)
    except InputError:
        return
    assert Article.from_dict(article.to_dict()) == article


#: The manifest of a pack that is well, whose fields the target changes one by one.
MANIFEST = json.loads((pack.BUILT_IN / "fast" / pack.MANIFEST).read_text(encoding="utf-8"))


def check_manifest(text: str) -> None:
    """A pack whose manifest is this text, or has it or the JSON in it as one of its values, is refused with a ModelError:
    the files of the pack are not there."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = text
    fields = sorted(MANIFEST)
    manifests = [text, json.dumps({**MANIFEST, fields[len(text) % len(fields)]: value})]
    with tempfile.TemporaryDirectory() as folder:
        for content in manifests:
            (Path(folder) / pack.MANIFEST).write_text(content, encoding="utf-8", errors="surrogatepass")
            try:
                pack.load(folder)
            except ModelError:
                continue
            raise AssertionError("a pack without files was loaded")


def check_search(text: str) -> None:
    """An entity of an index is found by its name, whatever the name is; the index stays whole."""
    names = [name for name in (text[: len(text) // 2], text[len(text) // 2 :]) if name]
    entities = tuple(
        Entity(f"e{n}", "PER", None, name, (Mention(n, n + 1, name, 0.9),)) for n, name in enumerate(names)
    )
    with EntityIndex.open(":memory:") as index:
        index.search(text)
        index.add(Article("", entities=entities), id="a")
        for name in (text, *names):
            found = index.search(name)
            assert found or name not in names or not fold.words(name)
        assert index.verify() == []


def check_entities(text: str) -> None:
    """Whatever a tagger finds, marked in the text as in ``tests/data/entities``: an article whose mentions are apart and lie in
    the text, whose ids are its own, and which is written and read again the same."""
    case, _ = markup.read_freely(text)
    roles = tuple(r for r in case.tagged.roles if r.start < r.end)
    try:
        state = markup.assemble(case.text, Tagged(tuple(m for m in case.tagged.mentions if m.start < m.end), roles))
    except InputError:  # a subtype or score that there is not
        return
    article = to_article(state)
    spans = sorted((m.start, m.end) for e in article.entities for m in e.mentions)
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    for entity in article.entities:
        assert entity.name
        assert entity.mentions
        assert entity.subtype in (None, *SUBTYPES[entity.label])
        assert all(article.text[m.start : m.end] == m.text for m in entity.mentions)
    held = [*article.roles, *(role for entity in article.entities for role in entity.roles)]
    assert all(article.text[role.start : role.end] == role.text for role in held)
    ids = {entity.id for entity in article.entities}
    assert len(ids) == len(article.entities)
    assert {i for role in held for i in (role.holder, role.organization, role.place) if i is not None} <= ids
    assert Article.from_dict(article.to_dict()) == article


TARGETS: dict[str, Callable[[str], None]] = {
    "tokenize": check_tokenize,
    "sentences": check_sentences,
    "normalize": check_normalize,
    "read_page": check_read_page,
    "read_html": check_read_html,
    "find_dates": check_find_dates,
    "from_dict": check_from_dict,
    "manifest": check_manifest,
    "search": check_search,
    "entities": check_entities,
}
