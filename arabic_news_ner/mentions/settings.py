"""The hand-set numbers of mentions, coreference and subtypes, each with its reason."""

from __future__ import annotations

from typing import Final

# --- scores ---
#: The weight of a mention whose tagger gives no scores: the middle of the scale.
UNSCORED: Final = 0.5
#: The probability of a name in Latin letters right after a trigger of an organization; the annotated news has 95 of 95.
LATIN_NAME_SCORE: Final = 0.98
#: The probability of a name that the lexicon knows as unmistakable: below every tagger's sure mention.
LISTED_NAME_SCORE: Final = 0.9
#: A form that its mentions make less likely than not is not looked for elsewhere.
LEAST_SCORE_FOR_RESCAN: Final = 0.5
#: The least product of the probability of a form in the article and of its label at a place where the tagger found nothing. On
#: the development sets it leaves 18 right mentions and 14 wrong ones; copying every form gives 22 and 46.
LEAST_TOGETHER: Final = 0.28
#: The least probability of the label at such a place for a name of the caller's list: of one word, of several.
LEAST_CHANCE_OF_LISTED: Final = {1: 0.1, 2: 0.02}
#: A second label of a form stays where it has so many mentions with this mean score: الرياض the city, and the newspaper.
SURE_MENTIONS: Final = 2
SURE_SCORE: Final = 0.9

# --- lengths ---
#: Letters that remain of a name when attached letters are cut off: ``قطر``.
SHORTEST_NAME: Final = 3
#: Letters of a word with its article that may have letters attached to it: ``بالكويت``, not ``بالي``.
SHORTEST_WITH_ARTICLE: Final = 5
#: Letters of a family name that is looked for by itself.
SHORTEST_FAMILY_NAME: Final = 3
#: Words by which a place or an organization may go on: ``أفريقيا جنوب الصحراء``, ``الدولة الإسلامية في العراق والشام``.
LONGEST_CONTINUATION: Final = 3
#: Words of a name in Latin letters.
LONGEST_LATIN_NAME: Final = 5
#: Names of letters have two letters: ``تي في``.
LONGEST_LETTER_NAME: Final = 2
#: Words of a mention that is a town and a person: ``جونيه فيصل افرام``.
LEAST_WORDS_WITH_TOWN: Final = 3
#: Characters between a name and its apposition: ``المعروف إعلاميا باسم``.
LONGEST_APPOSITION_GAP: Final = 40

# --- subtypes ---
#: A link to a place corrects a subtype where it is at least this sure: on the development sets it was right 10 times of 11.
LEAST_LINK_SCORE: Final = 0.8
#: What a trigger noun before a mention weighs against the score of one mention: as much as a sure one.
WEIGHT_OF_TRIGGER: Final = 1.0
#: A noun votes where at least this share of the names after it have its subtype in the annotated news: ``محافظة`` (80 %), not
#: ``منطقة`` (62 %), which stands before cities as well.
LEAST_SUPPORT: Final = 0.8
