"""Characters, tokens and sentences of Arabic text, aligned to the original."""

from arabic_news_ner.text.normalize import Normalized, normalize
from arabic_news_ner.text.sentences import sentences
from arabic_news_ner.text.tokenize import tokenize

__all__ = ["Normalized", "normalize", "sentences", "tokenize"]
