"""One pass over a file's bytes: its SHA-256, and how its text is encoded.

The whole file is looked at, so that a stray byte in the last line is found before the first row is kept. Nothing is
guessed between two encodings that fit: the error names them.
"""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from analytics.errors import AmbiguousInput, UnreadableFile

__all__ = ["detect_encoding", "digest", "open_bytes", "open_utf8"]

_GZIP_MAGIC = b"\x1f\x8b"
_BLOCK = 1 << 22
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CLEAR_SHARE = 0.8


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
    if encoding in {"utf-8", "utf-8-sig"}:
        if raw.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
            raw.seek(0)
        return raw
    return cast("BinaryIO", io.BufferedReader(_Recoded(raw, encoding, path), _BLOCK))


class _Recoded(io.RawIOBase):
    """A byte stream in one encoding, read as UTF-8."""

    def __init__(self, raw: BinaryIO, encoding: str, path: Path) -> None:
        self._raw = raw
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")
        self._path = path
        self._ready = b""
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready and not self._ended:
            block = self._raw.read(_BLOCK)
            self._ended = not block
            try:
                self._ready = self._decoder.decode(block, final=self._ended).encode("utf-8")
            except UnicodeDecodeError as error:
                raise UnreadableFile(
                    f"{self._path}: the text is not {error.encoding} throughout ({error.reason}). "
                    "Save it as UTF-8, or name its encoding in a mapping file (--map)."
                ) from None
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


@dataclass
class _Evidence:
    """What the bytes of a file said about its encoding."""

    bom: str | None = None
    is_utf8: bool = True
    is_gb18030: bool = True
    is_cp1252: bool = True
    high_bytes: int = 0
    paired_high_bytes: int = 0
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
        utf-8, utf-8-sig, utf-16, utf-16-le, utf-16-be, gb18030 or cp1252.

    Raises
    ------
    AmbiguousInput
        Windows-1252 and GB18030 both fit.
    UnreadableFile
        None fits, the file is empty, or its gzip wrapping is broken.
    """
    evidence = _look(path)
    if evidence.size == 0:
        raise UnreadableFile(f"{path}: the file is empty. Leave it out, or hand in the whole file.")
    if evidence.bom:
        return evidence.bom
    even, odd = evidence.zeros
    if even + odd > evidence.size / 4:
        return "utf-16-le" if odd > even else "utf-16-be"
    if evidence.is_utf8:
        return "utf-8"
    return _old_encoding(path, evidence)


def _old_encoding(path: Path, evidence: _Evidence) -> str:
    """Tell Windows-1252 and GB18030 apart: Chinese text comes in pairs of high bytes, accents stand alone."""
    paired = evidence.paired_high_bytes / evidence.high_bytes if evidence.high_bytes else 0.0
    if evidence.is_gb18030 and (paired >= _CLEAR_SHARE or not evidence.is_cp1252):
        return "gb18030"
    if evidence.is_cp1252 and (paired <= 1 - _CLEAR_SHARE or not evidence.is_gb18030):
        return "cp1252"
    if evidence.is_cp1252 and evidence.is_gb18030:
        raise AmbiguousInput(
            f"{path}: the text fits both Windows-1252 and GB18030. "
            'Say which in a mapping file (--map): encoding = "cp1252" or encoding = "gb18030".'
        )
    raise UnreadableFile(
        f"{path}: the text is neither UTF-8, UTF-16, Windows-1252 nor GB18030. "
        "Save it as UTF-8, or name its encoding in a mapping file (--map)."
    )


def _look(path: Path) -> _Evidence:
    evidence = _Evidence()
    decoders = {name: codecs.getincrementaldecoder(name)("strict") for name in ("utf-8", "gb18030", "cp1252")}
    for block in _blocks(path):
        if evidence.size == 0:
            evidence.bom = next((name for mark, name in _BOMS if block.startswith(mark)), None)
        zeros = block.count(0)
        if zeros:
            even = block[evidence.size % 2 :: 2].count(0)
            evidence.zeros = (evidence.zeros[0] + even, evidence.zeros[1] + zeros - even)
        evidence.size += len(block)
        evidence.is_utf8 = evidence.is_utf8 and _decodes(decoders["utf-8"], block)
        if not block.isascii():
            evidence.is_gb18030 = evidence.is_gb18030 and _decodes(decoders["gb18030"], block)
            evidence.is_cp1252 = evidence.is_cp1252 and _decodes(decoders["cp1252"], block)
            _count_pairs(block, evidence)
    evidence.is_utf8 = evidence.is_utf8 and _decodes(decoders["utf-8"], b"", final=True)
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


def _count_pairs(block: bytes, evidence: _Evidence) -> None:
    """Count high bytes, and those that stand in a run of two or more."""
    high = bytes(1 if byte >= 0x80 else 0 for byte in range(256))
    marks = block.translate(high)
    evidence.high_bytes += marks.count(1)
    lone = marks.replace(b"\x01\x01", b"\x02\x02").count(1)
    evidence.paired_high_bytes += marks.count(1) - lone
