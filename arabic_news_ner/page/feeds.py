"""Articles out of feeds and web archives: RSS and Atom, WARC, and the WET texts of Common Crawl (extra ``[html]``).

Each gives documents: the address and id that the feed or the archive states, and the page, read as :func:`read_page` reads it::

    for document in read_feed(Path("feed.xml")):
        for article in document.page.articles: ...
        for article in extractor.extract_page(document.page): ...
"""

from __future__ import annotations

import html as entities
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final

import regex

from arabic_news_ner.errors import InputError, MissingExtraError
from arabic_news_ner.page.document import Page
from arabic_news_ner.page.read import read_page
from arabic_news_ner.page.reader import split_page

#: Where a document comes from: a path, an open binary file, or its bytes.
Source = str | Path | bytes | IO[bytes]

_CHARSET = regex.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w\-]{2,40})""", regex.IGNORECASE
)
_HTML_TYPES: Final = ("text/html", "application/xhtml+xml")
_RECORDS: Final = frozenset({"response", "resource", "conversion"})


@dataclass(frozen=True, slots=True)
class Document:
    """A page of a feed or an archive: ``id`` and ``url`` as stated there, ``date`` the day of the crawl, of an archive."""

    page: Page
    id: str | None = None
    url: str | None = None
    date: str | None = None


def read_feed(source: Source) -> Iterator[Document]:
    """The entries of an RSS (0.9x, 1.0, 2.0) or Atom feed, in its order.

    What the feed states of an entry (title, date, author, categories, the name of the feed) counts as if the page stated it.

    :raises InputError: if the source is not a feed.
    :raises MissingExtraError: without lxml and trafilatura (``pip install 'arabic-news-ner[html]'``).
    """
    try:
        from lxml import etree
    except ImportError as error:
        raise MissingExtraError.because(error, "reading a feed", "lxml", "html") from error
    with _opened(source) as file:
        data = file.read().lstrip()
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or _name(root) not in ("rss", "RDF", "feed"):
        raise InputError("the source is no RSS or Atom feed: its first element is not <rss>, <rdf:RDF> or <feed>")
    site = _text(next((e for e in root if _name(e) == "channel"), root), "title")
    for entry in [e for e in root.iter() if _name(e) in ("item", "entry")]:
        yield _entry(entry, site)


def read_warc(source: Source) -> Iterator[Document]:
    """The pages of a WARC file, gzipped or not: HTML of responses and resources, and the texts of a WET file, in its order.

    Records of other kinds (requests, images, metadata) are skipped.

    :raises InputError: if the source is no WARC file.
    :raises MissingExtraError: without warcio (``pip install 'arabic-news-ner[html]'``).
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise MissingExtraError.because(error, "reading a WARC file", "warcio", "html") from error
    with _opened(source) as file:
        try:
            for record in ArchiveIterator(file):
                if record.rec_type in _RECORDS:
                    document = _record(record)
                    if document is not None:
                        yield document
        except ArchiveLoadFailed as error:
            raise InputError(f"the source is no WARC file: {str(error).strip().splitlines()[0]}") from error


def decode_page(data: bytes, declared: str | None = None) -> str:
    """The text of a page's bytes: UTF-8, or by its byte order mark, the encoding that is declared, or the one that the page
    names; what is none of these is Windows-1256, in which old Arabic pages are written.

    :param declared: the ``charset`` of the HTTP header.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    named = _CHARSET.search(data[:4096])
    for encoding in ("utf-8-sig", declared, named[1].decode("ascii") if named else None):
        try:
            if encoding:
                return data.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    sure = [name for name in (declared, named[1].decode("ascii") if named else None) if name and "utf" in name.lower()]
    return data.decode("utf-8" if sure else "cp1256", "replace")


def _opened(source: Source) -> Any:
    if isinstance(source, bytes):
        return BytesIO(source)
    if isinstance(source, (str, Path)):
        try:
            return open(source, "rb")
        except OSError as error:
            raise InputError(f"cannot read {str(source)!r}: {error.strerror}") from error
    return nullcontext(source)


# Feeds


def _entry(entry: Any, site: str) -> Document:
    title, link = _text(entry, "title"), _link(entry)
    content = (
        _text(entry, "encoded") or _text(entry, "content") or _text(entry, "description") or _text(entry, "summary")
    )
    published = _text(entry, "pubDate") or _text(entry, "published") or _text(entry, "date") or _text(entry, "updated")
    authors = [_text(e, "name") or "".join(e.itertext()) for e in entry if _name(e) in ("creator", "author")]
    tags = [e.get("term") or "".join(e.itertext()) for e in entry if _name(e) == "category"]
    metas = [
        ("article:published_time", published),
        ("og:site_name", _text(entry, "source") or site),
        ("og:title", title),
        *(("author", author) for author in authors),
        *(("article:tag", tag) for tag in tags),
    ]
    head = "".join(f'<meta property="{name}" content="{entities.escape(value)}">' for name, value in metas if value)
    body = content if "<" in content else "".join(f"<p>{entities.escape(line)}</p>" for line in content.splitlines())
    markup = f"<!doctype html><html><head>{head}</head><body><h1>{entities.escape(title)}</h1>"
    page = read_page(f'{markup}<div itemprop="articleBody">{body}</div></body></html>')
    return Document(page, id=_text(entry, "guid") or _text(entry, "id") or link, url=link, date=None)


def _name(element: Any) -> str:
    """The name of an element without its namespace; empty for other nodes."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(parent: Any, name: str) -> str:
    """The text of the first child of a name; markup inside it (Atom's ``xhtml``) as markup."""
    from lxml import etree

    for child in parent:
        if _name(child) == name:
            if len(child) and name in ("content", "summary"):
                return "".join(etree.tostring(inner, encoding="unicode") for inner in child)
            return "".join(child.itertext()).strip()
    return ""


def _link(entry: Any) -> str | None:
    """The address of an entry: ``<link>`` of RSS, or the one of Atom that leads to the page itself."""
    links = [e for e in entry if _name(e) == "link"]
    own = [e for e in links if e.get("rel") in (None, "alternate")]
    for element in own or links:
        address = (element.get("href") or element.text or "").strip()
        if address:
            return str(address)
    return None


# Archives


def _record(record: Any) -> Document | None:
    headers = record.rec_headers
    url, identity = headers.get_header("WARC-Target-URI"), headers.get_header("WARC-Record-ID")
    date = headers.get_header("WARC-Date")
    if record.rec_type == "conversion":
        page = split_page(record.content_stream().read().decode("utf-8", "replace"))
        return Document(page, identity, url, date)
    http = record.http_headers
    kind = (http.get_header("Content-Type") if http else headers.get_header("Content-Type")) or ""
    if (http is not None and http.get_statuscode() != "200") or not kind.lower().startswith(_HTML_TYPES):
        return None
    declared = regex.search(r"charset\s*=\s*[\"']?([\w\-]+)", kind, regex.IGNORECASE)
    text = decode_page(record.content_stream().read(), declared[1] if declared else None)
    return Document(read_page(text), identity, url, date)
