"""The work of the entity stage grows with the text: at most 2.2 times the calls for twice the text. No clock is needed."""

from __future__ import annotations

import itertools
import random
import sys

import pytest

import arabic_news_ner as ann
from arabic_news_ner.tagging.protocol import Tagged, TaggedMention, TaggedRole

LETTERS = "تثجحخدرزسشصضطعغقمن"
SIZES = (150, 300, 600)


def words():
    """Invented words of six consonants, no two of them alike."""
    dice = random.Random(0)
    seen = set()
    while True:
        word = "".join(dice.choices(LETTERS, k=6))
        if word not in seen:
            seen.add(word)
            yield word


class Marked:
    """A tagger that finds what :func:`text_of` marked."""

    name = "marked"
    schemes = ("news",)

    def __init__(self, mentions, roles):
        self._found = Tagged(
            tuple(TaggedMention(start, end, label, None, 0.9) for start, end, label in mentions),
            tuple(TaggedRole(start, end, "next", 0.9) for start, end in roles),
        )

    def tag_texts(self, texts):
        return [self._found for _ in texts]

    def tag_words(self, sentences, scheme):
        raise NotImplementedError


def text_of(sentences):
    """The text of sentences that are lists of parts: plain strings, (label, name) or ("ROLE", phrase)."""
    text, mentions, roles = "", [], []
    for sentence in sentences:
        for part in sentence:
            label, string = part if isinstance(part, tuple) else (None, part)
            if label == "ROLE":
                roles.append((len(text), len(text) + len(string)))
            elif label:
                mentions.append((len(text), len(text) + len(string), label))
            text += string
        text += "\n"
    return text, mentions, roles


def people(count, new):
    return [["قال ", ("PER", f"{next(new)} {next(new)}"), " شيئا."] for _ in range(count)]


def family_names(count, new):
    out = []
    for _ in range(count):
        family = next(new)
        out.append(["قال ", ("PER", f"{next(new)} {family}"), f" شيئا ثم ذهب {family} إلى بيته."])
    return out


def offices(count, new):
    return [["قال ", ("ROLE", "وزير الصحة"), " ", ("PER", f"{next(new)} {next(new)}"), " شيئا."] for _ in range(count)]


def offices_again(count, new):
    """Each second office stands away from names: the same office is looked for over the text."""
    near = [["قال ", ("ROLE", "وزير الصحة"), " ", ("PER", f"{next(new)} {next(new)}"), " شيئا."] for _ in range(count)]
    far = ["ثم عاد إلى القاعة بعد ساعة مع الوفد المرافق ", ("ROLE", "وزير الصحة"), " في هذه المرة."]
    return [sentence for one in near for sentence in (one, far)]


def broken_names(count, new):
    return [["قال ", ("PER", f"{next(new)}"), " ", ("PER", next(new)), " شيئا."] for _ in range(count)]


def one_sentence(count, new):
    return [["زار ", ("PER", "كريم الفاسي"), " مدينة ", ("LOC", "سبها"), "، وقال الفاسي: مرحبا."]] * count


def one_given_name(count, new):
    return [["قال ", ("PER", f"محمد {next(new)}"), " شيئا."] for _ in range(count)]


def one_head(count, new):
    return [["أعلنت ", ("ORG", f"وزارة {next(new)}"), " ذلك."] for _ in range(count)]


def towns(count, new):
    return [["وصل إلى ", ("LOC", f"مدينة {next(new)}"), " أمس."] for _ in range(count)]


def rulers(count, new):
    return [["قال ", ("ROLE", "الملك"), " ", ("PER", next(new)), " ذلك، ثم عاد الملك."] for _ in range(count)]


def calls(sentences):
    text, mentions, roles = text_of(sentences)
    ann.Extractor(Marked([(4, 15, "PER")], [])).extract("قال كريم الفاسي ذلك.")  # what is loaded once is not counted
    extractor = ann.Extractor(Marked(mentions, roles))
    count = 0

    def watch(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(watch)
    try:
        extractor.extract(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "kind",
    [people, family_names, offices, offices_again, broken_names, one_sentence, one_given_name, one_head, towns, rulers],
    ids=lambda kind: kind.__name__,
)
def test_twice_the_text_is_at_most_2_2_times_the_work(kind):
    counts = [calls(kind(size, words())) for size in SIZES]
    assert counts[0] > 5 * SIZES[0]
    assert [round(more / less, 2) for less, more in itertools.pairwise(counts) if more > 2.2 * less] == [], counts
