"""Words to the model's pieces (SentencePiece unigram), each distinct word once."""

from __future__ import annotations

from collections.abc import Sequence

from tokenizers import Tokenizer

from arabic_news_ner.text.cache import LONGEST, BytesCache
from arabic_news_ner.text.characters import model_character

#: SentencePiece's mark of a word that follows a blank.
BLANK = "\u2581"

#: Bytes of the words that are kept with their pieces: some 200,000, the words of tens of thousands of articles.
CACHE_BYTES = 48 << 20
#: Bytes of an entry but for its letters and pieces: key, value and their places in the table, measured on CPython 3.11.
_ENTRY, _LETTER, _PIECE = 300, 2, 8


def model_form(word: str) -> str:
    """The characters of ``word`` as the model reads them: unified, without marks and invisible signs."""
    if word.isascii():
        return word
    return "".join(map(model_character, word))


class PieceEncoder:
    """Cached lookup ``(word, after a blank?) -> piece ids``.

    Safe to share between threads: the cache is only ever filled with equal values.
    """

    def __init__(self, tokenizer: Tokenizer, unknown_id: int) -> None:
        self._tokenizer = tokenizer
        self._unknown = (unknown_id,)
        self._cache: BytesCache[tuple[str, bool], tuple[int, ...]] = BytesCache(CACHE_BYTES)

    def encode(self, words: Sequence[str], after_blank: Sequence[bool]) -> list[tuple[int, ...]]:
        """The piece ids of each word, at least one a word (the unknown piece for a word of marks alone)."""
        keys = list(zip(words, after_blank, strict=True))
        get = self._cache.get
        found: dict[tuple[str, bool], tuple[int, ...]] = {}
        missing: list[tuple[str, bool]] = []
        for key in dict.fromkeys(keys):
            pieces = get(key, _size(key[0]))
            if pieces is None:
                missing.append(key)
            else:
                found[key] = pieces
        if missing:
            forms = [(BLANK if blank else "") + model_form(word) for word, blank in missing]
            encodings = self._tokenizer.encode_batch(forms, add_special_tokens=False)
            for key, encoding in zip(missing, encodings, strict=True):
                found[key] = tuple(encoding.ids) or self._unknown
                if len(key[0]) <= LONGEST:
                    self._cache.put(key, found[key], _size(key[0]))
        return [found[key] for key in keys]


def _size(word: str) -> int:
    """The bytes of a word with its pieces; it has at most as many pieces as letters."""
    return _ENTRY + (_LETTER + _PIECE) * len(word)
