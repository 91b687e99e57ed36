"""Attach offices, ranks and professions to their holders."""
