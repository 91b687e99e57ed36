"""Every hand-set number of the page reader, with its reason. Counts are of lines or words, shares are of words.

Where a reason says *pages*, the number was set on the 97 pages of ``tests/page/pages``; none was set on ``held_out``.
"""

from __future__ import annotations

from typing import Final

# Lines
#: The words of 98 % of the headlines of 8,000 news articles; more read as a sentence.
USUAL_HEADLINE_WORDS: Final = 18
#: No headline of those 8,000 has more words.
MOST_HEADLINE_WORDS: Final = 24
#: A question of so many words is a sentence; a shorter one may be a headline.
LONG_QUESTION: Final = 14
#: A line that goes on from the one before (``وأضاف``) is a sentence from so many words on.
GOES_ON_WORDS: Final = 7
#: Characters of a line up to which it may be a headline that is repeated.
LONGEST_HEADLINE: Final = 400
#: Longer lines hold no author, outlet or dateline alone (characters).
LONGEST_FIELD: Final = 120
#: No line of boilerplate is longer (characters).
LONGEST_RULED: Final = 700
#: Words beside the date of a line that is there for its date.
MOST_BESIDE_DATE: Final = 6
#: ... where no rule knows the words beside it (``صدر في عدن بتاريخ 20 أبريل 2025م الموافق ...`` is of the story).
MOST_BESIDE_LONE_DATE: Final = 4
#: Words without an Arabic letter that make a line text of another language.
FOREIGN_WORDS: Final = 4
#: An outlet's name has no more words.
MOST_OUTLET_WORDS: Final = 6

# Lines near a line
#: How far above a byline its headline may stand, and how far below it the first sentence.
NEAR_BYLINE: Final = 5
#: Lines below a line in which its first sentence is looked for.
NEAR_SENTENCE: Final = 12
#: Lines above the first sentence that may be decks.
MOST_DECKS: Final = 2
#: Words of a subhead, which is shorter than a link.
SUBHEAD_WORDS: Final = 3
#: Words of the name of a section.
SECTION_WORDS: Final = 3
#: Words of a row of tags or a link after the story.
LONGEST_TAGS: Final = 10
#: Words that a story without a full sentence has at least.
SHORTEST_STORY: Final = 8
#: Lines without a label that still belong to the label of keywords above them.
MOST_KEYWORD_LINES: Final = 12

# Lists of headlines
#: So many headlines below each other are a list; the fewest words on average, the most of one (verses have fewer).
LIST_LINES: Final = 4
LIST_FEWEST_WORDS: Final = 5
LIST_MOST_WORDS: Final = 15
#: Lines of a story of a bulletin, with its headline.
BULLETIN_STORY_LINES: Final = 3

# Shares of a headline's longer words that a sentence has (``lookahead.headline_overlap``)
#: A bulletin's sentences tell so much of their headlines, on average (pages 41 and 57: 0.6 and more).
OVERLAP_BULLETIN: Final = 0.5
#: The first sentence shares at least this much with its headline, if it shares too little with another line above.
OVERLAP_HEADLINE: Final = 0.5
#: ... and at most this much with a line that is not its headline.
NO_OVERLAP: Final = 0.2
#: The headline below the name of a section.
OVERLAP_BELOW_SECTION: Final = 0.4
#: A waiting link whose story begins below it.
OVERLAP_WAITING: Final = 0.4
#: A link below which another story begins without a label, where the sentence does not tell of the article's own headline.
OVERLAP_ANOTHER: Final = 0.6
OVERLAP_NOT_OWN: Final = 0.34
#: A line under a label of links that still tells of the article.
OVERLAP_GOES_ON: Final = 0.15
#: Characters of a sentence that are compared with a headline.
OVERLAP_WITHIN: Final = 600

# Seams
#: Characters at the start of a line in which a headline may stand twice, and the fewest of it.
DOUBLED_WITHIN: Final = 500
SHORTEST_DOUBLED: Final = 18
#: Characters after a label in which its date is looked for.
DATE_WITHIN: Final = 70

# HTML
#: Characters of a page that are looked at to tell HTML from text.
HTML_HEAD: Final = 20_000
#: Characters of running text that make an element the story's; a brief has some 200.
HTML_LEAST_STORY: Final = 160
#: ... of an element that the markup names as the story's.
HTML_LEAST_NAMED: Final = 60
#: Blocks and elements of a page up to which trafilatura reads it: the time of the extractors that it compares (2.3, with jusText
#: 3.0) grows with their square.
HTML_MOST_BLOCKS: Final = 3_000
HTML_MOST_ELEMENTS: Final = 10_000
#: A tree that holds less than this share of the page's letters has lost some (too deeply nested).
HTML_SHARE_OF_STORY: Final = 0.5
#: Two headlines are one if they share so many words of the shorter.
HTML_SAME_WORDS: Final = 0.6
#: Elements after the headline that are looked at for byline and date.
HTML_ELEMENTS_BESIDE: Final = 40
#: Words of an author's name.
MOST_AUTHOR_WORDS: Final = 6

# The line model
#: So sure the line model must be that a line is none of a story that the rules count to it, and the other way round.
SURE_NO_BODY: Final = 0.9
SURE_BODY: Final = 0.98
#: Where the model leaves less than half of the lines of a story and fewer sentences than this, the page is a poem or a list.
FEWEST_SENTENCES: Final = 2
