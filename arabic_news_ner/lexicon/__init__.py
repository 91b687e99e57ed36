"""The words of the rules, from ``data/lexicon/*.tsv``.

In: tables in normal spelling, one word a row. Out: a :class:`Lexicon` of folded words; its lookups ignore attached
letters.
"""

from arabic_news_ner.lexicon.lexicon import Alias, HeadNoun, Lexicon, Use, Words

__all__ = ["Alias", "HeadNoun", "Lexicon", "Use", "Words"]
