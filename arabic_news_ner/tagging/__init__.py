"""Taggers: from tokens to names and roles.

In: tokens of a text. Out: spans with labels, subtypes and scores, from an embedded pack or a model of another package.
"""
