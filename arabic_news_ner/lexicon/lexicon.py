"""The lexicon: the words of the rules as one value. Every stage gets it as a parameter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast, get_args

from arabic_news_ner.errors import ModelError
from arabic_news_ner.lexicon.tables import FOLDER, read_manifest, read_table
from arabic_news_ner.text.clitics import Reading, reading_among
from arabic_news_ner.text.words import fold, split_words
from arabic_news_ner.types import SUBTYPES, Label

#: The uses of a word. The first lines of each file in ``data/lexicon`` explain its uses.
Use = Literal[
    "title", "ruler", "in_place_name", "between_office_and_name", "rank_after_office", "rank_if_qualified",
    "qualifies_rank", "honours_office",
    "leads_to_office", "unique_office", "office_noun", "office_of_another", "heads_a_field",
    "qualifies_office", "deputy", "counterpart", "met",
    "former", "acting", "elect", "late", "superior", "seat", "elected_head",
    "names_a_thing", "country_or_adjective", "epithet", "contrast", "language", "common_place", "called_country",
    "takes_adjective", "relative", "goes_to", "before_place", "meets", "says",
    "kunya", "mother", "son", "house", "servant", "second_half", "number", "begins_name", "never_last", "given_name",
    "begins_family_name", "ends_family_name", "begins_given_name", "everyday_word", "own_letter", "takes_article",
    "tells_subtype", "never_alone", "not_rescanned", "too_common", "makes_unit", "optional_in_office", "belongs_to_organization",
]  # fmt: skip
#: The files of words with uses. Head nouns, aliases and synonyms have columns of their own.
WORD_FILES = (
    "titles.tsv", "office_words.tsv", "context_words.tsv", "name_parts.tsv", "ambiguous_names.tsv", "first_letters.tsv",
    "given_names.tsv",
)  # fmt: skip

#: The fewest words of a name that always means one entity: ``الدولة الإسلامية في العراق والشام``.
_UNMISTAKABLE = 4


class Words(frozenset[str]):
    """Folded words. ``in`` looks a word up as it is; :meth:`reading` also without attached letters."""

    __slots__ = ()

    def reading(self, word: str) -> Reading | None:
        """The reading of a folded word as one of these words, as it is or after attached letters: ``وبمطار`` as
        ``مطار``."""
        return reading_among(word, self)

    def stem(self, word: str) -> str | None:
        """The word of this set that a folded word has, as it is or after attached letters."""
        reading = reading_among(word, self)
        return None if reading is None else reading.stem


@dataclass(frozen=True, slots=True)
class HeadNoun:
    """A noun before names of a label or at their start: a row of ``head_nouns.tsv``.

    :param word: folded. :param lookup: the subtypes for a lookup of the name without the noun; empty for no lookup,
        ``("any",)`` for all.
    """

    word: str
    label: Label
    subtype: str | None
    is_trigger: Literal["label", "subtype", "no"]
    is_part_of_name: bool
    may_be_dropped: Literal["yes", "same_subtype", "no"]
    lookup: tuple[str, ...]
    group: str | None
    uses: frozenset[Use]
    #: Of ``before[1]`` names of the label right after the noun, ``before[0]`` have the subtype, in the annotated news.
    before: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Alias:
    """One of several names of an entity: the number of its row, and whether it is a nickname."""

    row: int
    is_nickname: bool


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The words of the rules. Nothing in it changes; one object serves all threads.

    A lexicon is equal only to itself, so a cache can use it as a key.
    """

    #: Label -> folded noun -> row.
    head_nouns: Mapping[Label, Mapping[str, HeadNoun]]
    words: Mapping[Use, Words]
    #: (label, folded words) -> row; a name in two rows keeps the first.
    aliases: Mapping[tuple[Label, tuple[str, ...]], Alias]
    #: Folded word -> its synonym for comparing names.
    synonyms: Mapping[str, str]
    #: (label, folded words) of organizations and places that are names wherever they stand.
    unambiguous_names: frozenset[tuple[Label, tuple[str, ...]]] = frozenset()
    #: Nouns that give the name after them their label and subtype.
    triggers: Mapping[str, HeadNoun] = field(init=False)
    #: Nouns that belong to the name of the place or person after them.
    parts_of_names: Mapping[str, HeadNoun] = field(init=False)
    #: First word -> the unambiguous names: aliases of people, those of at least four words, and
    #: :attr:`unambiguous_names`.
    unmistakable: Mapping[str, Sequence[tuple[Label, tuple[str, ...]]]] = field(init=False)

    def __post_init__(self) -> None:
        nouns = [noun for rows in self.head_nouns.values() for noun in rows.values()]
        object.__setattr__(self, "triggers", _unique(n for n in nouns if n.is_trigger == "label"))
        object.__setattr__(self, "parts_of_names", _unique(n for n in nouns if n.is_part_of_name))
        unmistakable: dict[str, list[tuple[Label, tuple[str, ...]]]] = {}
        aliases = (name for name in self.aliases if name[0] == "PER" or len(name[1]) >= _UNMISTAKABLE)
        for label, words in dict.fromkeys((*aliases, *sorted(self.unambiguous_names))):
            unmistakable.setdefault(words[0], []).append((label, words))
        object.__setattr__(self, "unmistakable", unmistakable)

    @classmethod
    def load(cls) -> Lexicon:
        """The lexicon of the package, read once.

        :raises ModelError: if a file is missing, damaged or holds a value that the header does not allow.
        """
        return _load()

    @classmethod
    def read(cls, folder: Path) -> Lexicon:
        """The lexicon in a folder of tables with a manifest. :raises ModelError: as :meth:`load`."""
        manifest = read_manifest(folder)
        rows = {name: read_table(folder, name, manifest) for name in manifest.content["files"]}
        nouns: dict[Label, dict[str, HeadNoun]] = {"ORG": {}, "LOC": {}}
        uses: dict[Use, set[str]] = {use: set() for use in get_args(Use)}
        for row in rows["head_nouns.tsv"]:
            noun = _head_noun(row)
            if noun.word in nouns[noun.label]:
                raise ModelError(f"head_nouns.tsv has two rows of {row['word']!r} as {noun.label}; keep one")
            nouns[noun.label][noun.word] = noun
            for use in noun.uses:
                uses[use].add(noun.word)
        for name in WORD_FILES:
            for row in rows[name]:
                word = fold(row["word"])
                for use in _uses(row, name):
                    uses[use].add(word)
        aliases: dict[tuple[Label, tuple[str, ...]], Alias] = {}
        for number, row in enumerate(rows["aliases.tsv"]):
            for column in ("names", "nicknames"):
                for alias in filter(None, row[column].split("|")):
                    key = (cast("Label", row["label"]), split_words(alias))
                    aliases.setdefault(key, Alias(number, column == "nicknames"))
        synonyms = {split_words(row["word"])[0]: row["read_as"] for row in rows["synonyms.tsv"]}
        unambiguous = frozenset(
            (cast("Label", row["label"]), split_words(row["name"])) for row in rows["unambiguous_names.tsv"]
        )
        return cls(nouns, {use: Words(words) for use, words in uses.items()}, aliases, synonyms, unambiguous)

    def __getitem__(self, use: Use) -> Words:
        """The words of a use: ``lexicon["title"]``."""
        return self.words[use]

    def head_noun(self, label: Label, word: str) -> HeadNoun | None:
        """The head noun of a label for a folded word, as it is or after attached letters."""
        rows = self.head_nouns.get(label, {})
        reading = reading_among(word, rows)
        return None if reading is None else rows[reading.stem]

    def may_be_dropped(self, label: Label, word: str, *, same_subtype: bool = False) -> bool:
        """Can a name of this label be used without this first word? ``same_subtype``: the subtypes of the two forms
        agree."""
        noun = self.head_nouns[label].get(word)
        return noun is not None and noun.may_be_dropped in (("yes", "same_subtype") if same_subtype else ("yes",))


@lru_cache(maxsize=1)
def _load() -> Lexicon:
    return Lexicon.read(FOLDER)


def _unique(nouns: Iterable[HeadNoun]) -> dict[str, HeadNoun]:
    out: dict[str, HeadNoun] = {}
    for noun in nouns:
        if noun.word in out:
            raise ModelError(f"head_nouns.tsv: {noun.word!r} would give a name two labels; say no in one of the rows")
        out[noun.word] = noun
    return out


def _uses(row: Mapping[str, str], name: str) -> frozenset[Use]:
    try:
        return _use_set(row["uses"])
    except ValueError as error:
        raise ModelError(f"{name}: {row['word']!r} has the unknown use {error}; known are {get_args(Use)}") from None


@lru_cache(maxsize=256)
def _use_set(cell: str) -> frozenset[Use]:
    uses = frozenset(filter(None, cell.split(",")))
    unknown = uses - frozenset(get_args(Use))
    if unknown:
        raise ValueError(repr(min(unknown)))
    return cast("frozenset[Use]", uses)


def _head_noun(row: Mapping[str, str]) -> HeadNoun:
    subtype = row["subtype"] or None
    allowed = {
        "label": ("ORG", "LOC"),
        "subtype": ("", *SUBTYPES.get(row["label"], ())),
        "is_trigger": ("label", "subtype", "no"),
        "is_part_of_name": ("yes", "no"),
        "may_be_dropped": ("yes", "same_subtype", "no"),
    }
    for column, values in allowed.items():
        if row[column] not in values:
            raise ModelError(f"head_nouns.tsv: {column} of {row['word']!r} is {row[column]!r}; it takes {values}")
    if subtype is None and (row["is_trigger"] != "no" or row["is_part_of_name"] == "yes"):
        raise ModelError(f"head_nouns.tsv: {row['word']!r} tells what a name is and has no subtype; give one")
    return HeadNoun(
        word=split_words(row["word"])[0],
        label=cast("Label", row["label"]),
        subtype=subtype,
        is_trigger=cast("Literal['label', 'subtype', 'no']", row["is_trigger"]),
        is_part_of_name=row["is_part_of_name"] == "yes",
        may_be_dropped=cast("Literal['yes', 'same_subtype', 'no']", row["may_be_dropped"]),
        lookup=tuple(filter(None, row["lookup"].split(","))),
        group=row["group"] or None,
        uses=_uses(row, "head_nouns.tsv"),
        before=_support(row, "before"),
    )


def _support(row: Mapping[str, str], column: str) -> tuple[int, int]:
    n, _, m = (row[column] or "0/0").partition("/")
    if not (n.isdecimal() and m.isdecimal()):
        raise ModelError(f"{column} of {row['word']!r} is {row[column]!r}; it takes n/m")
    return int(n), int(m)
