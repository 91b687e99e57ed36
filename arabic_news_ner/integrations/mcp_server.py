"""An MCP server with the tools ``extract``, ``extract_page`` and ``query`` (extra ``[mcp]``: the official SDK)."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from arabic_news_ner.archive.index import EntityIndex
from arabic_news_ner.errors import ArabicNewsNerError, InputError, MissingExtraError
from arabic_news_ner.integrations.core import Settings, read_records
from arabic_news_ner.version import __version__

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

#: Characters of a text that a tool takes.
LONGEST = 1_000_000
_INSTRUCTIONS = (
    "Reads Arabic news on this machine: people with their offices, organizations and places, with exact offsets "
    "(code points, half-open). Pass the text as it is; do not translate or shorten it."
)


def create_server(settings: Settings, index: Path | None = None) -> MCPServer:
    """The server, to be run by ``server.run("stdio")``.

    :param index: the index of articles (``arabic-news-ner index``) that the tool ``query`` asks.
    :raises MissingExtraError: without the package mcp, version 2.
    :raises InputError: if there is no such index.
    """
    try:
        from mcp.server.mcpserver import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
    except ImportError as error:
        raise MissingExtraError("the MCP server", "mcp>=2", "mcp") from error
    if index is not None:
        _check_index(index)
    server = MCPServer("arabic-news-ner", version=__version__, instructions=_INSTRUCTIONS, log_level="WARNING")

    def read(text: str, *, min_score: float, page: bool) -> Any:
        if len(text) > LONGEST:
            raise ToolError(
                f"the text has {len(text):,} characters; a tool takes {LONGEST:,}: pass its articles one by one"
            )
        try:
            (found,) = read_records([text], dataclasses.replace(settings, min_score=min_score, page=page))
        except ArabicNewsNerError as error:
            raise ToolError(str(error)) from error
        return found

    def extract(text: str, min_score: float = settings.min_score) -> dict[str, Any]:
        """People with their roles, organizations and places of one Arabic news article.

        Each entity comes once, with every mention (start, end), its subtype, its identifiers (ISO 3166, GeoNames, Wikidata)
        and its salience; roles name their holder.
        """
        record: dict[str, Any] = read(text, min_score=min_score, page=False)
        return record

    def extract_page(page: str, min_score: float = settings.min_score) -> dict[str, Any]:
        """The articles of a scraped page of Arabic news, text or HTML, each with its headline, date, source and entities."""
        return {"articles": read(page, min_score=min_score, page=True)}

    def query(
        name: str = "",
        label: Literal["PER", "ORG", "LOC"] | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int = 10,
        together: bool = False,
        articles: bool = False,
    ) -> dict[str, Any]:
        """Ask the index of articles: entities by words of their Arabic name, or without a name the most frequent ones.

        Gives the number of articles and mentions and the roles of each; with ``articles`` where it appears, with
        ``together`` who and what appears in the same articles. Dates are ISO 8601 (2025-04-28).
        """
        if index is None:
            raise ToolError("there is no index; start the server with: arabic-news-ner mcp --index news.sqlite")
        with EntityIndex.open(index) as opened:
            most = max(1, min(limit, 100))
            if name:
                found = opened.search(name, label, limit=most)
            else:
                found = opened.entities(label, since=since, until=until, limit=most)
            out = []
            for entity in found:
                roles = [dataclasses.asdict(role) for role in opened.roles(entity.id)[:10]]
                item: dict[str, Any] = {**dataclasses.asdict(entity), "roles": roles}
                if articles:
                    item["in"] = [dataclasses.asdict(a) for a in opened.articles(entity.id, limit=20)]
                if together:
                    item["together"] = [dataclasses.asdict(e) for e in opened.together(entity.id, limit=10)]
                out.append(item)
        return {"entities": out}

    for tool in (extract, extract_page, query):
        server.add_tool(tool)
    return server


def _check_index(index: Path) -> None:
    if not index.exists():
        raise InputError(f"no index {str(index)!r}; make it with: arabic-news-ner index {index} articles.jsonl")
    EntityIndex.open(index).close()
