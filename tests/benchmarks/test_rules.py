"""The benchmark of the Python around the model: every step is timed, and its output is that of the library."""

from __future__ import annotations

import json

import pytest

from arabic_news_ner.pipeline import STAGES, Resources
from benchmarks import rules

TEXT = "وزير النقل يفتتح جسر المرفأ\nافتتح وزير النقل سمير حداد اليوم جسر المرفأ في بيروت."


def test_every_stage_is_timed(tmp_path, capsys):
    path = tmp_path / "articles.jsonl"
    path.write_text(json.dumps({"text": TEXT}), encoding="utf-8")
    assert rules.main([str(path), "--rounds", "1"]) == 0
    printed = capsys.readouterr().out
    for step in ("tokens", "sentences", "header", *STAGES, "article", "all of these", "decoding in the tagger"):
        assert f"\n{step} " in printed


def test_the_kept_output_of_the_tagger_is_that_of_the_extractor():
    from arabic_news_ner import Extractor

    tagged, _ = rules.tag([TEXT], "fast", 1)
    found = [TEXT[m.start : m.end] for m in tagged[0].mentions]
    article = Extractor.load("fast", threads=1).extract(TEXT)
    assert {m.text for e in article.entities for m in e.mentions} >= set(found) >= {"سمير حداد"}
    seconds = rules.measure([TEXT], tagged, Resources.load(), 2)
    assert all(value >= 0 for value in seconds.values())


@pytest.mark.parametrize("content", ["", "{}", "no JSON"])
def test_a_file_without_articles_is_refused(tmp_path, capsys, content):
    path = tmp_path / "articles.jsonl"
    path.write_text(content, encoding="utf-8")
    assert rules.main([str(path)]) == 2
    assert "rules:" in capsys.readouterr().err
