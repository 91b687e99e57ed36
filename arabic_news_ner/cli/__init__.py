"""The command ``arabic-news-ner``."""

from arabic_news_ner.cli.main import main

__all__ = ["main"]
