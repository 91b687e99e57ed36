"""The knowledge base of the package, made from open data and from the tables under ``training/tables``."""
