"""Mentions to entities: which names are one person, organization or place."""
