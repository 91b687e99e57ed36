"""The core: missing texts stay missing, positions are named, a forked child answers, columns follow the record."""

from __future__ import annotations

import multiprocessing
import pickle

import pytest

from arabic_news_ner.errors import InputError
from arabic_news_ner.integrations import core
from arabic_news_ner.integrations.columns import record_column
from arabic_news_ner.integrations.core import Settings, extractor_of, is_missing, read_records, read_texts
from arabic_news_ner.integrations.tables import Mapper, mapper_of
from arabic_news_ner.serialize import entities_to_dict
from tests.integrations.conftest import MODEL, TEXTS

FAST = Settings(model=MODEL)


def test_as_many_records_as_texts_and_missing_stays_missing(expected):
    assert read_records(TEXTS, FAST) == expected


def test_a_page_gives_a_list_of_records_with_their_texts(dispatch):
    (records,) = read_records([dispatch], Settings(model=MODEL, page=True))
    assert [r["text"] for r in records] == [dispatch] * len(records)
    assert len(records) == 1


@pytest.mark.parametrize("value", [5, b"bytes", 1.5, ["x"]])
def test_what_is_no_text_is_named_by_its_position(value):
    with pytest.raises(InputError, match="text 1 of the batch is a"):
        read_texts(["نص", value], FAST)


def test_missing_values_of_pandas_are_missing():
    class NAType:
        """As pandas has it: no truth, no equality."""

        def __bool__(self):
            raise TypeError

    assert is_missing(NAType())
    assert not is_missing("")


def test_a_process_loads_a_model_once(monkeypatch):
    loads = []
    monkeypatch.setattr(
        core.Extractor, "load", lambda model, threads, names: loads.append((model, threads)) or object()
    )
    monkeypatch.setattr(core, "_extractors", {})
    one, same, other = (extractor_of(s) for s in (FAST, Settings(model=MODEL, min_score=0.9), Settings(model="base")))
    assert one is same
    assert one is not other
    assert loads == [(MODEL, 1), ("base", 1)]


def _names_in_child(text, queue):
    (record,) = read_records([text], FAST)
    queue.put([e["name"] for e in record["entities"]])


def test_a_child_made_by_fork_answers_after_the_parent_has_read(dispatch):
    """The parent reads a text of several windows first, with more than one thread: its threads do not live in the child."""
    many = Settings(model=MODEL, threads=2)
    read_records([dispatch * 20], many)
    ((parent),) = read_records([dispatch], FAST)
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    child = context.Process(target=_names_in_child, args=(dispatch, queue))
    child.start()
    names = queue.get(timeout=60)
    child.join(timeout=60)
    assert child.exitcode == 0
    assert names == [e["name"] for e in parent["entities"]]


def test_settings_and_mappers_travel():
    mapper = Mapper("body", "found", FAST)
    assert pickle.loads(pickle.dumps(mapper)) == mapper
    assert hash(mapper) == hash(Mapper("body", "found", Settings(model=MODEL)))


def test_own_names_are_found_and_change_what_a_cache_knows_a_mapper_by(tmp_path):
    path = tmp_path / "own.tsv"
    path.write_text("id\tlabel\tnames\tkb\nSX-1\tPER\tحازم النورسي\tlist\n", encoding="utf-8")
    settings = Settings(model=MODEL, names=str(path))
    (record,) = read_records(["قال حازم النورسي في بيروت إن السفينة وصلت."], settings)
    links = {(link["kb"], link["id"]) for e in record["entities"] for link in e["links"]}
    assert ("list", "SX-1") in links
    before = mapper_of("text", "article", {"names": str(path)})
    path.write_text("id\tlabel\tnames\nSX-2\tPER\tسامي حداد\n", encoding="utf-8")
    assert mapper_of("text", "article", {"names": str(path)}) != before
    with pytest.raises(InputError, match="cannot be read"):
        mapper_of("text", "article", {"names": str(tmp_path / "nothing.tsv")})


def test_an_unknown_setting_is_refused():
    with pytest.raises(InputError, match="unknown setting 'modell'"):
        Settings.of(modell="fast")


def test_columns_are_those_of_the_record(extractor, dispatch):
    """Every key of a record is in the declared type, and nothing else is, at every depth but the parents of parents."""

    def compare(value, column, path):
        if column.kind == "struct":
            assert isinstance(value, dict), path
            given = {k for k in value if not (path.endswith("parents") and k == "parents")}
            assert given == {name for name, _ in column.members}, path
            for name, member in column.members:
                compare(value[name], member, f"{path}.{name}")
        elif column.kind == "list":
            assert isinstance(value, list), path
            for item in value:
                compare(item, column.item, path)
        elif value is not None:
            kinds = {"string": str, "integer": int, "number": (int, float)}
            assert isinstance(value, kinds[column.kind]), path

    article = extractor.extract(dispatch)
    compare(entities_to_dict(article), record_column(), "record")
    compare([entities_to_dict(article, text=True)], record_column(page=True), "page")
