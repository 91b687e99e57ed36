"""spaCy: the pipeline component ``arabic_news_ner`` (extra ``[spacy]``).

::

    nlp = spacy.blank("ar")
    nlp.add_pipe("arabic_news_ner")
    doc = nlp(text)
    doc.ents, doc.spans["roles"], doc._.article, doc._.misaligned

spaCy's spans are whole tokens, and its tokenizer leaves an attached ``و`` or ``ل`` on its word. By default a span takes in the
token (``alignment_mode="expand"``); the exact bounds are in ``doc._.article``, and every span that differs from them is listed in
``doc._.misaligned``.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from arabic_news_ner.errors import InputError, MissingExtraError
from arabic_news_ner.integrations.core import BATCH, Settings, read_texts
from arabic_news_ner.serialize import from_dict, to_dict
from arabic_news_ner.types import Article, Entity

try:
    from spacy.language import Language
    from spacy.tokens import Doc, Span
except ImportError as error:
    raise MissingExtraError("the spaCy component", "spacy", "spacy") from error

if TYPE_CHECKING:
    from spacy.vocab import Vocab

#: The name of the factory, of the span group of all mentions, and of what is kept in ``doc.user_data``.
NAME = "arabic_news_ner"
#: The span group of roles.
ROLES = "roles"
MODES = ("strict", "contract", "expand")
_CONFIG = "config.json"
_ARTICLE, _MISALIGNED = f"{NAME}_article", f"{NAME}_misaligned"
#: Which identifier of an entity is its ``kb_id_``, the first that it has.
_KNOWLEDGE_BASES = ("wikidata", "geonames", "iso3166")


class MisalignedWarning(UserWarning):
    """Spans of a document are missing in ``doc.ents``, or in all groups, since tokens do not allow them."""


def kb_id(entity: Entity) -> str:
    """``"wikidata:Q3579"``: the identifier of an entity, ``""`` if it has none."""
    order = {kb: number for number, kb in enumerate(_KNOWLEDGE_BASES)}
    links = sorted(entity.links, key=lambda link: order.get(link.kb, len(order)))
    return f"{links[0].kb}:{links[0].id}" if links else ""


class NewsComponent:
    """Reads documents and sets

    * ``doc.ents``: names, with ``label_`` (PER, ORG, LOC), ``kb_id_`` and ``id_``, the id of the entity in the article;
    * ``doc.spans["arabic_news_ner"]``: the same, and those that ``doc.ents`` has no room for;
    * ``doc.spans["roles"]``: roles; ``id_`` is the id of the holder, empty if no person is named;
    * ``doc._.article``: the article with exact offsets;
    * ``doc._.misaligned``: a dict for each span whose bounds differ from the exact ones, or that is missing.
    """

    def __init__(self, vocab: Vocab | None, name: str, settings: Settings, alignment_mode: str = "expand") -> None:
        if alignment_mode not in MODES:
            raise InputError(f"alignment_mode is {alignment_mode!r}; it takes {', '.join(MODES)}")
        self.vocab = vocab
        self.name = name
        self.settings = settings
        self.alignment_mode = alignment_mode
        set_extensions()

    def __call__(self, doc: Doc) -> Doc:
        """Read one document."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = BATCH) -> Iterator[Doc]:
        """Read documents, many at a time."""
        docs = iter(stream)
        while part := list(islice(docs, max(1, batch_size))):
            found = read_texts([doc.text for doc in part], self.settings)
            for doc, articles in zip(part, found, strict=True):
                assert articles is not None
                self._annotate(doc, articles[0])
                yield doc

    def _annotate(self, doc: Doc, article: Article) -> None:
        record = to_dict(article)
        del record["text"]  # the document has it
        doc.user_data[_ARTICLE] = record
        misaligned: list[dict[str, Any]] = []
        mentions = [
            self._span(doc, m.start, m.end, e.label, e.id, kb_id(e), misaligned)
            for e in article.entities
            for m in e.mentions
        ]
        held = [(r, e.id) for e in article.entities for r in e.roles]
        roles = [
            self._span(doc, r.start, r.end, "ROLE", holder, "", misaligned)
            for r, holder in sorted([*held, *((r, "") for r in article.roles)], key=lambda pair: pair[0].start)
        ]
        names = sorted((s for s in mentions if s is not None), key=lambda s: (s.start, s.end))
        doc.spans[NAME] = names
        doc.spans[ROLES] = [s for s in roles if s is not None]
        doc.set_ents(_disjoint(names, misaligned), default="unmodified")
        doc.user_data[_MISALIGNED] = misaligned
        lost = sum(m["problem"] != "moved" for m in misaligned)
        if lost:
            warnings.warn(
                f"{lost} spans of a document are not in doc.ents or doc.spans[{ROLES!r}]: the tokens of spaCy do not allow "
                "them. doc._.misaligned lists them, doc._.article has all",
                MisalignedWarning,
                stacklevel=4,
            )

    def _span(
        self, doc: Doc, start: int, end: int, label: str, identifier: str, kb: str, misaligned: list[dict[str, Any]]
    ) -> Span | None:
        """The span of these characters; one that is missing or takes in more or less is noted."""
        mode = self.alignment_mode
        span = doc.char_span(start, end, label=label, kb_id=kb, alignment_mode=mode, span_id=identifier)
        exact = {"start": start, "end": end, "text": doc.text[start:end], "label": label, "id": identifier}
        if span is None:
            misaligned.append({**exact, "problem": "missing", "span": None})
        elif (span.start_char, span.end_char) != (start, end):
            misaligned.append({**exact, "problem": "moved", "span": [span.start, span.end]})
        return span

    def to_bytes(self, **_: Any) -> bytes:
        """The settings. The model is not in them: it is loaded by its name."""
        config = {**asdict(self.settings), "alignment_mode": self.alignment_mode}
        return json.dumps(config).encode()

    def from_bytes(self, data: bytes, **_: Any) -> NewsComponent:
        """The settings that :meth:`to_bytes` wrote."""
        config = json.loads(data)
        self.alignment_mode = config.pop("alignment_mode")
        self.settings = Settings.of(**config)
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """The settings, in a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _CONFIG).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, **_: Any) -> NewsComponent:
        """The settings of a folder that :meth:`to_disk` wrote."""
        return self.from_bytes((Path(path) / _CONFIG).read_bytes())


def _disjoint(spans: list[Span], misaligned: list[dict[str, Any]]) -> list[Span]:
    """The spans without those that share a token with an earlier one; those are noted."""
    kept: list[Span] = []
    for span in spans:
        if kept and span.start < kept[-1].end:
            misaligned.append(
                {
                    "start": span.start_char,
                    "end": span.end_char,
                    "text": span.text,
                    "label": span.label_,
                    "id": span.id_,
                    "problem": "overlap",
                    "span": [span.start, span.end],
                }
            )
        else:
            kept.append(span)
    return kept


def set_extensions() -> None:
    """``doc._.article`` and ``doc._.misaligned``: needed where a document is read from a file without the component."""
    Doc.set_extension("article", getter=_article, force=True)
    Doc.set_extension("misaligned", getter=lambda doc: doc.user_data.get(_MISALIGNED, []), force=True)


def _article(doc: Doc) -> Article | None:
    record = doc.user_data.get(_ARTICLE)
    return None if record is None else from_dict({**record, "text": doc.text})


@Language.factory(
    NAME,
    assigns=["doc.ents", "doc.spans", "doc._.article", "doc._.misaligned"],
    default_config={
        "model": "base",
        "threads": 1,
        "min_score": Settings().min_score,
        "names": None,
        "alignment_mode": "expand",
    },
)
def create(
    nlp: Language,
    name: str,
    model: str,
    threads: int | None,
    min_score: float,
    names: str | None,
    alignment_mode: str,
) -> NewsComponent:
    """The factory: ``nlp.add_pipe("arabic_news_ner", config={"model": "fast"})``.

    :raises InputError: if ``alignment_mode`` is unknown.
    """
    return NewsComponent(nlp.vocab, name, Settings(model, threads, min_score, names=names), alignment_mode)
