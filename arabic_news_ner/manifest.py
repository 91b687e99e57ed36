"""The manifest of a data folder: it lists the files and is checked before anything large is read.

A manifest is a JSON object with ``protocol``, a whole number for the format of the files, and ``files``: the name of
each file with its SHA-256 and optionally its size in bytes. Model packs, the knowledge base and the
lexicon all have one.

In: a folder that can be damaged or hostile. Out: the manifest and the bytes of checked files, or a ``ModelError``.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import stat
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import numpy.typing as npt

from arabic_news_ner.errors import ModelError

#: Bytes of the largest manifest that is read.
LARGEST_MANIFEST = 1_000_000
#: Bytes of the largest file that is read, and of the arrays that an npz file may unfold to.
LARGEST_FILE = 1_000_000_000
#: The data folder of the package; installers may link its files from another place.
CARRIED = Path(__file__).resolve().parent / "data"
_FORBIDDEN = frozenset('/\\:\0<>"|?*')


@dataclass(frozen=True, slots=True)
class Manifest:
    """The manifest of a folder; :meth:`read` gives its files."""

    folder: Path
    #: The name of the manifest's own file.
    name: str
    #: The name of the folder in error messages: ``"the model pack"``.
    what: str
    content: Mapping[str, Any]
    #: A second remedy for a damaged file; it follows the common advice.
    advice: str = ""

    def __contains__(self, name: object) -> bool:
        """Does the manifest list a file of this name?"""
        return name in self.content["files"]

    def read(self, name: str) -> bytes:
        """The bytes of a file that the manifest lists.

        :raises ModelError: if the file is not listed or not there, is not a plain file, lies outside the folder, is larger
            than :data:`LARGEST_FILE`, or has another size or SHA-256 than listed. Its size is checked before it is read.
        """
        if name not in self:
            self.damaged(f"{self.name} does not list {name}")
        entry = self.content["files"][name]
        wanted = entry["sha256"] if isinstance(entry, dict) else entry
        content = self._read(name, LARGEST_FILE, entry.get("bytes") if isinstance(entry, dict) else None)
        if (seen := hashlib.sha256(content).hexdigest()) != wanted:
            self.damaged(f"{name} has SHA-256 {seen[:12]}..., expected {wanted[:12]}...")
        return content

    def damaged(self, what: str) -> NoReturn:
        """:raises ModelError: always, with the folder and the remedy."""
        remedy = (
            "Reinstall the package: pip install --force-reinstall arabic-news-ner."
            if self.folder.is_relative_to(CARRIED)
            else "Copy the folder again from where it was made."
        )
        raise ModelError(f"{self.what} in {self.folder} is damaged: {what}. {remedy} {self.advice}".rstrip())

    def _read(self, name: str, largest: int, size: int | None) -> bytes:
        path = self.folder / name
        try:
            real = path.resolve(strict=True)
            if not self.folder.is_relative_to(CARRIED) and not real.is_relative_to(self.folder.resolve()):
                self.damaged(f"{name} is a link that leaves the folder")
            status = real.stat()
            if not stat.S_ISREG(status.st_mode):
                self.damaged(f"{name} is not a file")
            if size is not None and status.st_size != size:
                self.damaged(f"{name} has {status.st_size} bytes, expected {size}")
            if status.st_size > largest:
                self.damaged(f"{name} has {status.st_size} bytes; at most {largest} are read")
            with real.open("rb") as file:
                return file.read(largest)
        except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: links in a circle, before Python 3.13
            if isinstance(error, ModelError):
                raise
            self.damaged(f"{name} cannot be read ({getattr(error, 'strerror', None) or error})")


def read_manifest(
    folder: Path, what: str, protocols: Collection[int], name: str = "manifest.json", advice: str = ""
) -> Manifest:
    """Read and check the manifest of a folder; its files are read by :meth:`Manifest.read`.

    :param what: the name of the folder in error messages: ``"the model pack"``.
    :param protocols: the protocol numbers that the caller can read.
    :param advice: a sentence that ends the messages of damage.
    :raises ModelError: if the manifest is missing, damaged, of another protocol, or lists what is not a plain file name.
    """
    raw = Manifest(folder, name, what, {"files": {}}, advice)
    try:
        content = json.loads(raw._read(name, LARGEST_MANIFEST, None), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raw.damaged(f"{name} cannot be read ({error})")
    if not isinstance(content, dict) or "protocol" not in content:
        raw.damaged(f"{name} has no protocol number")
    protocol = content["protocol"]
    if type(protocol) is not int or protocol not in protocols:
        known = " and ".join(map(str, sorted(protocols)))
        raise ModelError(
            f"{what} in {folder} has protocol {protocol!r}, this version of arabic_news_ner "
            f"reads {'protocol' if len(protocols) == 1 else 'protocols'} {known}. "
            "Use data made for this version, or the version of arabic_news_ner that it was made for."
        )
    files = content.get("files")
    if not isinstance(files, dict):
        raw.damaged(f"{name} has no object 'files'")
    for file, entry in files.items():
        if not file or file.startswith(".") or _FORBIDDEN & set(file):
            raw.damaged(f"{name} lists {file!r}, which is no plain file name")
        digest = entry.get("sha256") if isinstance(entry, dict) else entry
        size = entry.get("bytes", 0) if isinstance(entry, dict) else 0
        if not (isinstance(digest, str) and len(digest) == 64) or type(size) is not int or size < 0:
            raw.damaged(f"{name} gives {file} no size in bytes and SHA-256 that it could have")
    return Manifest(folder, name, what, content, advice)


def load_arrays(content: bytes, names: Collection[str]) -> dict[str, npt.NDArray[Any]]:
    """The named arrays of an npz file, its headers checked before memory is taken for them.

    :raises ValueError: if an array is missing, holds Python objects, or claims another size than its part of the file
        has, or all arrays together more than :data:`LARGEST_FILE` bytes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sizes = {info.filename: info.file_size for info in archive.infolist()}
            if sum(sizes.values()) > LARGEST_FILE:
                raise ValueError(f"the arrays claim {sum(sizes.values())} bytes; at most {LARGEST_FILE} are read")
            for name in names:
                if f"{name}.npy" not in sizes:
                    raise ValueError(f"there is no array {name!r}")
                with archive.open(f"{name}.npy") as part:
                    _check_header(name, part, sizes[f"{name}.npy"])
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            return {name: arrays[name] for name in names}
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise ValueError(f"this is no npz file that can be read ({error})") from error


def _check_header(name: str, part: Any, size: int) -> None:
    version = np.lib.format.read_magic(part)
    if version not in ((1, 0), (2, 0)):
        raise ValueError(f"the array {name!r} has the npy version {version}; 1.0 and 2.0 are read")
    read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    shape, _, dtype = read(part)
    if dtype.hasobject:
        raise ValueError(f"the array {name!r} holds Python objects")
    claimed = math.prod(shape) * dtype.itemsize
    if any(n < 0 for n in shape) or claimed != size - part.tell():
        raise ValueError(f"the array {name!r} claims {shape} of {dtype}, but has {size - part.tell()} bytes")


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number of JSON")
