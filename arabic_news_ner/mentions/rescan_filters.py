"""Filters of the rescan: places where a form is not a name, although it is one elsewhere in the article.

Only forms of one word are in doubt, and quotes inside longer forms. :data:`VETOES` at the end of this file lists the rules.
Each looks at the words around the form. On the annotated training articles the rules are asked about 1 of 100 occurrences.
"""

from __future__ import annotations

from arabic_news_ner.lexicon import Lexicon
from arabic_news_ner.mentions.spans import MentionSpan
from arabic_news_ner.mentions.words import WordIndex


def is_plausible_mention(index: WordIndex, hit: MentionSpan, lexicon: Lexicon) -> bool:
    """Can the form be a name at this place? Yes, unless a rule forbids it."""
    return not any(veto(index, hit, lexicon) for veto in VETOES)


def unmatched_quotes(index: WordIndex, hit: MentionSpan, lexicon: Lexicon) -> bool:
    """``جماعة "الإخوان``: more quotes open in the form than close in it, or fewer."""
    written = index.text[hit.start : hit.end]
    plain = sum(written.count(c) for c in '"„‟')
    return bool(
        hit.last - hit.first > 1
        and (plain % 2 or written.count("«") != written.count("»") or written.count("“") != written.count("”"))
    )


def preposition(index: WordIndex, hit: MentionSpan, lexicon: Lexicon) -> bool:
    """``على`` where ``علي`` is a name: ى and ي fold to one letter, but the two words differ."""
    written = index.text[hit.start : hit.end]
    return _single(hit) and written.endswith("ى") and hit.form.surface.endswith("ي") and len(written) <= 3


def in_hashtag(index: WordIndex, hit: MentionSpan, lexicon: Lexicon) -> bool:
    """``#هيكل_يهاجم``: a word of a hashtag or of an account's name."""
    around = index.text[max(0, hit.start - 1) : hit.start] + index.text[hit.end : hit.end + 1]
    return _single(hit) and any(c in "#_@" for c in around)


def common_with_prefix(index: WordIndex, hit: MentionSpan, lexicon: Lexicon) -> bool:
    """``كريم`` is not ``ك`` + ``ريم``: ك and ف are cut only before four letters or the definite article, و ب ل before
    three."""
    word = hit.form.words[0]
    if not _single(hit) or hit.start == index.starts[hit.first] or word.startswith("ال"):
        return False
    letters = index.folded[hit.first][:1]
    return len(word) < (4 if letters in "كف" else 3)


def accusative_adjective(index: WordIndex, hit: MentionSpan, lexicon: Lexicon) -> bool:
    """``لاجئاً سورياً``: with the sign of the accusative the name of a country is an adjective."""
    written = index.text[hit.end - 2 : hit.end]
    return _single(hit) and hit.label == "LOC" and "\u064b" in written and "\u064b" not in hit.form.surface


def adjective_of_country(index: WordIndex, hit: MentionSpan, lexicon: Lexicon) -> bool:
    """``العاصمة السعودية``, ``الحدود السورية``: the adjective, after a noun with the article; not ``في السعودية``."""
    if not _single(hit) or hit.label != "LOC" or hit.start > index.starts[hit.first]:
        return False
    before = _before(index, hit)
    definite = before.startswith(("ال", "لل", "بال", "وال", "كال", "فال")) and len(before) > 4
    return definite and hit.form.words[0] in lexicon["country_or_adjective"]


def field_of_office(index: WordIndex, hit: MentionSpan, lexicon: Lexicon) -> bool:
    """``وزير الصحة`` where ``الصحة`` is the ministry's short name elsewhere."""
    if not _single(hit) or hit.label != "ORG" or not hit.form.words[0].startswith("ال"):
        return False
    return lexicon["heads_a_field"].stem(_before(index, hit)) is not None


def named_after(index: WordIndex, hit: MentionSpan, lexicon: Lexicon) -> bool:
    """``كأس الملك فهد``, ``لقاح فايزر``: an event or a thing that is named after a person or a place."""
    if not _single(hit):
        return False
    before = _before(index, hit)
    if before in lexicon["title"] and hit.first > 1:
        before = index.folded[hit.first - 2]
    return lexicon["names_a_thing"].stem(before) is not None


def _single(hit: MentionSpan) -> bool:
    return hit.last - hit.first == 1


def _before(index: WordIndex, hit: MentionSpan) -> str:
    """The word right before the form, empty if something is between."""
    return index.folded[hit.first - 1] if hit.first and index.joined[hit.first] else ""


VETOES = (
    unmatched_quotes,
    preposition,
    in_hashtag,
    common_with_prefix,
    accusative_adjective,
    adjective_of_country,
    field_of_office,
    named_after,
)
