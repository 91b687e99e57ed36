"""The hand-set numbers of mentions, coreference and subtypes, each with its reason."""

from __future__ import annotations

from typing import Final

# --- scores ---
#: The weight of a mention without a score: the middle of the scale.
UNSCORED: Final = 0.5
#: The probability of a name in Latin letters right after a trigger of an organization; the annotated news has 95 of 95.
LATIN_NAME_SCORE: Final = 0.98
#: The probability of an unambiguous name of the lexicon: lower than any sure mention of a tagger.
LISTED_NAME_SCORE: Final = 0.9
#: A mention with this score keeps its label after a trigger of another one. In 1,500 articles that no pack had seen a
#: trigger was right against a lower score 4 times of 10, before the other conditions of the rule.
SURE_LABEL: Final = 0.95
#: A form with a lower mean score is not searched elsewhere: it is probably not a name.
LEAST_SCORE_FOR_RESCAN: Final = 0.5
#: The lowest score of a further mention: the probability of the form times the probability of its label at that place.
#: On the development sets it keeps 18 right mentions and 14 wrong ones; copying every form gives 22 and 46.
LEAST_TOGETHER: Final = 0.28
#: The lowest probability of the label for a name of the caller's list that the tagger did not find: one word, several
#: words.
LEAST_CHANCE_OF_LISTED: Final = {1: 0.1, 2: 0.02}
#: A form keeps a second label with at least this many mentions of this mean score: الرياض the city, and the newspaper.
SURE_MENTIONS: Final = 2
SURE_SCORE: Final = 0.9

# --- lengths ---
#: The fewest letters that remain of a name when attached letters are cut off: ``قطر``.
SHORTEST_NAME: Final = 3
#: The fewest letters of a word with the definite article that can have attached letters: ``بالكويت``, not ``بالي``.
SHORTEST_WITH_ARTICLE: Final = 5
#: The fewest letters of a family name that is searched by itself.
SHORTEST_FAMILY_NAME: Final = 3
#: The most words by which a place or an organization is extended: ``أفريقيا جنوب الصحراء``, ``الدولة الإسلامية في
#: العراق والشام``.
LONGEST_CONTINUATION: Final = 3
#: The most words of a known name that a tagger missed at its end: ``مار بشارة`` before ``بطرس الراعي``.
LONGEST_REST_OF_NAME: Final = 2
#: The most words of a name in Latin letters.
LONGEST_LATIN_NAME: Final = 5
#: The most words of verb and subject before a place: ``وزار وزير الخارجية الفرنسي بكركي``.
LONGEST_SUBJECT: Final = 4
#: Names of letters have two letters: ``تي في``.
LONGEST_LETTER_NAME: Final = 2
#: The fewest words of a mention that is a town and a person: ``جونيه فيصل افرام``.
LEAST_WORDS_WITH_TOWN: Final = 3
#: The most characters between a name and its apposition: ``المعروف إعلاميا باسم``.
LONGEST_APPOSITION_GAP: Final = 40

# --- subtypes ---
#: The lowest score of a link that corrects the subtype of a place: on the development sets it was right 10 times of 11.
LEAST_LINK_SCORE: Final = 0.8
#: The weight of a trigger noun before a mention: as much as a mention with score 1.
WEIGHT_OF_TRIGGER: Final = 1.0
#: A noun votes if at least this share of the names after it have its subtype in the annotated news: ``محافظة`` (80 %),
#: not
#: ``منطقة`` (62 %), which also comes before cities.
LEAST_SUPPORT: Final = 0.8
#: The probability of an acronym or of a person's whole name that the tables know: in the annotated news both are right in
#: 99 cases of 100.
KNOWN_NAME_SCORE: Final = 0.98
#: The words of a person's name that the tables find where the tagger does not.
SHORTEST_KNOWN_NAME: Final = 3
LONGEST_KNOWN_NAME: Final = 5
