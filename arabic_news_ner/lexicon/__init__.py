"""The words that the rules know, from ``data/lexicon/*.tsv``.

In: tables in normal spelling, one row a word. Out: a :class:`Lexicon`, folded, whose lookups see through attached letters.
"""

from arabic_news_ner.lexicon.lexicon import Alias, HeadNoun, Lexicon, Use, Words

__all__ = ["Alias", "HeadNoun", "Lexicon", "Use", "Words"]
