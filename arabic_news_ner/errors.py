"""What can go wrong, each with its own kind. A message says what was wrong, what was seen and what to do."""

from __future__ import annotations


class ArabicNewsNerError(Exception):
    """The base of every error that the library raises on purpose."""


class InputError(ArabicNewsNerError, ValueError):
    """The text, the words or the record that the caller passed cannot be read."""


class ModelError(ArabicNewsNerError, RuntimeError):
    """A model pack is missing, damaged or of another protocol, or does not have what was asked of it."""


class MissingExtraError(ArabicNewsNerError, ImportError):
    """A feature needs a package that the core install leaves out."""

    def __init__(self, feature: str, package: str, extra: str) -> None:
        super().__init__(
            f"{feature} needs the package {package!r}, which is not installed. "
            f"Install it with: pip install 'arabic-news-ner[{extra}]'"
        )
