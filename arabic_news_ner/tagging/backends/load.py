"""Load a tagger by name: a model pack, CAMeL Tools, Stanza, a transformers folder, or several of them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from arabic_news_ner.errors import InputError
from arabic_news_ner.tagging.protocol import Tagger

BACKENDS = ("camel", "stanza", "transformers")


def load_tagger(
    model: str | Path | Sequence[str | Path],
    *,
    path: str | Path | None = None,
    threads: int | None = None,
    vote: int | None = None,
    **settings: Any,
) -> Tagger:
    """The tagger of a model.

    :param model: a built-in pack, the folder of a pack, ``"camel"``, ``"stanza"``, ``"transformers"``, or a list of these
        for an ensemble.
    :param path: the model of the backend among them; a pack has none.
    :param vote: in an ensemble, how many members must find a mention.
    :param settings: further settings of the backend (``labels``, ``pretrain``).
    :raises InputError: if ``model`` is not a name, path or list of these, or a setting does not go with the model.
    """
    if threads is not None and (isinstance(threads, bool) or not isinstance(threads, int) or threads < 1):
        raise InputError(f"threads is {threads!r}; it takes a whole number from 1, or None for every processor")
    models: Sequence[Any] = model if isinstance(model, (list, tuple)) else [model]
    if not models or not all(isinstance(one, (str, os.PathLike)) for one in models):
        raise InputError(
            f"model is {model!r}; it takes the name of a pack ('base', 'fast'), the path of a pack's folder, one of "
            f"{', '.join(BACKENDS)}, or a list of these"
        )
    if isinstance(model, (list, tuple)):
        from arabic_news_ner.tagging.backends.ensemble import EnsembleTagger

        members = [
            _member(m, threads, path, settings) if m in BACKENDS else _member(m, threads, None, {}) for m in model
        ]
        return EnsembleTagger(members, vote=vote)
    if vote is not None:
        raise InputError('vote goes with a list of models, as in load(model=["base", "camel"], vote=2)')
    return _member(models[0], threads, path, settings)


def _member(model: str | Path, threads: int | None, path: str | Path | None, settings: dict[str, Any]) -> Tagger:
    if model == "camel":
        from arabic_news_ner.tagging.backends.camel import CamelTagger

        return CamelTagger(path, threads=threads, **settings)
    if model == "stanza":
        from arabic_news_ner.tagging.backends.stanza import StanzaTagger

        return StanzaTagger(path, threads=threads, **settings)
    if model == "transformers":
        from arabic_news_ner.tagging.backends.transformers import TransformersTagger

        if path is None:
            raise InputError('model="transformers" needs path=, the folder of a token-classification model')
        return TransformersTagger(path, threads=threads, **settings)
    if path is not None:
        raise InputError(f"path goes with the backends {', '.join(BACKENDS)}; a pack's folder is passed as model=")
    if settings:
        raise InputError(f"{', '.join(settings)} goes with the backends {', '.join(BACKENDS)}, not with a pack")
    from arabic_news_ner.tagging.onnx.tagger import EmbeddedTagger

    return EmbeddedTagger(model, threads=threads)
