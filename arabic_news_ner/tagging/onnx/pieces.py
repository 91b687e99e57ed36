"""Words to the model's pieces (SentencePiece unigram), each distinct word once."""

from __future__ import annotations

from collections.abc import Sequence

from tokenizers import Tokenizer

from arabic_news_ner.text.characters import model_character

#: SentencePiece's mark of a word that follows a blank.
BLANK = "\u2581"

#: Words kept with their pieces; a news archive of a million articles has about as many distinct words.
CACHE_SIZE = 400_000


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
        self._cache: dict[tuple[str, bool], tuple[int, ...]] = {}

    def encode(self, words: Sequence[str], after_blank: Sequence[bool]) -> list[tuple[int, ...]]:
        """The piece ids of each word, at least one a word (the unknown piece for a word of marks alone)."""
        keys = list(zip(words, after_blank, strict=True))
        missing = [key for key in dict.fromkeys(keys) if key not in self._cache]
        if missing:
            forms = [(BLANK if blank else "") + model_form(word) for word, blank in missing]
            encodings = self._tokenizer.encode_batch(forms, add_special_tokens=False)
            found = {
                key: tuple(encoding.ids) or self._unknown for key, encoding in zip(missing, encodings, strict=True)
            }
            if len(self._cache) + len(found) > CACHE_SIZE:
                self._cache = {}
                return self.encode(words, after_blank) if len(found) < CACHE_SIZE else [found[key] for key in keys]
            self._cache.update(found)
        cache = self._cache
        return [cache[key] for key in keys]
