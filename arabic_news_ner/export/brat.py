"""BRAT standoff: a folder with ``ID.txt`` and ``ID.ann`` for each article, and ``annotation.conf`` for the server.

Mentions of one entity are joined by ``Equiv``; ``Subtype`` is an attribute; ``Holder`` leads from a role to a person. A note
on each mention keeps the id and the name of its entity. Offsets count code points; a span over a line break is written in
fragments, as the server wants it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, pairwise
from pathlib import Path
from urllib.parse import quote, unquote

from arabic_news_ner.errors import InputError
from arabic_news_ner.export.build import (
    ROLE,
    NameSpan,
    OfficeSpan,
    build_article,
    names_of,
    nearest_mention,
    roles_of,
)
from arabic_news_ner.types import SUBTYPES, Article

_HOLDER, _SUBTYPE, _NOTE = "Holder", "Subtype", "AnnotatorNotes"
_LINE_BREAK = re.compile(r"\s*\n\s*")


def config() -> str:
    """``annotation.conf`` of the folder: types, relations and attributes."""
    subtypes = "|".join(sorted({s for each in SUBTYPES.values() for s in each}))
    labels = "\n".join([*SUBTYPES, ROLE])
    kept = "|".join(SUBTYPES)
    return (
        f"[entities]\n{labels}\n\n[relations]\n{_HOLDER}\tArg1:{ROLE}, Arg2:PER\n"
        f"<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n"
        f"Equiv\tArg1:{kept}, Arg2:{kept}, <REL-TYPE>:symmetric-transitive\n\n"
        f"[events]\n\n[attributes]\n{_SUBTYPE}\tArg:ORG|LOC, Value:{subtypes}\n"
    )


def save(articles: Iterable[tuple[str, Article]], folder: Path) -> int:
    """Write articles to a folder, made where it is not there, and return how many there were.

    :raises InputError: if two ids give one file name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "annotation.conf").write_text(config(), encoding="utf-8")
    seen: set[str] = set()
    for identifier, article in articles:
        name = _file_name(identifier)
        if name.lower() in seen:
            raise InputError(f"two articles have the file name {name!r} (the last id is {identifier!r})")
        seen.add(name.lower())
        (folder / f"{name}.txt").write_text(article.text, encoding="utf-8", newline="")
        (folder / f"{name}.ann").write_text(dumps(article), encoding="utf-8", newline="\n")
    return len(seen)


def _file_name(identifier: str) -> str:
    """The id as a file name that every system takes, escaped as in an address (RFC 3986)."""
    name = quote(identifier, safe="", errors="surrogatepass") or "%"
    return "%2E" + name[1:] if name.startswith(".") else name


def dumps(article: Article) -> str:
    """The content of ``ID.ann``."""
    return "".join(f"{line}\n" for line in _lines(article))


def _lines(article: Article) -> Iterator[str]:
    names = names_of(article)
    of_entity: dict[str, list[str]] = {}
    attributes = 0
    for number, (mention, entity) in enumerate(names, 1):
        yield _span(number, entity.label, mention.start, mention.end, article.text)
        of_entity.setdefault(entity.id, []).append(f"T{number}")
        if entity.subtype:
            attributes += 1
            yield f"A{attributes}\t{_SUBTYPE} T{number} {entity.subtype}"
        yield f"#{number}\t{_NOTE} T{number}\t{entity.id} {' '.join(entity.name.split())}"
    for spans in of_entity.values():
        if len(spans) > 1:
            yield f"*\tEquiv {' '.join(spans)}"
    relations = 0
    for number, (role, holder) in enumerate(roles_of(article), len(names) + 1):
        yield _span(number, ROLE, role.start, role.end, article.text)
        if holder is not None:
            relations += 1
            person = nearest_mention(role, holder, names) + 1
            yield f"R{relations}\t{_HOLDER} Arg1:T{number} Arg2:T{person}\t"


def _span(number: int, label: str, start: int, end: int, text: str) -> str:
    parts = []
    at = start
    for gap in _LINE_BREAK.finditer(text, start, end):
        if at < gap.start() and gap.end() < end:
            parts.append((at, gap.start()))
            at = gap.end()
    parts.append((at, end))
    bounds = ";".join(f"{a} {b}" for a, b in parts)
    return f"T{number}\t{label} {bounds}\t{' '.join(text[a:b] for a, b in parts)}"


def load(folder: Path) -> list[tuple[str, Article]]:
    """The articles of a folder, by file name.

    :raises InputError: if a text has no annotation, or a line does not fit.
    """
    texts = sorted(folder.glob("*.txt"))
    if not texts:
        raise InputError(f"{str(folder)!r} holds no text (*.txt) of BRAT")
    out = []
    for path in texts:
        annotation = path.with_suffix(".ann")
        if not annotation.exists():
            raise InputError(f"{str(path)!r} has no annotation {annotation.name!r} beside it")
        text = path.read_bytes().decode("utf-8")
        identifier = unquote(path.stem, errors="surrogatepass")
        out.append((identifier, loads(text, annotation.read_bytes().decode("utf-8"), where=str(annotation))))
    return out


def loads(text: str, annotation: str, *, where: str = "BRAT") -> Article:
    """The article of a text and the content of its ``.ann``.

    :raises InputError: if a line does not fit, with its number.
    """
    reader = _Reader(text, where)
    for number, line in enumerate(annotation.removeprefix("\ufeff").split("\n"), 1):
        if line.strip():
            try:
                reader.take(line)
            except (ValueError, IndexError, KeyError) as error:
                if isinstance(error, InputError):
                    raise InputError(f"{where}, line {number}: {error}") from error
                raise InputError(f"{where}, line {number}: not a line of BRAT: {line!r}") from error
    return reader.article()


class _Reader:
    """The lines of one ``.ann`` file."""

    def __init__(self, text: str, where: str) -> None:
        self.text = text
        self.where = where
        self.spans: dict[str, tuple[str, int, int]] = {}
        self.subtypes: dict[str, str] = {}
        self.notes: dict[str, tuple[str, str]] = {}
        self.equal: list[list[str]] = []
        self.holders: dict[str, str] = {}

    def take(self, line: str) -> None:
        identifier, rest, *more = line.rstrip("\r").split("\t", 2)
        kind, *arguments = rest.split()
        if identifier.startswith("T"):
            bounds = [tuple(map(int, part.split())) for part in rest.split(" ", 1)[1].split(";")]
            self._place(identifier, kind, [(a, b) for a, b in bounds], more[0])
        elif kind == _SUBTYPE:
            self.subtypes[arguments[0]] = arguments[1]
        elif kind == _NOTE and more:
            key, _, name = more[0].partition(" ")
            if re.fullmatch(r"e\d+", key):  # other notes are remarks of the annotator
                self.notes[arguments[0]] = (key, name)
        elif identifier == "*" and kind == "Equiv":
            self.equal.append(arguments)
        elif kind == _HOLDER:
            ends = dict(argument.split(":", 1) for argument in arguments)
            self.holders[ends["Arg1"]] = ends["Arg2"]

    def _place(self, identifier: str, label: str, parts: Sequence[tuple[int, int]], shown: str) -> None:
        found = " ".join(self.text[a:b] for a, b in parts)
        if found != shown:
            raise InputError(f"the text has {found!r} there, and the line says {shown!r}")
        for (_, end), (start, _) in pairwise(parts):
            if self.text[end:start].strip():
                raise InputError(f"{shown!r} leaves out words between its parts; a name or role is one piece of text")
        self.spans[identifier] = (label, parts[0][0], parts[-1][1])

    def article(self) -> Article:
        keys = self._keys()
        names: list[NameSpan] = []
        position: dict[str, int] = {}
        for identifier, (label, start, end) in self.spans.items():
            if label != ROLE:
                position[identifier] = len(names)
                name = self.notes.get(identifier, ("", ""))[1] or None
                names.append(NameSpan(start, end, label, keys.get(identifier), self.subtypes.get(identifier), name))
        roles = []
        for identifier, (label, start, end) in self.spans.items():
            if label == ROLE:
                person = self.holders.get(identifier)
                if person is not None and person not in position:
                    raise InputError(f"{self.where}: {_HOLDER} of {identifier} leads to {person}, which is no name")
                roles.append(OfficeSpan(start, end, None if person is None else position[person]))
        return build_article(self.text, names, roles, where=self.where)

    def _keys(self) -> dict[str, str]:
        """The entity of each span. ``Equiv`` decides what is one; the notes give ids, so that an id stays what it was."""
        groups: list[list[str]] = []
        for equal in self.equal:
            touched = [g for g in groups if set(g) & set(equal)]
            groups = [g for g in groups if g not in touched]
            groups.append(list(dict.fromkeys(span for g in (*touched, equal) for span in g)))
        joined = {span for group in groups for span in group}
        groups += [[span] for span in self.notes if span not in joined]
        keys: dict[str, str] = {}
        taken: set[str] = set()
        noted = {key for key, _ in self.notes.values()}
        free = (f"e{n}" for n in count(1) if f"e{n}" not in noted)
        for group in groups:
            own = [self.notes[span][0] for span in group if span in self.notes]
            key = next((k for k in own if k not in taken), None) or next(free)
            taken.add(key)
            keys |= dict.fromkeys(group, key)
        return keys
