"""A tagger for tests of worker processes; nothing heavy is imported with it."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from arabic_news_ner.tagging.protocol import Tagged, TaggedMention

TEXTS = ["سمير زار بيروت", "كريم زار بيروت", "نبيل زار بيروت", "وليد زار بيروت", "حسان زار بيروت"]


class Fickle:
    """A tagger for which some words of a text have consequences."""

    name, schemes = "fickle", ("news",)

    def __init__(self, folder):
        self.folder = str(folder)

    def tag_texts(self, texts):
        for text in texts:
            if "يموت" in text.text:
                os.kill(os.getpid(), signal.SIGKILL)
            if "مرة" in text.text and not (Path(self.folder) / "once").exists():
                (Path(self.folder) / "once").touch()
                os.kill(os.getpid(), signal.SIGKILL)
            if "يخطئ" in text.text:
                raise ZeroDivisionError("odd")
        return [Tagged((TaggedMention(0, 4, "PER"),)) for _ in texts]

    def tag_words(self, sentences, scheme):
        return [["O"] for _ in sentences]
