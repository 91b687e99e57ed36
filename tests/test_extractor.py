"""The extractor on real text: what it finds, what it promises, what it refuses."""

from __future__ import annotations

import itertools
import pickle
import re
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import arabic_news_ner as ann
from arabic_news_ner import Article, Extractor, InputError, MissingExtraError, ModelError
from arabic_news_ner.tagging.protocol import TokenizedText
from tests.conftest import DISPATCH, SPORT


def names(entities):
    return {entity.name for entity in entities}


def test_a_dispatch_is_read(extractor, dispatch):
    article = extractor.extract(dispatch)
    assert names(article.people) == {"عبد الحميد الدبيبة", "أنطونيو تاياني"}
    assert {"الاتحاد الأوروبي", "رويترز"} <= names(article.organizations)
    assert {"طرابلس", "روما", "البحر المتوسط"} <= names(article.places)
    by_name = {p.name: p for p in article.people}
    assert "وزير الخارجية الإيطالي" in {r.text for r in by_name["أنطونيو تاياني"].roles}
    assert "تاياني" in by_name["أنطونيو تاياني"].forms
    assert by_name["عبد الحميد الدبيبة"].is_official


def test_a_name_found_once_is_found_everywhere(extractor, dispatch):
    article = extractor.extract(dispatch)
    tripoli = next(p for p in article.places if p.name == "طرابلس")
    assert len(tripoli.mentions) == len(re.findall("طرابلس", dispatch)) == 3


def check(article, text):
    assert article.text == text
    for token in article.tokens:
        assert text[token.start : token.end] == token.text
    taken = []
    for mention, _ in article.mentions():
        assert text[mention.start : mention.end] == mention.text
        assert mention.text.strip() == mention.text != ""
        assert mention.score is None or 0 <= mention.score <= 1
        taken.append((mention.start, mention.end))
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(taken))
    ids = {e.id for e in article.entities}
    assert len(ids) == len(article.entities)
    for role in [*article.roles, *(r for e in article.entities for r in e.roles)]:
        assert text[role.start : role.end] == role.text
        assert {role.holder, role.organization, role.place} - {None} <= ids
    assert list(article.entities) == sorted(article.entities, key=lambda e: -e.salience)


arabic = st.text(alphabet='ابتثجحخدرسطعغفقكلمنهويةىأإآئؤء ،.:()«»"\n0123456789٣ـًَُِّ\u200f\u200cABCabc#@_/', max_size=300)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.one_of(arabic, st.text(max_size=200), st.builds(lambda a, b: a + DISPATCH + b, arabic, arabic)))
def test_promises_hold_for_any_text(extractor, text):
    article = extractor.extract(text)
    check(article, text)
    assert Article.from_dict(article.to_dict()) == article


def test_a_batch_gives_what_each_text_gives_alone(extractor):
    texts = [DISPATCH, "", SPORT, "زار محمد صلاح القاهرة.", "no Arabic", DISPATCH * 12, SPORT]
    alone = [extractor.extract(text) for text in texts]
    assert list(extractor.pipe(texts)) == alone
    assert list(extractor.pipe(texts, batch_size=2)) == alone


@pytest.mark.parametrize("model", ["base", "fast"])
def test_batch_size_position_and_threads_change_nothing(model):
    texts = [DISPATCH, "", SPORT, "زار محمد صلاح القاهرة.", DISPATCH * 5]
    one, three = (Extractor.load(model, threads=threads) for threads in (1, 3))
    alone = dict(zip(texts, map(one.extract, texts), strict=True))
    for first in range(len(texts)):
        turned = texts[first:] + texts[:first]
        assert list(three.pipe(turned, batch_size=first + 1)) == [alone[text] for text in turned]


def test_processes_give_the_same_in_order(extractor):
    texts = [DISPATCH, SPORT, "", "زار محمد صلاح القاهرة."] * 3
    assert list(extractor.pipe(texts, batch_size=2, processes=2)) == [extractor.extract(t) for t in texts]


def test_pipe_streams_an_endless_iterator(extractor):
    taken = itertools.count()

    def endless():
        for _ in taken:
            yield SPORT

    first = list(itertools.islice(extractor.pipe(endless(), batch_size=4), 6))
    assert first == [extractor.extract(SPORT)] * 6
    assert next(taken) <= 8


def test_pipe_with_processes_reads_a_few_batches_ahead_and_no_more(extractor):
    taken = itertools.count()

    def endless():
        for _ in taken:
            yield SPORT

    results = extractor.pipe(endless(), batch_size=1, processes=2)
    assert next(results) == extractor.extract(SPORT)
    assert next(taken) <= 6
    results.close()


def test_many_threads_share_one_extractor(extractor):
    expected = {text: extractor.extract(text) for text in (DISPATCH, SPORT)}
    wrong = []

    def work(text):
        for _ in range(3):
            if extractor.extract(text) != expected[text]:
                wrong.append(text)

    threads = [threading.Thread(target=work, args=(text,)) for text in (DISPATCH, SPORT) * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_pickled_extractor_reads_the_same(extractor):
    again = pickle.loads(pickle.dumps(extractor))
    assert again.extract(DISPATCH) == extractor.extract(DISPATCH)


def test_one_thread_gives_what_two_give(extractor):
    assert Extractor.load(threads=1).extract(DISPATCH * 9) == extractor.extract(DISPATCH * 9)


def test_min_score_leaves_out_what_is_less_probable(extractor):
    article = extractor.extract(DISPATCH)
    tagged = extractor.tagger.tag_texts([TokenizedText(DISPATCH, article.tokens, article.sentences)])[0]
    scores = sorted(m.score for m in tagged.mentions)
    between = (scores[0] + scores[-1]) / 2
    assert scores[0] < between < scores[-1]
    for least in (0.0, between, 1.0):
        surely = {(m.start, m.end) for m in tagged.mentions if m.score >= least}
        read = {(m.start, m.end): m.score for m, _ in extractor.extract(DISPATCH, min_score=least).mentions()}
        assert len(surely - set(read)) <= len(surely) // 10, "hardly a mention of that score gets other bounds"
        assert all(score >= least for score in read.values())


def test_a_long_text_is_read_to_its_end(extractor):
    filler = "ولم ترد تفاصيل أخرى عن هذا الموضوع حتى الآن، وسط ترقب واسع لما ستسفر عنه الأيام المقبلة.\n"
    text = filler * 300 + DISPATCH + filler * 300
    article = extractor.extract(text)
    check(article, text)
    alone = extractor.extract(DISPATCH)
    at = len(filler) * 300
    wanted = {(e.label, m.start + at, m.end + at) for m, e in alone.mentions()}
    assert wanted == {(e.label, m.start, m.end) for m, e in article.mentions()}


@pytest.mark.parametrize(
    "text", ["", " \n\t\u200f\u00a0", "Only Latin here, by Reuters.", "😀👍🏽🇱🇾", "123 ... !!!", "\x00\x00", "\ud800"]
)
def test_texts_without_arabic_give_an_empty_article(extractor, text):
    article = extractor.extract(text)
    assert article.entities == ()
    assert article.roles == ()
    check(article, text)


@pytest.mark.parametrize(
    "text",
    [
        "زار \ud83d بيروت",
        "زار\x00بيروت",
        "ا" * 100_000,
        "ـ" * 1000 + "ا",
        "َ" * 1000 + "ب",
        "(" * 5000 + "لبنان",
        "لبنان" + "\u200f" * 5000,
    ],
    ids=["surrogate", "nul", "one long word", "tatweel", "marks", "brackets", "bidi"],
)
def test_odd_texts_are_read_without_harm(extractor, text):
    check(extractor.extract(text), text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"\xd9\x85", r"of type bytes, not str. Decode it first"),
        (None, r"of type NoneType, not str. Leave out"),
        (3, r"of type int, not str. Pass the article as a str"),
        (["نص"], r"of type list"),
    ],
)
def test_what_is_no_text_is_refused(extractor, text, message):
    with pytest.raises(InputError, match=message):
        extractor.extract(text)


def test_pipe_names_the_item_that_is_no_text(extractor):
    results = extractor.pipe([SPORT, SPORT, None], batch_size=2)
    assert next(results) == next(results)
    with pytest.raises(InputError, match="text 2 of the stream is of type NoneType"):
        next(results)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"batch_size": 0}, "batch_size is 0"),
        ({"processes": 1.5}, "processes is 1.5"),
        ({"min_score": 2}, "min_score is 2"),
        ({"min_score": "high"}, "min_score is 'high'"),
    ],
)
def test_pipe_refuses_wrong_settings_at_once(extractor, settings, message):
    with pytest.raises(InputError, match=message):
        extractor.pipe([SPORT], **settings)


def test_pipe_refuses_one_text(extractor):
    with pytest.raises(InputError, match=r"got one text; pass \[text\]"):
        extractor.pipe(SPORT)


def test_progress_without_tqdm_names_the_extra(extractor, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "tqdm.auto", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'arabic-news-ner\[progress\]'"):
        extractor.pipe([SPORT], progress=True)


def test_progress_shows_a_bar(extractor, capsys):
    assert len(list(extractor.pipe([SPORT] * 3, progress=True))) == 3
    assert "3/3" in capsys.readouterr().err


def test_threads_must_be_a_number():
    with pytest.raises(InputError, match="threads is 0"):
        Extractor.load(threads=0)


def test_an_unknown_model_is_refused():
    with pytest.raises(ModelError, match="no model pack 'huge'"):
        Extractor.load("huge")


def test_the_module_function_uses_the_built_in_model(extractor):
    assert ann.extract(SPORT) == extractor.extract(SPORT)
