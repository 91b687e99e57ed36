"""The MCP server with the client of the official SDK: in the process, and as a command over its pipes."""

from __future__ import annotations

import asyncio
import json
import sys

import pytest

from arabic_news_ner.errors import InputError
from arabic_news_ner.integrations.core import Settings
from tests.integrations.conftest import MODEL, TEXTS, names

pytestmark = pytest.mark.mcp
pytest.importorskip("mcp.server.mcpserver")


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    from arabic_news_ner import Extractor
    from arabic_news_ner.archive import EntityIndex

    path = tmp_path_factory.mktemp("mcp") / "news.sqlite"
    extractor = Extractor.load(MODEL, threads=1)
    with EntityIndex.open(path) as opened:
        opened.add_many((str(n), extractor.extract(text)) for n, text in enumerate(TEXTS) if text)
    return path


def answers(server, *calls):
    """The results of tool calls."""
    from mcp import Client

    async def talk():
        async with Client(server) as client:
            tools = {tool.name for tool in (await client.list_tools()).tools}
            return tools, [await client.call_tool(name, arguments) for name, arguments in calls]

    return asyncio.run(talk())


def test_the_tools_in_the_process(expected, index):
    from arabic_news_ner.integrations.mcp_server import create_server

    tools, (one, page, found, all_of_them) = answers(
        create_server(Settings(model=MODEL), index),
        ("extract", {"text": TEXTS[0]}),
        ("extract_page", {"page": TEXTS[3]}),
        ("query", {"name": "الدبيبة", "together": True, "articles": True}),
        ("query", {"label": "LOC", "limit": 1}),
    )
    assert tools == {"extract", "extract_page", "query"}
    assert names(one.structured_content) == names(expected[0])
    (article,) = page.structured_content["articles"]
    assert article["text"] == TEXTS[3]
    (person,) = found.structured_content["entities"]
    assert person["name"] == "عبد الحميد الدبيبة"
    assert person["roles"]
    assert [a["id"] for a in person["in"]] == ["0"]
    assert person["together"]
    assert len(all_of_them.structured_content["entities"]) == 1


def test_errors_are_answers():
    from arabic_news_ner.integrations.mcp_server import LONGEST, create_server

    _, (no_index, too_long, score) = answers(
        create_server(Settings(model=MODEL)),
        ("query", {}),
        ("extract", {"text": "ا" * (LONGEST + 1)}),
        ("extract", {"text": "نص", "min_score": 7}),
    )
    assert no_index.is_error
    assert "--index" in no_index.content[0].text
    assert "1,000,001 characters" in too_long.content[0].text
    assert "probability" in score.content[0].text


def test_an_index_that_is_not_there_is_refused(tmp_path):
    from arabic_news_ner.integrations.mcp_server import create_server

    with pytest.raises(InputError, match="no index"):
        create_server(Settings(), tmp_path / "nothing.sqlite")


def test_the_command_over_its_pipes(expected, index):
    from mcp import StdioServerParameters

    arguments = ["-m", "arabic_news_ner.cli.main", "mcp", "--model", MODEL, "--threads", "1", "--index", str(index)]
    _, (one, found) = answers(
        StdioServerParameters(command=sys.executable, args=arguments),
        ("extract", {"text": TEXTS[0]}),
        ("query", {"name": "كولر"}),
    )
    assert names(json.loads(one.content[0].text)) == names(expected[0])
    assert [e["label"] for e in found.structured_content["entities"]] == ["PER"]
