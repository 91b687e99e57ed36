"""From HTML to the text and metadata of its article (extra ``[html]``: lxml, trafilatura).

The story is in the element that the markup names (``itemprop=articleBody``, ``<article>`` and the like), else in the
element with most running text in its own paragraphs. If there is neither, trafilatura extracts the story. Nothing is
downloaded.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final
from urllib.parse import urlsplit

import regex

from arabic_news_ner.errors import MissingExtraError
from arabic_news_ner.page.dates import find_date
from arabic_news_ner.page.fields.author import author_of
from arabic_news_ner.page.fields.byline import credit_of, names_author, without_byline_label
from arabic_news_ner.page.fields.headline import ends_with_stop, headline_overlap, is_headline_like, is_sentence
from arabic_news_ner.page.fields.outlet import known_in
from arabic_news_ner.page.flat_html import BLOCKS, flat_lines
from arabic_news_ner.page.html_meta import Meta, read_meta, text_of
from arabic_news_ner.page.line_kinds import rule_of
from arabic_news_ner.page.settings import (
    HTML_ELEMENTS_BESIDE,
    HTML_HEAD,
    HTML_LEAST_NAMED,
    HTML_LEAST_STORY,
    HTML_MOST_BLOCKS,
    HTML_MOST_ELEMENTS,
    HTML_SAME_WORDS,
    HTML_SHARE_OF_STORY,
    LONGEST_FIELD,
    MOST_AUTHOR_WORDS,
    OVERLAP_WAITING,
)
from arabic_news_ner.page.tables import known_outlet, outlet_key, outlet_of_host, words
from arabic_news_ner.text.fold import fold

_TAGS = regex.compile(
    r"<!doctype\s+html|<(?:html|head|body|article|div|p|span|meta|script|h[1-6]|section|main)(?:\s[^<>]*)?/?>",
    regex.IGNORECASE,
)
#: Elements whose text is not part of the story.
_NO_STORY: Final = frozenset(
    "script style noscript template iframe svg canvas form button select option input textarea nav aside footer figure "
    "figcaption "
    "time object video audio head title meta link label map dialog".split()
)
_NO_STORY_CLASS = regex.compile(
    r"(?:^|[\s_\-])(?:share|sharing|social|related|recommend\w*|readmore|read-?also|more-?news|most-?read|mostread|popular|trending|tags?|tag-?list"
    r"|keywords?|comments?|comment-?form|disqus|breadcrumbs?|author(?:box|-?bio|-?info|-?name)?|byline|writer|meta|post-?meta|entry-?meta|date|time"
    r"|ads?|advert\w*|banner|sponsor\w*|newsletter|subscribe|caption|credit|widget|sidebar|menu|navbar|nav|footer|copyright|ticker|breaking|pager"
    r"|pagination|prev-?next|next-?post|print|toolbar|rating|poll|font-?size|hidden|cookie\w*|popup|modal|follow|gallery|slider|lightbox|inread"
    r"|wp-caption-text|sr-only|screen-reader-text|skip-?link)(?:$|[\s_\-])",
    regex.IGNORECASE,
)
_STORY_CLASS = regex.compile(
    r"(?:^|[\s_\-])(?:article-?body|articlebody|article-?content|article-?text|articletext|article__content|entry-?content|post-?content|post-?body"
    r"|story-?body|story-?content|news-?body|news-?content|news-?text|newsstory|news-?details|details-?content|content-?body|td-post-content"
    r"|field-name-body|field--name-body|body-?text|main-?text|wysiwyg\w*|paragraph-?list|single-?content|the-?content)(?:$|[\s_\-])",
    regex.IGNORECASE,
)
#: Short elements whose names say "date".
_DATED: Final = (
    "//*[self::span or self::div or self::p or self::li or self::time or self::small]"
    "[contains(@class, 'date') or contains(@class, 'time') or contains(@class, 'Date') or contains(@id, 'date')"
    " or contains(@class, 'publish')][string-length(.) < 150]"
)
#: Short elements whose names say "author", outside lists of links.
_CREDITED: Final = (
    "//*[self::span or self::div or self::p or self::a or self::h4 or self::h5]"
    "[contains(@class, 'author') or contains(@class, 'byline') or contains(@class, 'writer') or contains(@class, 'writeBy')"
    " or contains(@rel, 'author')][not(ancestor::aside) and not(ancestor::ul)][string-length(.) < 100]"
)
_NO_AUTHOR = regex.compile(r"https?:|www\.|\.(?:com|net|org)\b|@|^\W*$|\d{3,}")
_PLACE_AFTER = regex.compile(r"\s*[،,(|\-–—]\s*\S.*$")


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """The content of an HTML page: ``lines`` of the story without its headline. Other fields are ``None`` or empty if
    they are not stated."""

    headline: str | None
    lines: tuple[str, ...]
    byline: str | None = None
    site: str | None = None
    date: str | None = None
    modified: str | None = None
    keywords: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    #: Lines between headline and story that the markup sets apart: byline, date, place.
    notes: tuple[str, ...] = ()
    url: str | None = None

    @property
    def text(self) -> str:
        """The headline and the story, a line each."""
        return "\n".join([self.headline, *self.lines] if self.headline else self.lines)


def looks_like_html(raw: str) -> bool:
    """Is it HTML? True for a doctype or at least three tags; false for a text that mentions ``<p>`` once."""
    head = raw[:HTML_HEAD]
    if regex.match(
        r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html)", head, regex.IGNORECASE | regex.DOTALL
    ):
        return True
    return sum(1 for _, _ in zip(range(3), _TAGS.finditer(head), strict=False)) == 3 and "</" in head


def read_html(html: str) -> HtmlPage:
    """The story and the metadata of an HTML page.

    :raises MissingExtraError: without lxml or trafilatura.
    """
    tree = _parse(html)
    if tree is None:
        return HtmlPage(None, ())
    meta = read_meta(tree)
    sites = _sites(meta, tree)
    story = _story(html, tree, meta)
    headline = _headline(meta, tree, sites) or _headline_told(tree, story.lines)
    lines = _story_lines(story, headline)
    modified = meta.modified
    notes = tuple(dict.fromkeys((*_notes_beside(tree, headline), *story.notes)))
    date = meta.published or _dated(tree) or next(filter(None, map(find_date, notes)), None)
    return HtmlPage(
        headline=headline,
        lines=lines,
        byline=_byline(meta, sites, notes),
        site=sites[0] if sites else None,
        date=date or modified,
        modified=modified,
        keywords=meta.keywords,
        captions=tuple(dict.fromkeys(story.captions)),
        related=tuple(dict.fromkeys(story.links)),
        notes=notes,
        url=meta.urls[0] if meta.urls else None,
    )


def _parse(html: str) -> Any:
    """The tree, or ``None`` for markup without an element.

    libxml2 drops markup that is nested too deeply. If a page loses letters in this way, it is read block by block.
    """
    try:
        from lxml import etree
    except ImportError as error:
        raise MissingExtraError.because(error, "reading HTML", "lxml", "html") from error
    data = html.encode("utf-8", "replace").replace(b"\x00", b" ")
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = etree.fromstring(data, parser=parser)
    except etree.ParserError:
        return None
    except etree.XMLSyntaxError:
        tree = None
    kept = 0 if tree is None else sum(len(text) for text in tree.itertext())
    flat = flat_lines(html)
    if flat and kept < HTML_SHARE_OF_STORY * sum(map(len, flat)):
        root = etree.Element("html")
        head = None if tree is None else tree.find("head")
        if head is not None:
            root.append(head)
        body = etree.SubElement(root, "body")
        for line in flat:
            etree.SubElement(body, "p").text = regex.sub(
                r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", line
            )
        return root
    return tree


# The site, the headline, the author, the date


def _sites(meta: Meta, tree: Any) -> list[str]:
    """Names of the site: as it states them, and the outlet of its address."""
    stated = [name for name in meta.sites if not _NO_AUTHOR.search(name)]
    hosts = [
        urlsplit(url).hostname or "" for url in (*meta.urls, *meta.sites) if url.startswith(("http://", "https://"))
    ]
    addressed = [outlet.name for outlet in map(outlet_of_host, hosts) if outlet is not None]
    known = [outlet.name for name in stated for outlet in known_in(name) if outlet.kind != "nobody"]
    titles = [text_of(" ".join(title.itertext())) for title in tree.xpath("//title[not(ancestor::svg)]")[:1]]
    heads = [text_of(" ".join(h1.itertext())) for h1 in tree.xpath("//h1")[:3]]
    tails = [tail for title in titles for h1 in heads if (tail := _rest(title, h1)) is not None]
    return list(dict.fromkeys([*addressed, *known, *stated, *tails]))


def _rest(title: str, headline: str) -> str | None:
    """The site's name beside the headline in the page's title."""
    if len(headline) < 15 or headline not in title:
        return None
    rest = title.replace(headline, "", 1).strip(" |-–—:»«/•·")
    return rest if 2 <= len(rest) <= 40 and not regex.search(r"[|–—»]| - ", rest) else None


def _headline(meta: Meta, tree: Any, sites: Sequence[str]) -> str | None:
    """The headline on the page (``h1``) if it agrees with the metadata, else the one of the metadata; without the
    site's name, and never the site's name alone."""
    shown = [_clean(text_of(" ".join(h1.itertext())), sites) for h1 in tree.xpath("//h1[not(ancestor::nav)]")[:6]]
    title = [text_of(" ".join(title.itertext())) for title in tree.xpath("//title[not(ancestor::svg)]")[:1]]
    stated = [_clean(text, sites) for text in (*meta.headlines, *title)]
    heads = [text for text in shown if text and not _is_site(text, sites)]
    states = [text for text in stated if text and not _is_site(text, sites)]
    same = [head for head in heads if any(_same(head, state) for state in states)]
    if same:
        return same[0]
    long = [state for state in states if len(state.split()) > 1]
    return next(iter([*long, *heads, *states]), None)


def _clean(text: str, sites: Sequence[str]) -> str:
    """A headline without the site's name before or after it."""
    keys = {outlet_key(site) for site in sites}
    parts = regex.split(r"(\s+[|\-–—»•:]+\s+|\s*[|»]\s*)", text)
    while len(parts) > 2 and _is_site_part(parts[-1], keys):
        parts = parts[:-2]
    while len(parts) > 2 and _is_site_part(parts[0], keys):
        parts = parts[2:]
    return "".join(parts).strip()


def _is_site_part(part: str, keys: set[str]) -> bool:
    key = outlet_key(part)
    known = known_outlet(part)
    return not key or key in keys or (known is not None and known.kind == "outlet")


def _is_site(text: str, sites: Sequence[str]) -> bool:
    return outlet_key(text) in {outlet_key(site) for site in sites} or (known_outlet(text) is not None)


def _same(one: str, other: str) -> bool:
    """Do two headlines share most words of the shorter one?"""
    a, b = set(fold(one).split()), set(fold(other).split())
    return bool(a and b) and len(a & b) >= HTML_SAME_WORDS * min(len(a), len(b))


def _byline(meta: Meta, sites: Sequence[str], notes: Sequence[str]) -> str | None:
    """The authors by the metadata, else by a credit next to the story; never the outlet, an address or the desk."""
    names = [name for stated in meta.authors for name in regex.split(r"\s*[،,;؛|]\s*|\s+و(?=\p{Lu})", stated)]
    found = [name for name in (_author(name, sites) for name in names) if name is not None]
    if found:
        return "، ".join(dict.fromkeys(found))
    for note in notes:
        rule = rule_of(note)
        if rule is not None and rule.kind == "boilerplate":
            continue
        labelled = without_byline_label(note) != note
        credit = credit_of(note) if labelled or author_of(note) == note or names_author(note) else None
        name = _author(credit.byline, sites) if credit is not None and credit.byline else None
        if name is not None:
            return name
    return None


def _author(name: str, sites: Sequence[str]) -> str | None:
    """A stated author without label and place; ``None`` if it is none."""
    text = without_byline_label(" ".join(name.split()))
    text = regex.sub(r"^(?:نص|كتبت?|تحرير|إعداد|بقلم|تصوير)\s*[-–—ـ:/]*\s*", "", text)
    text = _PLACE_AFTER.sub("", text).strip(" -–—:|.،")
    if not text or _NO_AUTHOR.search(name) or len(text.split()) > MOST_AUTHOR_WORDS or _is_site(text, sites):
        return None
    if fold(text).lower() in words("not_authors.txt") or any(map(known_outlet, regex.split(r"\s*[-–—/]\s*", text))):
        return None
    return None if regex.match(r"(?:وكال|صحيف|جريد|موقع|قنا[ةه]|شبك|بوابة)", text) else text


def _dated(tree: Any) -> str | None:
    """The date in a short element whose name says "date", outside lists of links, by our own date reader."""
    linked = {item for link in tree.iter("a") for item in link.iterancestors("li")}
    alone = (e for e in tree.xpath(_DATED) if linked.isdisjoint((e, *e.iterancestors("li"))))
    return next(filter(None, (find_date(" ".join(element.itertext())) for element in islice(alone, 12))), None)


def _notes_beside(tree: Any, headline: str | None) -> list[str]:
    """The short lines between the headline and the first sentence: byline, date, place. Without a headline in the markup those
    above the first sentence of the page."""
    heads = [head for head in tree.iter("h1", "h2", "h3", "b", "strong") if headline and _same_text(head, headline)]
    start = heads[0] if heads else next(tree.iter("h1", "body"), None)
    if start is None:
        return []
    out: list[str] = []
    axis = "following" if heads or start.tag == "h1" else "descendant"
    for element in islice(start.iterfind(".//*") if axis == "descendant" else _following(start), HTML_ELEMENTS_BESIDE):
        if element.tag in ("script", "style", "noscript", "select", "a") or not isinstance(element.tag, str):
            continue
        if element.tag == "li" and element.find(".//a") is not None:
            continue
        whole = not any(child.tag in BLOCKS for child in element)
        text = text_of("".join(element.itertext()) if whole else element.text or "")
        if len(text) > LONGEST_FIELD and is_sentence(text):
            break
        if 3 < len(text) <= LONGEST_FIELD:
            out.append(text)
    credited = tree.xpath(_CREDITED)[:6]
    return [*out, *(text_of(" ".join(element.itertext()))[:LONGEST_FIELD] for element in credited)]


def _following(element: Any) -> Iterator[Any]:
    """The elements after one, in page order, without recursion."""
    while element is not None:
        for sibling in element.itersiblings():
            yield from sibling.iter()
        element = element.getparent()


def _same_text(element: Any, text: str) -> bool:
    return text_of(" ".join(element.itertext())) == text


def _headline_told(tree: Any, lines: Sequence[str]) -> str | None:
    """The first line in large or bold letters that shares words with the story, on a page without a headline in its
    markup."""
    told = " ".join(lines[:2])
    for element in tree.iter("h2", "h3", "h4", "b", "strong", "font"):
        text = text_of(" ".join(element.itertext()))
        if is_headline_like(text) and text not in lines and headline_overlap(text, told) >= OVERLAP_WAITING:
            return text
    return None


# The story


@dataclass(frozen=True, slots=True)
class _Story:
    lines: Sequence[str]
    notes: Sequence[str]
    captions: Sequence[str]
    links: Sequence[str]


def _story(html: str, tree: Any, meta: Meta) -> _Story:
    """The lines of the element with the story; the result of trafilatura if no element has enough running text, of a page with
    very many elements the lines of the whole."""
    named, loose = _named_containers(tree), _loose_containers(tree)
    found = [_read(element) for element in named[:4]]
    best = max(found, key=_running_text, default=None)
    if best is not None and _running_text(best) >= HTML_LEAST_NAMED:
        return best
    if best is None or _running_text(best) < HTML_LEAST_STORY:
        more = [_read(element) for element in loose[:3]]
        best = max([*more, *([best] if best else [])], key=_running_text, default=None)
    if best is not None and _running_text(best) >= HTML_LEAST_STORY:
        return best
    ordinary = _at_most(HTML_MOST_BLOCKS, tree.iter(*BLOCKS)) and _at_most(HTML_MOST_ELEMENTS, tree.iter())
    lines = _by_trafilatura(html) if ordinary else _read(tree).lines
    found_there = _Story(lines, best.notes if best else (), best.captions if best else (), ())
    if _running_text(found_there) > (_running_text(best) if best else 0):
        return found_there
    if best is not None and best.lines:
        return best
    return _Story([line for line in regex.split(r"\s*[\r\n]+\s*", meta.body or "") if line], (), (), ())


def _at_most(number: int, elements: Iterator[Any]) -> bool:
    return next(islice(elements, number, None), None) is None


def _running_text(story: _Story) -> int:
    return sum(len(line) for line in story.lines if is_sentence(line) or len(line) > 80)


def _named_containers(tree: Any) -> list[Any]:
    """Elements that the markup names as the story's, innermost first, then whole articles."""
    marked = tree.xpath("//*[@itemprop='articleBody']")
    classed = [
        e
        for e in tree.iter("div", "section", "article", "main")
        if _STORY_CLASS.search(f"{e.get('class', '')} {e.get('id', '')}")
    ]
    return [*marked, *classed, *tree.xpath("//article[.//p]")[:2]]


def _loose_containers(tree: Any) -> list[Any]:
    """Elements by the running text in their own paragraphs; half of it also counts for their parents."""
    score: dict[Any, float] = {}
    for element in tree.iter("p", "div", "td", "section", "span"):
        own = "".join(
            [element.text or "", *(child.tail or "" for child in element)] if element.tag != "p" else element.itertext()
        )
        size = len(" ".join(own.split()))
        if size < 60 or (element.tag != "p" and not is_sentence(own)):
            continue
        parent = element.getparent() if element.tag == "p" else element
        for share in (1.0, 0.5):
            if parent is None:
                break
            score[parent] = score.get(parent, 0.0) + share * size
            parent = parent.getparent()
    return sorted(score, key=lambda element: -score[element])


def _read(container: Any) -> _Story:
    """The lines of an element: text of the story; what its markup sets apart goes to notes, captions and links."""
    from lxml import etree

    lines, notes, captions, links = [], [], [], []  # type: ignore[var-annotated]
    current: list[str] = []
    linked = 0
    silent: list[tuple[Any, list[str]]] = []
    in_link = 0

    def flush() -> None:
        nonlocal linked
        text = " ".join("".join(current).split())
        current.clear()
        if text:
            if linked > 0.8 * len(text) and is_headline_like(text) and not is_sentence(text):
                links.append(text)
            else:
                lines.append(text)
        linked = 0

    for event, element in etree.iterwalk(container, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if silent:
                silent[-1][1].append(element.text or "")
                continue
            if element is not container and _is_set_apart(element, tag):
                flush()
                silent.append((element, [element.text or ""]))
                continue
            if tag in BLOCKS or tag == "br":
                flush()
            in_link += tag == "a"
            current.append(element.text or "")
            linked += len(element.text or "") if in_link else 0
        else:
            if silent:
                top, texts = silent[-1]
                if element is not top:
                    texts.append(" " if tag in BLOCKS else "")
                    texts.append(element.tail or "")
                    continue
                silent.pop()
                _set_apart(top, " ".join("".join(texts).split()), notes, captions)
            else:
                if tag in BLOCKS:
                    flush()
                in_link -= tag == "a"
            if element is not container:
                current.append(element.tail or "")
                linked += len(element.tail or "") if in_link else 0
    flush()
    return _Story(lines, notes, captions, links)


def _is_set_apart(element: Any, tag: str) -> bool:
    """Is an element outside the story, by its tag or by the names in its markup?"""
    if tag in _NO_STORY or not tag:
        return True
    if tag in ("p", "em", "strong", "b", "i", "a", "h2", "h3", "br", "li"):
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if _NO_STORY_CLASS.search(names) is None or _STORY_CLASS.search(names) is not None:
        return False
    return sum(len(p.text or "") for p in element.iter("p")) < 400


def _set_apart(element: Any, text: str, notes: list[str], captions: list[str]) -> None:
    if not text or len(text) > 300 or element.tag in ("script", "style", "noscript", "template", "form", "select"):
        return
    if element.tag in ("figure", "figcaption") or "caption" in (element.get("class") or ""):
        captions.append(text)
    else:
        notes.append(text)


def _story_lines(story: _Story, headline: str | None) -> tuple[str, ...]:
    """The lines of the story without repeated headlines and captions, and without empty phrases."""
    captions = {fold(caption) for caption in story.captions}
    kept = []
    for line in story.lines:
        if headline and (line == headline or fold(line) == fold(headline)):
            continue
        if fold(line) in captions:
            continue
        kept.append(line)
    sections = 0  # names of sections above the story
    while sections < len(kept) - 1 and len(kept[sections].split()) < 3 and not ends_with_stop(kept[sections]):
        sections += 1
    return tuple(kept[sections:])


def _by_trafilatura(html: str) -> list[str]:
    try:
        import trafilatura
    except ImportError as error:
        raise MissingExtraError.because(error, "reading HTML", "trafilatura", "html") from error
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        text = trafilatura.extract(
            html, include_comments=False, include_tables=True, favor_recall=True, deduplicate=False
        )
    except RecursionError:
        text = None
    return [line.strip() for line in (text or "").split("\n") if line.strip()]
