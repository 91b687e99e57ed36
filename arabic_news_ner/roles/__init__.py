"""Attach offices, ranks and professions to their holders.

In: the tagged role spans and the people of the text. Out: roles with holder, score, organization, place and status.
"""
