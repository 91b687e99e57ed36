"""spaCy: the factory by its entry point, spans against the exact offsets, processes, files, displaCy, Presidio."""

from __future__ import annotations

import warnings

import pytest

from tests.integrations.conftest import MODEL, TEXTS, names

pytestmark = pytest.mark.spacy
spacy = pytest.importorskip("spacy")


@pytest.fixture(scope="module")
def nlp():
    pipeline = spacy.blank("ar")
    pipeline.add_pipe("arabic_news_ner", config={"model": MODEL})
    return pipeline


def test_the_factory_is_found_without_importing_it():
    """In a fresh process, by the entry point of the installed package."""
    import subprocess
    import sys
    from importlib.metadata import entry_points

    if not any(point.name == "arabic_news_ner" for point in entry_points(group="spacy_factories")):
        pytest.skip("the package is not installed, so it has no entry points")
    code = "import spacy; n = spacy.blank('ar'); n.add_pipe('arabic_news_ner', config={'model': 'fast'}); print(n.pipe_names)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "['arabic_news_ner']"


def test_every_mention_and_role_is_a_span_or_is_reported(nlp, expected):
    for text, record in zip(TEXTS, expected, strict=True):
        if record is None:
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            doc = nlp(text)
        reported = {(m["start"], m["end"]) for m in doc._.misaligned}
        exact = {(s.start_char, s.end_char) for s in (*doc.spans["arabic_news_ner"], *doc.spans["roles"])}
        wanted = [(m["start"], m["end"]) for e in record["entities"] for m in e["mentions"]]
        wanted += [(r["start"], r["end"]) for e in record["entities"] for r in e["roles"]]
        wanted += [(r["start"], r["end"]) for r in record["roles"]]
        assert all(w in exact or w in reported for w in wanted)
        assert len(doc.spans["arabic_news_ner"]) == sum(len(e["mentions"]) for e in record["entities"])


def test_the_document_has_the_article(nlp, expected):
    doc = nlp(TEXTS[0])
    assert names(doc._.article.to_dict()) == names(expected[0])
    assert doc._.article.text == TEXTS[0]
    person = next(s for s in doc.ents if s.text == "عبد الحميد الدبيبة")
    assert (person.label_, doc._.article[person.id_].name) == ("PER", "عبد الحميد الدبيبة")
    city = next(s for s in doc.ents if s.text == "طرابلس")
    assert city.kb_id_ == "geonames:2210247"
    role = next(s for s in doc.spans["roles"] if s.text == "وزير الخارجية الإيطالي" and s.id_)
    assert doc._.article[role.id_].label == "PER"


def test_a_name_inside_a_token_takes_the_token_in_and_is_reported(nlp):
    doc = nlp("وصل سامي حداد إلى طرابلس وبنغازي، وزار رئيس الوزراء مصر وليبيا.")
    moved = {m["text"]: m for m in doc._.misaligned}
    assert "بنغازي" in moved
    start, end = moved["بنغازي"]["span"]
    assert doc[start:end].text.startswith("وبنغازي")
    assert moved["بنغازي"]["problem"] == "moved"
    assert any(s.text.startswith("وبنغازي") for s in doc.ents)


def test_strict_leaves_it_out_and_says_so():
    from arabic_news_ner.integrations.spacy import MisalignedWarning

    strict = spacy.blank("ar")
    strict.add_pipe("arabic_news_ner", config={"model": MODEL, "alignment_mode": "strict"})
    with pytest.warns(MisalignedWarning, match=r"doc\._\.misaligned"):
        doc = strict("وصل سامي حداد إلى طرابلس وبنغازي، وزار رئيس الوزراء مصر وليبيا.")
    assert {"problem": "missing", "span": None}.items() <= next(
        m for m in doc._.misaligned if m["text"] == "بنغازي"
    ).items()
    assert "بنغازي" in [m.text for e in doc._.article for m in e.mentions]


def test_two_names_in_one_token_are_both_kept(nlp, monkeypatch):
    """Only one can be in doc.ents; the other is in the span group, and reported."""
    from arabic_news_ner.integrations import spacy as module
    from arabic_news_ner.types import Article, Entity, Mention

    text = "حدود ليبيا-تونس اليوم"
    pair = [("e1", "ليبيا", 5), ("e2", "تونس", 11)]
    entities = tuple(Entity(i, "LOC", "country", name, (Mention(at, at + len(name), name),)) for i, name, at in pair)
    monkeypatch.setattr(module, "read_texts", lambda texts, settings: [[Article(text=text, entities=entities)]])
    words = ["حدود", "ليبيا-تونس", "اليوم"]
    doc = spacy.tokens.Doc(nlp.vocab, words=words, spaces=[True, True, False])
    with pytest.warns(module.MisalignedWarning):
        nlp.get_pipe("arabic_news_ner")(doc)
    assert [s.id_ for s in doc.ents] == ["e1"]
    assert [s.id_ for s in doc.spans["arabic_news_ner"]] == ["e1", "e2"]
    assert [m["problem"] for m in doc._.misaligned] == ["moved", "moved", "overlap"]


def test_two_processes(nlp, expected):
    texts = [text for text in TEXTS if text] * 2
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        docs = list(nlp.pipe(texts, n_process=2, batch_size=2))
    assert [doc.text for doc in docs] == texts
    assert [e.name for e in docs[0]._.article] == [e["name"] for e in expected[0]["entities"]]
    here = nlp(TEXTS[0])
    assert [s.text for s in docs[3].spans["roles"]] == [s.text for s in here.spans["roles"]] != []
    assert docs[0]._.misaligned == here._.misaligned


def test_to_disk_and_back(nlp, tmp_path):
    pipeline = spacy.blank("ar")
    config = {"model": MODEL, "min_score": 0.99, "alignment_mode": "contract"}
    pipeline.add_pipe("arabic_news_ner", config=config)
    pipeline.to_disk(tmp_path / "pipeline")
    back = spacy.load(tmp_path / "pipeline")
    component = back.get_pipe("arabic_news_ner")
    assert (component.settings.model, component.settings.min_score) == (MODEL, 0.99)
    assert component.alignment_mode == "contract"
    assert sum(path.stat().st_size for path in (tmp_path / "pipeline" / "arabic_news_ner").iterdir()) < 1000
    assert len(back(TEXTS[0]).ents) < len(nlp(TEXTS[0]).ents)
    again = spacy.blank("ar")
    again.add_pipe("arabic_news_ner", config={"model": "base"})
    again.from_bytes(pipeline.to_bytes())
    assert again.get_pipe("arabic_news_ner").settings == component.settings


def test_documents_keep_their_article_in_a_file(nlp):
    from spacy.tokens import DocBin

    stored = DocBin(store_user_data=True)
    stored.add(nlp(TEXTS[0]))
    (doc,) = DocBin(store_user_data=True).from_bytes(stored.to_bytes()).get_docs(nlp.vocab)
    assert doc._.article == nlp(TEXTS[0])._.article


def test_entities_of_earlier_components_stay_where_ours_has_none(nlp):
    pipeline = spacy.blank("ar")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "EVENT", "pattern": "مؤتمر صحفي"}])
    pipeline.add_pipe("arabic_news_ner", config={"model": MODEL})
    labels = {s.text: s.label_ for s in pipeline(TEXTS[0]).ents}
    assert labels["مؤتمر صحفي"] == "EVENT"
    assert labels["طرابلس"] == "LOC"


def test_displacy_is_right_to_left(nlp):
    html = spacy.displacy.render(nlp(TEXTS[0]), style="ent", page=True)
    assert "direction: rtl" in html
    assert "عبد الحميد الدبيبة" in html


def test_an_unknown_alignment_mode_is_refused():
    from arabic_news_ner.errors import InputError

    with pytest.raises(InputError, match="alignment_mode is 'loose'"):
        spacy.blank("ar").add_pipe("arabic_news_ner", config={"alignment_mode": "loose"})
