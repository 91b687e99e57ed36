"""The metadata of an HTML page: JSON-LD, meta tags, ``itemprop`` and ``<time>``.

Broken values are read, too: JSON-LD with comments, CDATA or extra commas, ``@graph`` with references by ``@id``, an
``@type`` that is not a string. No metadata can raise an error.
"""

from __future__ import annotations

import html as entities
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

import regex

from arabic_news_ner.page.dates import find_date

#: Nodes of a page's JSON-LD that are looked at, and how deep names are nested in each other.
_MOST_NODES, _DEEPEST = 2_000, 4
_ARTICLE = regex.compile(r"(?:^|/)(?:\w*Article|\w*Posting|Report\w*)$")
_PAGE = regex.compile(r"(?:^|/)(?:\w*WebPage|WebPageElement)$")
_WRAPPING = regex.compile(
    r"^\s*(?:/\*\s*)?(?://\s*)?<!\[CDATA\[(?:\s*\*/)?|(?:/\*\s*)?(?://\s*)?\]\]>(?:\s*\*/)?\s*$|^\s*<!--|-->\s*$"
)
#: A string or comment that does not end goes on to the end, so that no letter is looked at twice.
_STRING_OR_COMMENT = regex.compile(r'"(?:[^"\\]|\\.)*+"?|/\*.*?(?:\*/|\Z)|//[^\n]*', regex.DOTALL)
_STRING_OR_COMMA = regex.compile(r'"(?:[^"\\]|\\.)*+"?|,(?=\s*[}\]])', regex.DOTALL)

#: Names of meta tags, lower case, in order of trust.
PUBLISHED: Final = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "article.published", "pubdate",
    "publishdate", "publish-date", "publish_date", "publication_date", "published_time", "parsely-pub-date", "sailthru.date",
    "dc.date.issued", "dcterms.issued", "dc.date", "dc.date.created", "dcterms.created", "dcterms.date", "citation_date",
    "cxenseparse:recs:publishtime", "displaydate", "article_date_original", "date",
)  # fmt: skip
MODIFIED: Final = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "lastmod",
    "last-modified",
)
AUTHORS: Final = (
    "author",
    "article:author",
    "article:author_name",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
)
SITES: Final = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "publisher",
    "article:publisher",
    "twitter:app:name:iphone",
)
TITLES: Final = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "title")


@dataclass(frozen=True, slots=True)
class Meta:
    """The metadata of an HTML page. Lists are in order of trust."""

    headlines: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    keywords: tuple[str, ...] = ()
    body: str | None = None
    urls: tuple[str, ...] = ()
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)


def read_meta(tree: Any) -> Meta:
    """The statements of a page's tree (lxml)."""
    tags = _tags(tree)
    nodes = list(_json_nodes(tree.xpath("//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')]/text()")))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [node for node in nodes if _is(node, _ARTICLE)]
    pages = [node for node in nodes if _is(node, _PAGE)]
    stated = [*articles, *pages]

    def first(*names: str, of: Sequence[Mapping[str, Any]] = stated) -> list[str]:
        return [text for name in names for node in of for text in _strings(node.get(name))]

    return Meta(
        headlines=_distinct(
            [
                *first("headline", of=articles),
                *_marked(tree, "headline"),
                *_meta(tags, TITLES),
                *first("name", of=articles),
            ]
        ),
        authors=_distinct(
            [
                *(name for node in articles for name in _names(node.get("author"), by_id)),
                *_meta(tags, AUTHORS),
                *_marked(tree, "author"),
            ]
        ),
        sites=_distinct(
            [*_meta(tags, SITES), *(name for node in stated for name in _names(node.get("publisher"), by_id))]
        ),
        published=_date(
            [*first("datePublished"), *_meta(tags, PUBLISHED), *_marked(tree, "datePublished"), *_times(tree)]
        ),
        modified=_date([*first("dateModified", "dateCreated"), *_meta(tags, MODIFIED), *_marked(tree, "dateModified")]),
        keywords=_keywords(tree, tags, articles),
        body=next(iter(first("articleBody", of=articles)), None),
        urls=_distinct(
            [*_meta(tags, ("og:url", "twitter:url")), *tree.xpath("//link[@rel='canonical']/@href"), *first("url")]
        ),
        tags=tags,
    )


def text_of(value: str) -> str:
    """A value with its entities decoded (twice: ``&amp;quot;``), blanks as one."""
    return " ".join(entities.unescape(entities.unescape(value)).split())


def _distinct(values: Sequence[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for value in values if isinstance(value, str) and (text := text_of(value))))


def _date(values: Sequence[str]) -> str | None:
    """The first value that is a date, and no placeholder."""
    for value in values:
        found = find_date(value[:200])
        if found is not None and not found.startswith("1970-01-01"):
            return found
    return None


# Tags


def _tags(tree: Any) -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for tag in tree.xpath("//meta[@content]"):
        name = (
            (tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv") or "")
            .lower()
            .strip()
        )
        content = text_of(tag.get("content"))
        if name and content:
            out.setdefault(name, []).append(content)
    return {name: tuple(values) for name, values in out.items()}


def _meta(tags: Mapping[str, tuple[str, ...]], names: Sequence[str]) -> list[str]:
    return [value for name in names for value in tags.get(name, ())]


def _marked(tree: Any, prop: str) -> list[str]:
    """Values of an ``itemprop`` in the page: of its content, its time, or its text."""
    out = []
    for element in tree.xpath("//*[@itemprop=$prop and not(self::meta)]", prop=prop)[:20]:
        names = element.xpath(".//*[@itemprop='name']") if prop == "author" else []
        value = (
            element.get("content")
            or element.get("datetime")
            or element.get("title")
            or " ".join((names or [element])[0].itertext())
        )
        out.append(value[:300])
    return out


def _times(tree: Any) -> list[str]:
    """Times of ``<time>``: those marked as published first, then those of the article, none of a list of links."""
    published = tree.xpath("//time[@pubdate or contains(@class, 'publish') or contains(@class, 'entry-date')]")
    of_article = tree.xpath("(//article)[1]//time[not(ancestor::li) and not(ancestor::aside)]")
    out = []
    for element in [*published, *of_article[:3], *islice(_times_alone(tree), 3)]:
        out += [element.get("datetime") or "", " ".join(element.itertext())[:100]]
    return out


def _times_alone(tree: Any) -> Iterator[Any]:
    """The times in a header, and those after the first ``h1`` that are in no list and not beside the story."""
    first = None
    for element in tree.iter("h1", "time"):
        if element.tag == "h1":
            first = element if first is None else first
            continue
        above = list(element.iterancestors())
        tags = {ancestor.tag for ancestor in above}
        if "header" in tags or (first is not None and first not in above and not tags & {"li", "aside"}):
            yield element


def _keywords(tree: Any, tags: Mapping[str, tuple[str, ...]], articles: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Keywords of JSON-LD and all ``article:tag``; else those of links marked as tags; else of meta tags."""
    stated = [word for node in articles for text in _strings(node.get("keywords"), "name") for word in _split(text)]
    stated += [word for text in tags.get("article:tag", ()) for word in _split(text)]
    links = [" ".join(a.itertext()) for a in tree.xpath("//a[contains(concat(' ', @rel, ' '), ' tag ')]")[:40]]
    meta = [word for text in _meta(tags, ("news_keywords", "parsely-tags", "keywords")) for word in _split(text)]
    return _distinct([word.strip(" #") for word in stated or links or meta])


def _split(text: str) -> list[str]:
    return regex.split(r"[,،;؛|]", text)


# JSON-LD


def _json_nodes(scripts: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Every object of the scripts that may be an article or what one refers to, without recursion."""
    waiting: list[Any] = [value for script in scripts for value in _values(script)]
    waiting.reverse()
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        value = waiting.pop()
        if isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, dict):
            yield value
            inner = [
                value.get(name)
                for name in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "author", "publisher")
            ]
            waiting += reversed([part for part in inner if isinstance(part, (list, dict))])


def _values(script: str) -> Iterator[Any]:
    """The JSON values of a script: as it is, else mended."""
    text = _WRAPPING.sub("", _WRAPPING.sub("", script.strip())).strip().rstrip(";").strip()
    for mend in (lambda s: s, _without_comments, lambda s: _without_commas(_without_comments(entities.unescape(s)))):
        found = list(_decoded(mend(text)))
        if found:
            yield from found
            return


def _decoded(text: str) -> Iterator[Any]:
    """The values that stand one after the other; none where one is not JSON."""
    decoder, at, values = json.JSONDecoder(strict=False), 0, []
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        values.append(value)
        while at < len(text) and (text[at].isspace() or text[at] in ",;"):
            at += 1
    yield from values


def _without_comments(text: str) -> str:
    return _STRING_OR_COMMENT.sub(lambda m: m.group() if m.group().startswith('"') else " ", text)


def _without_commas(text: str) -> str:
    """Without a comma before a closing bracket."""
    return _STRING_OR_COMMA.sub(lambda m: m.group() if m.group().startswith('"') else "", text)


def _is(node: Mapping[str, Any], kind: regex.Pattern[str]) -> bool:
    kinds = node.get("@type")
    return any(isinstance(k, str) and kind.search(k) for k in (kinds if isinstance(kinds, list) else [kinds]))


def _strings(value: Any, of: str = "@value") -> list[str]:
    """The strings of a value: itself, those of a list, that of an object's ``of``."""
    found = []
    for part in value if isinstance(value, list) else [value]:
        text = part.get(of) if isinstance(part, dict) else part
        if isinstance(text, str) and text.strip():
            found.append(text)
    return found


def _names(value: Any, by_id: Mapping[str, Mapping[str, Any]], depth: int = 0) -> list[str]:
    """The names of an author or publisher: a string, an object with a name or a reference, or a list of these."""
    if depth > _DEEPEST:
        return []
    if isinstance(value, list):
        return [name for part in value[:20] for name in _names(part, by_id, depth + 1)]
    if isinstance(value, dict):
        name = value.get("name")
        if name is None and isinstance(value.get("@id"), str):
            name = by_id.get(value["@id"], {}).get("name")
        return _names(name, by_id, depth + 1) if name is not value else []
    return [value] if isinstance(value, str) and value.strip() else []
