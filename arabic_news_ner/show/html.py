"""An article as HTML: the text from right to left with its names and roles marked, and a list of its entities.

The text of the lines joins to ``article.text`` again, code point for code point (signs that HTML cannot hold become
U+FFFD), so that copied text agrees with the offsets. Nothing is loaded from outside.
"""

from __future__ import annotations

import hashlib
import html
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from importlib import resources

from arabic_news_ner.show.links import address
from arabic_news_ner.show.pieces import Piece, Span, cut
from arabic_news_ner.show.wording import Wording, readable_date
from arabic_news_ner.types import Article, Entity, Mention, Role

#: Controls, surrogates and noncharacters that an HTML parser drops or reports; tab, line feed and carriage return stay.
_NO_HTML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ARABIC_OR_HEBREW = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f]")
_GROUPS = (("PER", "people"), ("ORG", "organizations"), ("LOC", "places"))


@cache
def asset(name: str) -> str:
    """The text of a style sheet or script of this folder."""
    return resources.files("arabic_news_ner.show").joinpath(name).read_text(encoding="utf-8")


def escape(text: str) -> str:
    """Text for HTML, markup shown as text; a carriage return survives the parser."""
    return html.escape(_NO_HTML.sub("\ufffd", text)).replace("\r", "&#13;")


def fragment(article: Article, *, language: str = "en") -> str:
    """An article as a part of a page, with its style: what a notebook shows.

    :param language: of the words around the text: ``"en"`` or ``"ar"``.
    :raises InputError: for another language, or a mention outside the text.
    """
    return f"<style>{asset('view.css')}</style>{body(article, Wording(language))}"


def document(article: Article, *, language: str = "en") -> str:
    """An article as a whole page of HTML, one file without others.

    :param language: of the words around the text: ``"en"`` or ``"ar"``.
    :raises InputError: for another language, or a mention outside the text.
    """
    wording = Wording(language)
    title = article.headline or wording["untitled"]
    return page(title, f"<main>{body(article, wording, level=1)}</main>", wording)


def page(title: str, content: str, wording: Wording, *, script: str = "") -> str:
    """A page around some content. Its policy allows the style and the script written here, by their hashes, and nothing else."""
    style = asset("view.css") + asset("page.css")
    policy = f"default-src 'none'; style-src '{_hash(style)}'; base-uri 'none'; form-action 'none'"
    if script:
        policy += f"; script-src '{_hash(script)}'"
    return (
        f'<!DOCTYPE html>\n<html lang="{wording.language}" dir="{wording.direction}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n{content}\n"
        + (f"<script>{script}</script>\n" if script else "")
        + "</body>\n</html>\n"
    )


def _hash(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def body(article: Article, wording: Wording, *, level: int | None = None, unique: str | None = None) -> str:
    """Headline, facts, legend, text and list. Titles are headings from ``level`` on, or plain text where it is ``None``.

    :param unique: starts every id; by default :func:`identifier`.
    """
    unique = unique or identifier(article)
    return (
        f'<div class="ann" lang="{wording.language}" dir="{wording.direction}">'
        + head(article, wording, level)
        + legend(wording)
        + marked_text(article, wording, unique)
        + lists(article, wording, unique, None if level is None else level + 1)
        + "</div>"
    )


def identifier(article: Article) -> str:
    """A short name for the ids of a page: equal for equal articles, so that a notebook does not change by running it."""
    content = repr((article.text, article.entities, article.roles)).encode("utf-8", "surrogatepass")
    return "ann-" + hashlib.sha256(content).hexdigest()[:10]


def head(article: Article, wording: Wording, level: int | None) -> str:
    """The headline, and beneath it date, source, countries and keywords."""
    parts = []
    if article.headline:
        parts.append(titled(article.headline, level, "ann-headline", arabic=True))
    facts = [
        (wording["date"], _text(readable_date(article.date))),
        (wording["source"], _text(article.source)),
        (wording["countries"], _joined([country.name for country in article.countries], wording)),
        (wording["keywords"], _joined(article.keywords, wording)),
    ]
    items = "".join(f"<li>{name}: {value}</li>" for name, value in facts if value)
    if items:
        parts.append(f'<ul class="ann-facts">{items}</ul>')
    return "".join(parts)


def legend(wording: Wording, *, only: bool = False) -> str:
    """What the marks mean; with ``only`` also the mark of what one side of a comparison lacks."""
    names = "".join(f'<li><span class="ann-m ann-{label.lower()}">{wording[label]}</span></li>' for label, _ in _GROUPS)
    return (
        f'<ul class="ann-legend" aria-label="{wording["legend"]}">{names}'
        f'<li><span class="ann-r">{wording["role"]}</span></li>'
        + (f'<li><span class="ann-only">{wording["only"]}</span></li>' if only else "")
        + "</ul>"
    )


def marked_text(
    article: Article,
    wording: Wording,
    unique: str,
    *,
    outlined: Set[tuple[str, int, int]] = frozenset(),
) -> str:
    """The text with its marks, a block for each line.

    :param unique: starts every id of the page.
    :param outlined: ``("mention" | "role", start, end)`` to highlight: in a comparison, what the other side lacks.
    """
    named = {f"{m.start}:{m.end}": (m, entity) for entity in article.entities for m in entity.mentions}
    mentions = [Span(m.start, m.end, key) for key, (m, _) in named.items()]
    all_roles: dict[str, tuple[Role, Entity | None]] = {f"{r.start}:{r.end}": (r, None) for r in article.roles}
    all_roles |= {f"{r.start}:{r.end}": (r, entity) for entity in article.entities for r in entity.roles}
    roles = [Span(role.start, role.end, key) for key, (role, _) in all_roles.items()]

    marks = _Marks(article.text, named, all_roles, wording, unique, outlined)
    lines = cut(article.text, mentions, roles)
    first, last = _story(article)
    blocks: list[str] = []
    outside: list[str] = []

    def fold_outside() -> None:
        if outside:
            blocks.append(f'<details class="ann-rest"><summary>{wording["rest"]}</summary>{"".join(outside)}</details>')
            outside.clear()

    for line in lines:
        start, end = line[0].start, line[-1].end
        content = "".join(marks.run(group) for group in _grouped(line))
        direction = _direction(article.text[start:end])
        if end <= first or start >= last:
            outside.append(f'<div class="ann-line ann-outside" dir="{direction}">{content}</div>')
            continue
        fold_outside()
        blocks.append(f'<div class="ann-line" dir="{direction}">{content}</div>')
    fold_outside()
    return (
        f'<div class="ann-text" lang="ar" dir="rtl" role="group" aria-label="{wording["text"]}">{"".join(blocks)}</div>'
    )


@dataclass(frozen=True, slots=True)
class _Marks:
    """Pieces of a text as HTML. ``named`` and ``roles`` are by the key of their span; the rest as in :func:`marked_text`."""

    text: str
    named: Mapping[str, tuple[Mention, Entity]]
    roles: Mapping[str, tuple[Role, Entity | None]]
    wording: Wording
    unique: str
    outlined: Set[tuple[str, int, int]]

    def run(self, pieces: Sequence[Piece]) -> str:
        """Pieces of one line that lie under the same mention."""
        key = pieces[0].mention
        inner = "".join(map(self._part, pieces))
        if key is None:
            return inner
        mention, entity = self.named[key]
        only = " ann-only" if ("mention", mention.start, mention.end) in self.outlined else ""
        return (
            f'<a class="ann-m ann-{entity.label.lower()}{only}" href="#{self.unique}-{escape(entity.id)}" '
            f'data-ann="{escape(_note(entity, self.wording))}">{inner}</a>'
        )

    def _part(self, piece: Piece) -> str:
        text = escape(self.text[piece.start : piece.end])
        if piece.role is None:
            return text
        role, holder = self.roles[piece.role]
        only = " ann-only" if ("role", role.start, role.end) in self.outlined else ""
        note = "" if piece.mention else f' data-ann="{escape(_role_note(role, holder, self.wording))}"'
        return f'<span class="ann-r{only}"{note}>{text}</span>'


def _grouped(line: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces of a line, those under the same mention together."""
    groups: list[list[Piece]] = []
    for piece in line:
        if groups and piece.mention is not None and groups[-1][-1].mention == piece.mention:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _story(article: Article) -> tuple[int, int]:
    """The bounds of the article in its text: an article of a page has only the sentences of its own story."""
    if not article.sentences:
        return 0, len(article.text)
    return article.sentences[0].start, article.sentences[-1].end


def _direction(line: str) -> str:
    """Right to left, but for a line of Latin letters alone. The first letter does not decide: ``NATO يعلن`` is Arabic."""
    return "ltr" if _LATIN.search(line) and not _ARABIC_OR_HEBREW.search(line) else "rtl"


def _note(entity: Entity, wording: Wording) -> str:
    """The note of a mention that the pointer or the keyboard selects."""
    kind = wording[entity.label] + (f"{wording['separator']}{wording[entity.subtype]}" if entity.subtype else "")
    roles = list(dict.fromkeys(_role_text(role, wording) for role in entity.roles))
    links = [f"{link.kb}: {link.id}" for link in entity.links]
    return "\n".join([entity.name, kind, *roles, *links])


def _role_note(role: Role, holder: Entity | None, wording: Wording) -> str:
    return "\n".join(
        [
            _role_text(role, wording),
            wording["role"],
            f"{wording['holder']}: {holder.name if holder else wording['nobody']}",
        ]
    )


def _role_text(role: Role, wording: Wording) -> str:
    status = wording["separator"].join(wording[status] for status in role.status)
    return " ".join(role.text.split()) + (f" ({status})" if status else "")


def lists(article: Article, wording: Wording, unique: str, level: int | None) -> str:
    """The entities by type, then the roles without a named holder; titles are headings of ``level``."""
    groups = []
    for label, name in _GROUPS:
        items = [_item(entity, wording, unique) for entity in article.entities if entity.label == label]
        if items:
            groups.append(_group(wording[name], "".join(items), level))
    unheld = dict.fromkeys(_role_text(role, wording) for role in article.roles)
    if unheld:
        groups.append(_group(wording["unheld"], "".join(f"<li>{_text(text)}</li>" for text in unheld), level))
    if not groups:
        return f"<p>{wording['empty']}</p>"
    return f'<div class="ann-lists" role="group" aria-label="{wording["list"]}">{"".join(groups)}</div>'


def _group(title: str, items: str, level: int | None) -> str:
    return f'<div class="ann-group">{titled(title, level, "ann-title")}<ul class="ann-list">{items}</ul></div>'


def _item(entity: Entity, wording: Wording, unique: str) -> str:
    facts = [wording[entity.subtype]] if entity.subtype else []
    facts.append(wording.count(len(entity.mentions)))
    roles = _joined(list(dict.fromkeys(_role_text(role, wording) for role in entity.roles)), wording)
    links = wording["separator"].join(_link(link.kb, link.id, address(link)) for link in entity.links)
    more = "".join(f'<span class="ann-more">{line}</span>' for line in (roles, links) if line)
    return (
        f'<li id="{unique}-{escape(entity.id)}" class="ann-{entity.label.lower()}">'
        f'<bdi class="ann-name" lang="ar" dir="rtl">{escape(entity.name)}</bdi>'
        f'<span class="ann-more">{wording["separator"].join(facts)}</span>{more}</li>'
    )


def _link(kb: str, identity: str, page: str | None) -> str:
    text = f"<bdi>{escape(kb)}:{escape(identity)}</bdi>"
    return f'<a href="{escape(page)}" rel="noopener noreferrer">{text}</a>' if page else text


def titled(text: str, level: int | None, name: str, *, arabic: bool = False) -> str:
    """A title: a heading of this level, or plain text where it is ``None``."""
    tag = "div" if level is None else f"h{min(level, 6)}"
    marks = f' lang="ar" dir="{_direction(text)}"' if arabic else ""
    return f'<{tag} class="{name}"{marks}>{escape(text)}</{tag}>'


def _text(text: str | None) -> str:
    return f'<bdi lang="ar">{escape(text)}</bdi>' if text else ""


def _joined(texts: Sequence[str], wording: Wording) -> str:
    return wording["separator"].join(map(_text, texts))
