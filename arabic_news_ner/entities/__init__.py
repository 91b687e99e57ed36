"""Mentions to entities: name forms, merging, propagation, roles, kinds, salience.

:func:`assemble` turns what a tagger found in one text into its entities; :func:`compatible` tells whether two forms may
name one person.
"""

from arabic_news_ner.entities.assemble import Assembled, assemble
from arabic_news_ner.entities.same_person import Match, Strength, compatible

__all__ = ["Assembled", "Match", "Strength", "assemble", "compatible"]
