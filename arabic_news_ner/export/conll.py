"""CoNLL: a word a line, columns separated by a tab, the BIO tag of the name last, as in CoNLL-2003.

::

    # newdoc id = a17
    # text = "وصل ..."
    # columns = word start end role holder entity subtype ner
    وصل     0   3   O       _   _   _   O
    وزير    4   8   B-ROLE  e1  _   _   O

Words are cut where a name begins inside one (``و`` + ``ليبيا``). A tool that knows words and tags alone reads the first and
the last column. Roles inside roles stand in further pairs of columns ``role``, ``holder``. The holder and the entity stand
in the first line of a span. ``bare=True`` writes words and tags alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from arabic_news_ner.errors import InputError
from arabic_news_ner.export.build import (
    ROLE,
    NameSpan,
    OfficeSpan,
    build_article,
    covering,
    names_of,
    roles_of,
    words_of,
)
from arabic_news_ner.types import Article, Entity, Mention, Role, Token

NOTHING = "_"
_FIXED = ("word", "start", "end")
_LAST = ("entity", "subtype", "ner")


def dumps(articles: Iterable[tuple[str, Article]], *, bare: bool = False) -> str:
    """Articles, each with its id, as a CoNLL text."""
    return "".join(line for identifier, article in articles for line in _document(identifier, article, bare))


def _document(identifier: str, article: Article, bare: bool) -> Iterator[str]:
    layers = _layers(roles_of(article))
    if bare:
        yield "-DOCSTART- O\n\n"
    else:
        columns = [*_FIXED, *(c for _ in layers for c in ("role", "holder")), *_LAST]
        yield f"# newdoc id = {json.dumps(identifier, ensure_ascii=False)}\n"
        yield f"# text = {json.dumps(article.text, ensure_ascii=False)}\n"
        for entity in article.entities:
            yield f"# entity {entity.id} = {json.dumps(entity.name, ensure_ascii=False)}\n"
        yield f"# columns = {' '.join(columns)}\n"
    sentences = words_of(article)
    words = [word for sentence in sentences for word in sentence]
    names = names_of(article)
    name_at = iter(covering(words, [(m.start, m.end) for m, _ in names]))
    roles_at = [iter(covering(words, [(r.start, r.end) for r, _ in layer])) for layer in layers]
    for sentence in sentences:
        for word in sentence:
            cells = [_shown(word.text), str(word.start), str(word.end)]
            for layer, at in zip(layers, roles_at, strict=True):
                cells += _role_cells(word, layer, next(at))
            cells += _name_cells(word, names, next(name_at))
            yield f"{cells[0]} {cells[-1]}\n" if bare else "\t".join(cells) + "\n"
        yield "\n"


def _shown(word: str) -> str:
    """A word without blanks, which would part columns."""
    return "".join("\ufffd" if c.isspace() else c for c in word)


def _layers(roles: Sequence[tuple[Role, str | None]]) -> list[list[tuple[Role, str | None]]]:
    """Roles in as few lists as can be, so that none overlaps in a list; at least one list."""
    layers: list[list[tuple[Role, str | None]]] = [[]]
    for role in roles:
        for layer in layers:
            if not layer or layer[-1][0].end <= role[0].start:
                layer.append(role)
                break
        else:
            layers.append([role])
    return layers


def _role_cells(word: Token, layer: Sequence[tuple[Role, str | None]], at: int | None) -> list[str]:
    if at is None:
        return ["O", NOTHING]
    role, holder = layer[at]
    return [f"B-{ROLE}", holder or NOTHING] if role.start == word.start else [f"I-{ROLE}", NOTHING]


def _name_cells(word: Token, names: Sequence[tuple[Mention, Entity]], at: int | None) -> list[str]:
    if at is None:
        return [NOTHING, NOTHING, "O"]
    mention, entity = names[at]
    if mention.start == word.start:
        return [entity.id, entity.subtype or NOTHING, f"B-{entity.label}"]
    return [NOTHING, NOTHING, f"I-{entity.label}"]


def loads(content: str, *, where: str = "CoNLL") -> list[tuple[str, Article]]:
    """The articles of a CoNLL text, each with its id.

    Without a line ``# text`` the text is the words with blanks between, a line for each sentence; without ``# columns`` the first
    column is the word and the last its tag.

    :raises InputError: if a line does not fit, with its number.
    """
    out: list[tuple[str, Article]] = []
    document = _Reader(where, 1)
    for number, line in enumerate(content.removeprefix("\ufeff").split("\n"), 1):
        line = line.rstrip("\r")
        if line.startswith(("# newdoc", "-DOCSTART-")):
            if document.started:
                out.append(document.article())
            document = _Reader(where, len(out) + 1)
        document.take(line, number)
    if document.started:
        out.append(document.article())
    return out


class _Reader:
    """One document of a CoNLL text, line after line."""

    def __init__(self, where: str, number: int) -> None:
        self.where = where
        self.id = str(number)
        self.text: str | None = None
        self.columns: list[str] | None = None
        self.named: dict[str, str] = {}
        self.rows: list[tuple[int, dict[str, str], list[str]]] = []
        self.breaks: set[int] = set()

    @property
    def started(self) -> bool:
        return bool(self.rows) or self.text is not None

    def take(self, line: str, number: int) -> None:
        if line.startswith("-DOCSTART-"):
            return
        if not line.strip():
            self.breaks.add(len(self.rows))
        elif line.startswith("# ") and " = " in line:
            self._comment(line[2:], number)
        elif not line.startswith("# "):
            self._row(line, number)

    def _comment(self, line: str, number: int) -> None:
        key, _, value = line.partition(" = ")
        try:
            if key == "newdoc id":
                self.id = str(json.loads(value)) if value.startswith('"') else value.strip()
            elif key == "text":
                self.text = str(json.loads(value))
            elif key.startswith("entity "):
                self.named[key.removeprefix("entity ").strip()] = str(json.loads(value))
            elif key == "columns":
                self.columns = value.split()
        except ValueError as error:
            raise InputError(f"{self.where}, line {number}: {key!r} takes a JSON string: {error}") from error

    def _row(self, line: str, number: int) -> None:
        cells = line.split("\t") if self.columns else line.split()
        if self.columns and len(cells) != len(self.columns):
            raise InputError(
                f"{self.where}, line {number}: {len(cells)} columns, and {len(self.columns)} are announced "
                f"({' '.join(self.columns)}); columns are parted by one tab"
            )
        if not self.columns and len(cells) < 2:
            raise InputError(f"{self.where}, line {number}: one column; a line holds a word and its tag")
        named = dict(zip(self.columns, cells, strict=True)) if self.columns else {"word": cells[0], "ner": cells[-1]}
        tags = [named.get("ner", "O"), *(c for n, c in zip(self.columns or (), cells, strict=False) if n == "role")]
        for tag in tags:
            if tag != "O" and tag[:2] not in ("B-", "I-"):
                raise InputError(f"{self.where}, line {number}: a tag is O, B-X or I-X, and this is {tag!r}")
        self.rows.append((number, named, cells))

    def article(self) -> tuple[str, Article]:
        text, bounds = self._bounds()
        tags = [row["ner"] for _, row, _ in self.rows]
        names = [NameSpan(bounds[a][0], bounds[b - 1][1], label, *self._entity(a)) for a, b, label in _spans(tags)]
        position: dict[str, int] = {}
        for number, name in enumerate(names):
            if name.entity is not None:
                position.setdefault(name.entity, number)
        roles = []
        columns = self.columns or []
        for at in (i for i, column in enumerate(columns) if column == "role"):
            for a, b, _ in _spans([cells[at] for _, _, cells in self.rows]):
                line, _, cells = self.rows[a]
                holder = cells[at + 1] if at + 1 < len(columns) and columns[at + 1] == "holder" else NOTHING
                if holder != NOTHING and holder not in position:
                    raise InputError(f"{self.where}, line {line}: the holder {holder!r} is no entity of the document")
                roles.append(OfficeSpan(bounds[a][0], bounds[b - 1][1], position.get(holder)))
        return self.id, build_article(text, names, roles, where=f"{self.where}, document {self.id}")

    def _entity(self, row: int) -> tuple[str | None, str | None, str | None]:
        """Id, subtype and name of the entity of a name that begins in a row."""
        named = self.rows[row][1]
        key, subtype = (None if named.get(c, NOTHING) == NOTHING else named[c] for c in ("entity", "subtype"))
        return key, subtype, self.named.get(key) if key else None

    def _bounds(self) -> tuple[str, list[tuple[int, int]]]:
        """The text and the bounds of each word in it."""
        if self.text is None or not self.columns or "start" not in self.columns:
            return self._joined()
        bounds = []
        for number, row, _ in self.rows:
            try:
                start, end = int(row["start"]), int(row["end"])
            except (KeyError, ValueError) as error:
                raise InputError(f"{self.where}, line {number}: start and end take whole numbers") from error
            if _shown(self.text[start:end]) != row["word"]:
                raise InputError(
                    f"{self.where}, line {number}: the text has {self.text[start:end]!r} from {start} to {end}, "
                    f"and the word is {row['word']!r}"
                )
            bounds.append((start, end))
        return self.text, bounds

    def _joined(self) -> tuple[str, list[tuple[int, int]]]:
        parts: list[str] = []
        bounds = []
        at = 0
        for number, (_, row, _) in enumerate(self.rows):
            if number:
                parts.append("\n" if number in self.breaks else " ")
                at += 1
            parts.append(row["word"])
            bounds.append((at, at + len(row["word"])))
            at += len(row["word"])
        return "".join(parts), bounds


def _spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """(first, past the last, type) of each span; an I-X that follows no X begins one, as the CoNLL scorer reads it."""
    out: list[tuple[int, int, str]] = []
    for number, tag in enumerate(tags):
        if tag == "O":
            continue
        if tag[:2] == "I-" and out and out[-1][1] == number and out[-1][2] == tag[2:]:
            out[-1] = (out[-1][0], number + 1, tag[2:])
        else:
            out.append((number, number + 1, tag[2:]))
    return out
