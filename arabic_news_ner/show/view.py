"""Many articles as one page: a list to click through, and a search over headlines, names and texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from arabic_news_ner.show import html
from arabic_news_ner.show.frames import ArticleId, with_ids
from arabic_news_ner.show.wording import Wording, readable_date
from arabic_news_ner.types import Article

#: Names that stand beneath a headline in the list.
_NAMES_IN_LIST = 3


def articles_page(
    articles: Iterable[Article] | Iterable[tuple[ArticleId, Article]] | Mapping[str, Article],
    *,
    title: str | None = None,
    language: str = "en",
) -> str:
    """Articles as one page of HTML, one file without others. Without a script all articles stand one under the other.

    :param articles: articles (counted from 0), ``(id, article)`` pairs, or a mapping from id to article.
    :param title: of the page; by default "Articles" in the language.
    :param language: of the words around the texts: ``"en"`` or ``"ar"``.
    :raises InputError: for another language, or for an invalid article.
    """
    wording = Wording(language)
    title = title or wording["articles"]
    entries: list[str] = []
    sections: list[str] = []
    for number, (identity, article) in enumerate(with_ids(articles)):
        headline = article.headline or wording["untitled"]
        about = [readable_date(article.date), *(entity.name for entity in article.entities[:_NAMES_IN_LIST])]
        beneath = wording["separator"].join(f'<bdi lang="ar">{html.escape(text)}</bdi>' for text in about if text)
        name = f"<bdi>{html.escape(str(identity))}</bdi>"
        entries.append(
            f'<li><a href="#article-{number}"><bdi lang="ar">{html.escape(headline)}</bdi>'
            f"<small>{name}{' · ' if beneath else ''}{beneath}</small></a></li>"
        )
        unique = f"{html.identifier(article)}-{number}"
        sections.append(
            f'<article id="article-{number}" aria-label="{html.escape(headline)}">'
            f"{html.body(article, wording, level=2, unique=unique)}</article>"
        )
    search = (
        f'<form class="page-search" role="search" hidden><label>{wording["search"]}'
        '<input type="search" autocomplete="off" spellcheck="false"></label>'
        f'<output data-shown="{html.escape(wording["shown"])}"></output></form>'
    )
    content = (
        f'<header class="page-head"><h1>{html.escape(title)}</h1></header>\n<div class="page-many">\n'
        f'<nav aria-label="{wording["articles"]}">{search}<ol>{"".join(entries)}</ol></nav>\n'
        f"<main>{''.join(sections)}</main>\n</div>"
    )
    return html.page(title, content, wording, script=html.asset("page.js"))
