"""Coreference: which names of an article are one person, organization or place."""
