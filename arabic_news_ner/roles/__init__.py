"""Offices, ranks and professions to the people who hold them."""
