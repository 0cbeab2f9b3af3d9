"""One pass over a file's bytes: its SHA-256, and how its text is encoded.

The whole file is looked at, so that a stray byte in the last line is found before the first row is kept. Nothing is
guessed between two encodings that would read a name differently: the error names them.
"""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from analytics.errors import InputError, UnreadableFile
from analytics.ingest.decode.encoding_choice import Reading, are_mixed, possible, readings
from analytics.ingest.decode.mixed_text import MIXED, decoder_of, is_mixed
from analytics.ingest.questions import Question, as_error

__all__ = ["detect_encoding", "digest", "open_bytes", "open_utf8"]

_GZIP_MAGIC = b"\x1f\x8b"
_BLOCK = 1 << 22
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UTF8 = frozenset({"utf-8", "utf-8-sig"})
_WORD = re.compile(rb'[^\s,;"]*[\x80-\xff][^\s,;"]*')
_MOST_WORDS = 5000
_MOST_SHOWN = 3
_ESCAPES = {b"\x1b$B": "iso2022_jp", b"\x1b$@": "iso2022_jp", b"\x1b$)C": "iso2022_kr"}
_HINT = "Save it as UTF-8, or name its encoding in a mapping file (--map), such as"


def digest(path: Path) -> str:
    """Return the SHA-256 of a file as it lies there, in hexadecimal."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def open_bytes(path: Path) -> BinaryIO:
    """Open a file for its bytes, unpacked where it is gzip."""
    with path.open("rb") as opened:
        packed = opened.read(2) == _GZIP_MAGIC
    return cast("BinaryIO", gzip.open(path, "rb") if packed else path.open("rb"))


def open_utf8(path: Path, encoding: str) -> BinaryIO:
    """Open a text file as a stream of UTF-8 without a byte order mark, whatever it is encoded in."""
    raw = open_bytes(path)
    has_mark = raw.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8
    name = encoding if is_mixed(encoding) else codecs.lookup(encoding).name
    if not has_mark or name.startswith(("utf-16", "utf-32")):
        raw.seek(0)
    if name in _UTF8:
        return raw
    return cast("BinaryIO", io.BufferedReader(_Recoded(raw, encoding, path), _BLOCK))


class _Recoded(io.RawIOBase):
    """A byte stream in one encoding, read as UTF-8."""

    def __init__(self, raw: BinaryIO, encoding: str, path: Path) -> None:
        self._raw = raw
        self._decoder = decoder_of(encoding)
        self._encoding = encoding
        self._path = path
        self._ready = b""
        self._lines = 0
        self._began = False
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready and not self._ended:
            block = self._raw.read(_BLOCK)
            self._ended = not block
            self._ready = self._recoded(block)
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _recoded(self, block: bytes) -> bytes:
        try:
            text = self._decoder.decode(block, final=self._ended)
        except UnicodeError as error:
            before = error.object[: error.start] if isinstance(error, UnicodeDecodeError) else b""
            line = self._lines + before.count(b"\n") + 1
            raise UnreadableFile(
                f"{self._path}: line {line:,} is not {self._encoding}, as the text before it is. {_HINT} "
                'encoding = "cp1252".'
            ) from None
        if not self._began and text:
            text, self._began = text.removeprefix("\ufeff"), True
        self._lines += text.count("\n")
        return text.encode("utf-8", errors="replace")

    def close(self) -> None:
        self._raw.close()
        super().close()


@dataclass
class _Evidence:
    """What the bytes of a file said about its encoding."""

    bom: str | None = None
    is_utf8: bool = True
    escape: str | None = None
    zeros: tuple[int, int] = (0, 0)
    size: int = 0


def detect_encoding(path: Path) -> str:
    """Return the encoding of a text file.

    Parameters
    ----------
    path : Path
        The file; gzip is unpacked.

    Returns
    -------
    str
        Python's name of it.

    Raises
    ------
    AmbiguousInput
        Two encodings fit and would read a word differently.
    UnreadableFile
        None fits, two parts of the file have different ones, it is empty, or its gzip wrapping is broken.
    """
    evidence = _look(path)
    if evidence.size == 0:
        raise UnreadableFile(f"{path}: the file is empty. Leave it out, or hand in the whole file.")
    if evidence.bom and (evidence.is_utf8 or evidence.bom not in _UTF8):
        return evidence.bom
    even, odd = evidence.zeros
    if even + odd > evidence.size / 4:
        return "utf-16-le" if odd > even else "utf-16-be"
    if evidence.is_utf8:
        return evidence.escape or "utf-8"
    words = _words(path)
    best = readings(list(words))
    if mixed := are_mixed(words, best):
        raise _mixed(path, words, mixed)
    if len(best) == 1:
        return best[0].encoding
    raise _unclear(path, words, best)


def _unclear(path: Path, words: dict[bytes, int], best: list[Reading]) -> InputError:
    """Return the error for a text of which no encoding, or more than one, makes sense."""
    if not best:
        text = "the text fits no encoding that is known here; save it as UTF-8, or choose the one it was written in"
        return as_error(str(path), [_which(text, possible(list(words)), is_ambiguous=False)])
    shown = best[:_MOST_SHOWN]
    lines = list(words.values())
    line = next(line for at, line in enumerate(lines) if len({reading.words[at] for reading in shown}) > 1)
    text = f"the text fits {len(shown)} encodings, which read line {line:,} differently; look at that line"
    return as_error(str(path), [_which(text, [reading.encoding for reading in shown])])


def _mixed(path: Path, words: dict[bytes, int], lines: tuple[int, int]) -> InputError:
    """Return the error for files in different encodings that were put together."""
    others = [word for word in words if not _is_utf8(word)]
    names = [reading.encoding for reading in readings(others)][:_MOST_SHOWN] or possible(others)
    text = (
        f"line {lines[0]:,} is UTF-8 and line {lines[1]:,} is not: files in different encodings were put together. "
        "Hand them in one by one, or have each line read as UTF-8 where it is, else in another encoding"
    )
    return as_error(str(path), [_which(text, [MIXED + name for name in names])])


def _which(text: str, names: list[str], *, is_ambiguous: bool = True) -> Question:
    return Question("encoding", text, tuple(f'encoding = "{name}"' for name in names), is_ambiguous)


def _is_utf8(word: bytes) -> bool:
    return _decodes(codecs.getincrementaldecoder("utf-8")("strict"), word, final=True)


def _words(path: Path) -> dict[bytes, int]:
    """Return the distinct words that are not ASCII, to the line on which each stands first."""
    found: dict[bytes, int] = {}
    line, rest = 1, b""
    for block in _blocks(path):
        lines = (rest + block).split(b"\n")
        rest = lines.pop()
        for text in lines:
            _add_words(text, line, found)
            line += 1
        if len(found) >= _MOST_WORDS:
            return found
    _add_words(rest, line, found)
    return found


def _add_words(text: bytes, line: int, found: dict[bytes, int]) -> None:
    if not text.isascii():
        for word in _WORD.findall(text.removeprefix(codecs.BOM_UTF8) if line == 1 else text):
            found.setdefault(word, line)


def _look(path: Path) -> _Evidence:
    evidence = _Evidence()
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    for block in _blocks(path):
        if evidence.size == 0:
            evidence.bom = next((name for mark, name in _BOMS if block.startswith(mark)), None)
            evidence.escape = next((name for mark, name in _ESCAPES.items() if mark in block), None)
        zeros = block.count(0)
        if zeros:
            even = block[evidence.size % 2 :: 2].count(0)
            evidence.zeros = (evidence.zeros[0] + even, evidence.zeros[1] + zeros - even)
        evidence.size += len(block)
        evidence.is_utf8 = evidence.is_utf8 and _decodes(decoder, block)
    evidence.is_utf8 = evidence.is_utf8 and _decodes(decoder, b"", final=True)
    return evidence


def _blocks(path: Path) -> Iterator[bytes]:
    try:
        with closing(open_bytes(path)) as opened:
            while block := opened.read(_BLOCK):
                yield block
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise UnreadableFile(f"{path}: the gzip wrapping is broken ({error}). Fetch the file again.") from None


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True
