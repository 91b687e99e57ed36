"""Coreference: which names of an article are one person, organization or place.

In: mentions with their labels. Out: clusters of forms, each with its canonical name and the reason for each merge.
"""
