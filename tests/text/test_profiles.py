"""Profiles named after other packages: golden cases by hand, the packages themselves, alignment to the original."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from arabic_news_ner import InputError, normalize
from arabic_news_ner.text.edits import Edited
from arabic_news_ner.text.profiles import PACKAGE_PROFILES, composition_clusters

DATA = Path(__file__).resolve().parent.parent / "data" / "text" / "hard_words.txt"
_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|U([0-9a-f]{8})|([nrt]))")


def read_hard_words() -> list[str]:
    lines = DATA.read_text(encoding="utf-8").splitlines()

    def character(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        return chr(int(code, 16)) if code else {"n": "\n", "r": "\r", "t": "\t"}[match[3]]

    return [_ESCAPE.sub(character, line) for line in lines if line and not line.startswith("## ")]


HARD_WORDS = read_hard_words()
PROFILES = sorted(PACKAGE_PROFILES)

#: Text, and what camel, pyarabic and arabert-like make of it; written by hand from the documentation of the packages.
GOLDEN = [
    ("مُحَمَّدٌ", "محمد", "محمد", "محمد"),
    ("العـــراق", "العـــراق", "العراق", "العراق"),
    ("أحمد إبراهيم آدم", "احمد ابراهيم ادم", "احمد ابراهيم ادم", "أحمد إبراهيم آدم"),
    ("ٱبن", "ابن", "ابن", "ٱ بن"),
    ("مسؤول رئيس", "مسؤول رئيس", "مسؤول رئيس", "مسؤول رئيس"),
    ("مصطفى", "مصطفي", "مصطفا", "مصطفى"),
    ("القاهرة", "القاهره", "القاهره", "القاهرة"),
    ("هٰذا", "هذا", "هذا", "ه ذا"),
    ("قال\u06da", "قال\u06da", "قال", "قال \u06da"),
    ("ا\u064e\u0654حمد", "احمد", "احمد", "ا \u0654 حمد"),
    ("ﻷن", "لان", "لان", "ن"),
    ("ﻼ", "لا", "ﻼ", ""),
    ("ﷲ", "الله", "ﷲ", ""),
    ("﷼", "ريال", "﷼", ""),
    ("﷽", "بسم الله الرحمن الرحيم", "﷽", ""),
    ("ﻣﺼﺮ", "مصر", "ﻣﺼﺮ", ""),
    ("مبارک", "مبارک", "مبارک", "مبار"),
    ("٢٠٢٤ ۲۰", "٢٠٢٤ ۲۰", "٢٠٢٤ ۲۰", "2024"),
    ("\u200fمصر", "\u200fمصر", "\u200fمصر", "مصر"),
    ("كوفيد١٩", "كوفيد١٩", "كوفيد١٩", "كوفيد 19"),
    ("ههههه!!!", "ههههه!!!", "ههههه!!!", "هه ! !"),
    ("مصر/لبنان", "مصر/لبنان", "مصر/لبنان", "مصر - لبنان"),
    ("فوز🎉 café", "فوز🎉 café", "فوز🎉 café", "فوز caf"),
    ("<b>نعم</b>", "<b>نعم</b>", "<b>نعم</b>", "نعم"),
    ("قال&nbsp;نعم", "قال&nbsp;نعم", "قال&nbsp;نعم", "قال نعم"),
    ("انظر www.x.com/ا", "انظر www.x.com/ا", "انظر www.x.com/ا", "انظر [رابط] ا"),
    ("@user #وسم", "@user #وسم", "@user #وسم", "[مستخدم] # وسم"),
    ("a@b.C", "a@b.C", "a@b.C", "[بريد]"),
    ("", "", "", ""),
    (" ", " ", " ", ""),
]

#: A piece of a text, the profile, what the piece becomes, and the part of the original that this stands for.
ALIGNED = [
    ("قال مُحَمَّدٌ نعم", "camel", "محمد", "مُحَمَّد"),
    ("عند ﷽ قال", "camel", "الله", "﷽"),
    ("في اﻷردن أمس", "camel", "الاردن", "اﻷردن"),
    ("ا\u064e\u0654حمد", "camel", "احمد", "ا\u064e\u0654حمد"),
    ("ﻣﺼْﺮ قال", "camel", "مصر", "ﻣﺼْﺮ"),
    ("في العـــراق أمس", "pyarabic", "العراق", "العـــراق"),
    ("في ﻷُمَّــةٍ هنا", "pyarabic", "لامه", "ﻷُمَّــة"),
    ("قلنا:نعم", "arabert-like", "قلنا", "قلنا"),
    ("قلنا:نعم", "arabert-like", ":", ":"),
    ("قلنا: نعم", "arabert-like", "نعم", "نعم"),
    ("قلنا: نعم", "arabert-like", " نعم", " نعم"),
    ("عام ٢٠٢٤م هنا", "arabert-like", "2024", "٢٠٢٤"),
    ("عام ٢٠٢٤م هنا", "arabert-like", "م هنا", "م هنا"),
    ("انظر https://example.com/a الآن", "arabert-like", "[رابط]", "https://example.com/a"),
    ("قال @user نعم", "arabert-like", "[مستخدم]", "@user"),
    ("قال &quot;نعم&quot;", "arabert-like", '" نعم "', "&quot;نعم&quot;"),
    ("<b>محمد</b> صلاح", "arabert-like", "محمد صلاح", "محمد</b> صلاح"),
    ("جمييييل جدا", "arabert-like", "جمييل", "جمييييل"),
]

_WEB = st.one_of(
    st.sampled_from(["http", "https", "://", "www", "www.", ".com", ".c", "x@y.org", "x@Y.ORG", "@user"]),
    st.sampled_from(["&amp;", "&amp", "&#1605;", "&lt;", "&notit;", "&#", "<br />", "</b>", "<", ">", "ههه", "!!!"]),
    st.sampled_from("@-_/?=%&#. م ف57٣[]aBé…،؟😀\ufe0f\u0640\u0651\n"),
)
_ARABIC = st.one_of(
    st.characters(min_codepoint=0x0600, max_codepoint=0x06FF),
    st.characters(min_codepoint=0x0750, max_codepoint=0x077F),
    st.characters(min_codepoint=0x08A0, max_codepoint=0x08FF),
    st.characters(min_codepoint=0xFB50, max_codepoint=0xFDFF),
    st.characters(min_codepoint=0xFE70, max_codepoint=0xFEFF),
    st.sampled_from("ابتةىيأإآٱؤئءلهوـ\u064b\u064e\u0651\u0652\u0653\u0654\u0655\u0670 "),
)
_SEVERAL_SCRIPTS = st.sampled_from("\u1100\u1161\u11a8가\u09c7\u09be\u0f71\u0f72か\u3099é\u0301\u0327\u0344ﬁ")
texts = st.lists(st.one_of(_ARABIC, _WEB, _SEVERAL_SCRIPTS, st.characters()), max_size=30).map("".join)


@pytest.fixture(scope="session")
def camel_tools() -> Callable[[str], str]:
    dediac = pytest.importorskip("camel_tools.utils.dediac")
    forms = pytest.importorskip("camel_tools.utils.normalize")

    def reference(text: str) -> str:
        text = dediac.dediac_ar(forms.normalize_unicode(text))
        return forms.normalize_teh_marbuta_ar(forms.normalize_alef_maksura_ar(forms.normalize_alef_ar(text)))

    return reference


@pytest.fixture(scope="session")
def araby() -> Callable[[str], str]:
    package = pytest.importorskip("pyarabic.araby")

    def reference(text: str) -> str:
        text = package.normalize_ligature(package.strip_tatweel(package.strip_diacritics(text)))
        return package.normalize_teh(package.normalize_alef(text))

    return reference


@pytest.fixture(scope="session")
def arabert() -> Callable[[str], str]:
    package = pytest.importorskip("arabert.preprocess")
    return package.ArabertPreprocessor("bert-base-arabertv02").preprocess


def differences(profile: str, reference: Callable[[str], str]) -> dict[str, tuple[str, str]]:
    pairs = {text: (normalize(text, profile=profile).text, reference(text)) for text in HARD_WORDS}
    return {text: pair for text, pair in pairs.items() if pair[0] != pair[1]}


def test_the_hard_words_are_many_and_each_stands_once():
    assert len(HARD_WORDS) >= 500
    assert len(set(HARD_WORDS)) == len(HARD_WORDS)


@pytest.mark.parametrize(("text", "camel", "pyarabic", "arabert_like"), GOLDEN)
def test_golden(text, camel, pyarabic, arabert_like):
    assert normalize(text, profile="camel").text == camel
    assert normalize(text, profile="pyarabic").text == pyarabic
    assert normalize(text, profile="arabert-like").text == arabert_like


@pytest.mark.camel
def test_hard_words_as_camel_tools(camel_tools):
    assert differences("camel", camel_tools) == {}


@pytest.mark.pyarabic
def test_hard_words_as_pyarabic(araby):
    assert differences("pyarabic", araby) == {}


@pytest.mark.pyarabic
def test_hard_words_as_arabert(arabert):
    assert differences("arabert-like", arabert) == {}


@pytest.mark.camel
@given(text=texts)
def test_any_text_as_camel_tools(camel_tools, text):
    assert normalize(text, profile="camel").text == camel_tools(text)


@pytest.mark.pyarabic
@given(text=texts)
def test_any_text_as_pyarabic(araby, text):
    assert normalize(text, profile="pyarabic").text == araby(text)


@pytest.mark.pyarabic
@given(text=texts)
def test_any_text_as_arabert(arabert, text):
    assert normalize(text, profile="arabert-like").text == arabert(text)


@pytest.mark.camel
@pytest.mark.pyarabic
def test_every_character_of_unicode(camel_tools, araby):
    for page in range(0, 0x110000, 0x100):
        characters = [chr(code) for code in range(page, page + 0x100)]
        for text in ("".join(characters), "ل".join(characters), " ".join(characters)):
            assert normalize(text, profile="camel").text == camel_tools(text)
            assert normalize(text, profile="pyarabic").text == araby(text)


@pytest.mark.pyarabic
def test_every_character_of_the_first_planes_as_arabert(arabert):
    for page in range(0, 0x20000, 0x100):
        text = " ".join(chr(code) for code in range(page, page + 0x100))
        assert normalize(text, profile="arabert-like").text == arabert(text)


@pytest.mark.parametrize(("text", "profile", "piece", "original"), ALIGNED)
def test_a_piece_is_found_where_it_stands(text, profile, piece, original):
    n = normalize(text, profile=profile)
    assert n.text.count(piece) == 1
    at = n.text.index(piece)
    start, end = n.to_original(at, at + len(piece))
    assert text[start:end] == original
    first, last = n.from_original(start, end)
    assert first <= at
    assert at + len(piece) <= last


def check_alignment(text: str, profile: str) -> None:
    n = normalize(text, profile=profile)
    assert n.original == text
    assert len(n.starts) == len(n.ends) == len(n.text)
    ranges = list(zip(n.starts, n.ends, strict=True))
    assert all(0 <= start < end <= len(text) for start, end in ranges)
    assert all(a <= c and b <= d for (a, b), (c, d) in itertools.pairwise(ranges))


@pytest.mark.parametrize("profile", PROFILES)
def test_the_alignment_of_hard_words_is_ordered_and_lies_in_the_original(profile):
    for text in HARD_WORDS:
        check_alignment(text, profile)


@given(texts, st.sampled_from(PROFILES))
def test_the_alignment_of_any_text_is_ordered_and_lies_in_the_original(text, profile):
    check_alignment(text, profile)


@given(texts, st.sampled_from(["camel", "pyarabic"]))
@example("عند ﷽َ قال", "camel")
def test_each_character_comes_from_its_range(text, profile):
    n = normalize(text, profile=profile)
    for character, start, end in zip(n.text, n.starts, n.ends, strict=True):
        assert character in normalize(text[start:end], profile=profile).text


@pytest.mark.parametrize("text", HARD_WORDS[:200:7])
def test_words_of_arabert_keep_their_letters(text):
    n = normalize(text, profile="arabert-like")
    for letter, start, end in zip(n.text, n.starts, n.ends, strict=True):
        if "ء" <= letter <= "ي":
            assert text[start:end] == letter


@given(texts)
@example("\u1100\u1161\u11a8\u1161")
@example("ا\u064e\u0654\u0653ب\u0651\u064e")
@example("\u09c7\u09be\u09c7\u09d7")
def test_clusters_compose_each_for_itself(text):
    clusters = [text[start:end] for start, end in composition_clusters(text)]
    assert "".join(clusters) == text
    assert "".join(unicodedata.normalize("NFKC", c) for c in clusters) == unicodedata.normalize("NFKC", text)


def test_clusters_are_short():
    assert list(composition_clusters("مُحمد")) == [(0, 2), (2, 3), (3, 4), (4, 5)]


def test_edits_keep_the_ranges_of_what_stands():
    edited = Edited.of("قال ﻻَ نعم").edit([(4, 6, "لاَ"), (7, 10, "")])
    assert edited == Edited("قال لاَ ", (0, 1, 2, 3, 4, 4, 5, 6), (1, 2, 3, 4, 5, 5, 6, 7))
    twice = edited.map({"ا": "", "ق": "ك"}).replace(re.compile("ل ل"), "س")
    assert twice == Edited("كسَ ", (0, 2, 5, 6), (1, 5, 6, 7))


def test_what_is_added_comes_from_what_it_was_added_to():
    assert Edited.of("ab").edit([(0, 1, " a"), (1, 2, "b ")]) == Edited(" ab ", (0, 0, 1, 1), (1, 1, 2, 2))


@pytest.mark.parametrize("piece", ["<", "<>", "a", "a.", "a@", "@", "&", "&a", "5م", "http", "http://", "www.", "-@-."])
def test_hostile_text_takes_no_longer_than_its_length(piece):
    text = piece * (200_000 // len(piece))
    n = normalize(text, profile="arabert-like")
    assert len(n.starts) == len(n.text)


def test_an_unknown_profile_lists_the_known():
    with pytest.raises(InputError, match="there are news, search, none, camel, pyarabic, arabert-like"):
        normalize("نص", profile="farasa")


@pytest.mark.parametrize("profile", PROFILES)
def test_what_is_no_text_is_refused(profile):
    with pytest.raises(InputError, match="of type NoneType"):
        normalize(None, profile=profile)
