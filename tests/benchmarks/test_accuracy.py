"""The command: files in, table, JSON and errors out. The extractor is a stand-in that answers by rule."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from arabic_news_ner.errors import ModelError
from arabic_news_ner.types import Article, Entity, Mention, Role
from benchmarks import accuracy

TEXT = "زار الوزير سامي حداد بغداد"
SPANS = {
    "id": "a",
    "text": TEXT,
    "spans": [[11, 20, "per", None, 0, 11], [21, 26, "loc", "city", 1, 21]],
    "roles": [[4, 10, 0]],
    "entities": [["per", None, "سامي حداد"], ["loc", "city", "بغداد"]],
}
CONLL = "سامي B-PERS\nحداد I-PERS\nفي O\n\nبغداد B-LOC\nاليوم B-MISC\n"


class StandIn:
    """Finds the person and his office, not the place; tags سامي حداد as PER and nothing else."""

    tagger = SimpleNamespace(name="stand-in", schemes=("news", "anercorp"), version="7")

    def __init__(self):
        self.asked = []

    def pipe(self, texts):
        mention = Mention(11, 20, TEXT[11:20], 0.9)
        role = Role(4, 10, TEXT[4:10], holder="e1")
        for text in texts:
            yield Article(text, entities=(Entity("e1", "PER", None, TEXT[11:20], (mention,), (role,)),))

    def tag(self, sentences, *, scheme):
        self.asked.append(scheme)
        known = {"سامي": "B-PER", "حداد": "I-PER"}
        return [[known.get(word, "O") for word in words] for words in sentences]


@pytest.fixture
def stand_in(monkeypatch):
    extractor = StandIn()
    monkeypatch.setattr(accuracy.Extractor, "load", lambda model, path, threads: extractor)
    return extractor


@pytest.fixture
def spans(tmp_path):
    path = tmp_path / "x.spans.jsonl"
    path.write_text(json.dumps(SPANS) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def conll(tmp_path):
    path = tmp_path / "x.conll"
    path.write_text(CONLL, encoding="utf-8")
    return path


def run(capsys, *arguments):
    status = accuracy.main([*map(str, arguments), "--json"])
    assert status == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.usefixtures("stand_in")
def test_spans(capsys, spans):
    (result,) = run(capsys, spans)
    assert result["file"] == "x.spans.jsonl"
    assert result["model"] == "stand-in 7"
    assert result["counts"] == {"articles": 1, "words": 5, "mentions": 2, "entities": 2, "roles": 1}
    scores = result["scores"]
    assert scores["mentions"]["all"] == {"precision": 100, "recall": 50, "f1": 66.67, "found": 1, "wanted": 2}
    assert scores["entity list"]["PER"]["f1"] == 100
    assert scores["roles"]["spans"]["f1"] == scores["roles"]["attached"]["f1"] == 100
    assert scores["clusters"]["b3"]["recall"] == 50
    assert scores["clusters"]["b3_found"]["f1"] == 100
    assert result["calibration"]["ece_equal_width"] == pytest.approx(0.1)


def test_conll_in_the_scheme_and_spelling_of_the_file(capsys, stand_in, conll):
    (result,) = run(capsys, conll)
    assert stand_in.asked == ["anercorp"]
    assert result["scheme"] == "anercorp"
    assert result["counts"] == {"sentences": 2, "words": 5}
    assert result["scores"]["mentions"]["all"]["recall"] == pytest.approx(33.33)
    assert result["scores"]["mentions"]["PERS"]["f1"] == 100


def test_types_last_and_scheme(capsys, stand_in, conll):
    (result,) = run(capsys, conll, "--types", "LOC", "--last", "1", "--scheme", "news")
    assert stand_in.asked == ["news"]
    assert result["counts"]["sentences"] == 1
    assert result["scores"]["mentions"]["all"]["wanted"] == 1
    assert set(result["scores"]["mentions"]) == {"all", "LOC"}


@pytest.mark.usefixtures("stand_in")
def test_types_of_spans(capsys, spans):
    (result,) = run(capsys, spans, "--types", "PER")
    assert result["scores"]["mentions"]["all"]["f1"] == 100
    assert result["scores"]["roles"]["attached"]["f1"] == 100


@pytest.mark.usefixtures("stand_in")
def test_table_and_errors(capsys, spans, conll, tmp_path):
    errors = tmp_path / "errors.txt"
    assert accuracy.main([str(spans), str(conll), "--errors", str(errors)]) == 0
    table = capsys.readouterr().out
    assert "x.spans.jsonl: 1 articles, 5 words, 2 mentions" in table
    assert "x.conll: 2 sentences, 5 words" in table
    assert "model stand-in 7, scheme anercorp" in table
    text = errors.read_text(encoding="utf-8")
    assert "a\tLOC\tزار الوزير سامي حداد ⟦بغداد⟧" in text
    assert "sentence 2\tMISC\tبغداد ⟦اليوم⟧" in text


def test_a_wrong_file_is_an_error_not_a_traceback(capsys, tmp_path):
    assert accuracy.main([str(tmp_path / "nothing.conll")]) == 2
    assert "nothing.conll: cannot be read" in capsys.readouterr().err


def test_a_missing_model_is_an_error_not_a_traceback(capsys, spans, monkeypatch):
    def load(model, path, threads):
        raise ModelError(f"no model pack {model!r}")

    monkeypatch.setattr(accuracy.Extractor, "load", load)
    assert accuracy.main([str(spans), "--model", "none"]) == 2
    assert "no model pack 'none'" in capsys.readouterr().err
