"""Short articles for the frameworks, and what the library says of them by itself."""

from __future__ import annotations

import pytest

from tests.conftest import DISPATCH, SPORT

#: Texts of a table: one missing, one empty, one without Arabic.
TEXTS = [DISPATCH, None, "", SPORT, "No Arabic here."]
#: The pack that these tests read with: what is tested is the way there and back.
MODEL = "fast"


@pytest.fixture(scope="session")
def expected():
    """The record of each of :data:`TEXTS`, ``None`` for the missing one."""
    from arabic_news_ner import Extractor
    from arabic_news_ner.serialize import entities_to_dict

    extractor = Extractor.load(MODEL, threads=1)
    records = [None if text is None else entities_to_dict(extractor.extract(text)) for text in TEXTS]
    assert len(records[0]["entities"]) > 4
    return records


def names(record):
    """What tells two records apart: the names, bounds and roles."""
    return [
        (e["id"], e["label"], e["name"], [m["start"] for m in e["mentions"]], [r["text"] for r in e["roles"]])
        for e in record["entities"]
    ]
