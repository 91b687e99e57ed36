"""The errors of the library. A message says what was wrong, which value was seen, and the remedy.

Every error can be pickled, so it passes unchanged from a worker process to its parent.
"""

from __future__ import annotations

import importlib.util


class ArabicNewsNerError(Exception):
    """The base of every error that the library raises on purpose."""


class InputError(ArabicNewsNerError, ValueError):
    """The text, the words or the record that the caller passed cannot be read."""


class ModelError(ArabicNewsNerError, RuntimeError):
    """A model pack is missing, damaged or of another protocol, or does not have what was asked of it."""


class WorkerError(ArabicNewsNerError, RuntimeError):
    """A worker process ended while it read a text, twice; or none could be started."""


class ArchiveError(ArabicNewsNerError, RuntimeError):
    """The file of an index is damaged, locked or read-only, or its disk is full."""


class MissingExtraError(ArabicNewsNerError, ImportError):
    """A feature needs a package that the core install leaves out, or that is installed and cannot be imported."""

    def __init__(self, feature: str, package: str, extra: str, reason: str | None = None) -> None:
        """:param reason: what went wrong inside a package that is installed; see :meth:`because`."""
        super().__init__(feature, package, extra, reason)
        self.feature = feature
        self.package = package
        self.extra = extra
        self.reason = reason

    @classmethod
    def because(cls, error: ImportError, feature: str, package: str, extra: str) -> MissingExtraError:
        """The error for a package whose import failed: not installed, or installed without something that it needs itself."""
        module = package.replace("-", "_")
        missing = (error.name or module).split(".")[0] == module or not _is_installed(module)
        return cls(feature, package, extra, None if missing else str(error))

    def __str__(self) -> str:
        if self.reason is None:
            state, remedy = "which is not installed", f"pip install 'arabic-news-ner[{self.extra}]'"
        else:
            state = f"which is installed but cannot be imported ({self.reason})"
            remedy = f"pip install -U 'arabic-news-ner[{self.extra}]'"
        return f"{self.feature} needs the package {self.package!r}, {state}. Install it with: {remedy}"


def _is_installed(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):  # a module that somebody took out of sys.modules
        return False
