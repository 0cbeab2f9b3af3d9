"""Foreign text made fit to be shown: it cannot steer a terminal, and URLs in it give no secret away.

Names, addresses, headings and file names were typed by strangers. Whatever reaches a terminal, a log or a notebook goes
through this module; tables keep the text as it was written.
"""

from __future__ import annotations

import json
import re
import unicodedata

__all__ = ["clean", "in_json", "one_line", "printable", "without_secrets", "without_values"]

REPLACEMENT = "\ufffd"
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)
"""Controls, escape codes, direction overrides, surrogates and invisible characters: Unicode Cc, Cf, Cs, Zl, Zp."""
_JOINERS = re.compile("(?<![\u0600-\u0eff])[\u200c\u200d]")
"""Zero-width joiners, except after the letters of the scripts that are spelled with them."""
_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|(?<![\w.])-?\d[\d.,:-]{3,}")
"""What an engine quotes in its messages: a text in quotes, a number or day of four digits or more."""
_BREAKS = re.compile("[\t\n]")
_KEPT = {"\u200c", "\u200d"}
"""Zero-width joiners: Persian and Indic names are spelled with them."""
_NO_CHARACTER = 0xFFFE

_URL = re.compile(r"(?<![A-Za-z0-9+.-])([A-Za-z][A-Za-z0-9+.-]*)://(\S*)")
_PORT = re.compile(r"[^/@:]*:\d+(?:/|$)")
_HOSTS = re.compile(
    r"(?:\[[0-9A-Fa-f:.]*\]|[^/@:,\[\]]*)(?::\d+)?(?:,(?:\[[0-9A-Fa-f:.]*\]|[^/@:,\[\]]*)(?::\d+)?)*[:,.;]?"
)
"""What stands before the path: hosts with their ports, and nothing that could be a user with a password."""
_FILE_SYSTEMS = ("s3", "s3a", "gs", "hdfs", "viewfs", "file")
_WITH_PORT = ("hdfs", "viewfs")
_SETTING = re.compile(
    r"(?i)\b((?:ssl)?password|passwd|pwd|sslkey|secret\w*|access_?key\w*|\w*token|signature|x-amz-\w+)=[^\s&;,]+"
)


def printable(text: str) -> str:
    r"""Return text that a terminal shows and does not obey; line breaks and tabs stay.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        The text with ``\ufffd`` in place of controls, escape codes, direction overrides and invisible characters.
    """
    if text.isascii() and text.isprintable():
        return text
    return _JOINERS.sub(REPLACEMENT, _UNSAFE.sub(REPLACEMENT, text))


def clean(text: str) -> str:
    """Return text for one place of a page or sheet, with hidden characters made visible as ``�``."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(" " if char in "\t\r\n" else REPLACEMENT if _is_hidden(char) else char for char in text)


def _is_hidden(char: str) -> bool:
    is_no_character = ord(char) & _NO_CHARACTER == _NO_CHARACTER  # U+FFFE, U+FFFF: XML forbids them
    return is_no_character or (unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and char not in _KEPT)


def one_line(text: str, most: int | None = None) -> str:
    """Return text for one place in a line: printable, without line breaks, cut to a length.

    Parameters
    ----------
    text : str
        Any text.
    most : int, optional
        Characters to keep at most.
    """
    line = _BREAKS.sub(" ", printable(text))
    return line if most is None or len(line) <= most else f"{line[: most - 1]}\u2026"


def in_json(text: str) -> str:
    r"""Return JSON text in which what a terminal would obey is escaped, as ``\\u001b``: the data stay the same."""
    return _UNSAFE.sub(lambda found: json.dumps(found[0])[1:-1], text)


def without_values(message: str, known: str) -> str:
    """Return an engine's message without the values of the data that it quotes.

    Parameters
    ----------
    message : str
        As the engine worded it.
    known : str
        Our own statement: what is quoted from it stays.
    """
    return _QUOTED.sub(lambda found: found[0] if found[0].strip("'\"") in known else "…", message)


def without_secrets(text: str) -> str:
    """Return text with every URL in it cut down to scheme, host, path and fragment.

    User, password and query are taken out whatever the scheme and its case, and so is ``password=…`` in the settings
    of a connection. Where a URL is so broken that host and password cannot be told apart, only the scheme stays.

    Parameters
    ----------
    text : str
        A message, or a URL by itself.
    """
    if "://" not in text and "=" not in text:
        return text
    return _SETTING.sub(r"\1=…", _URL.sub(_bare_url, text))


def _bare_url(found: re.Match[str]) -> str:
    scheme, rest = found[1].lower(), found[2]
    address, query, after = rest.partition("?")
    fragment = after[after.index("#") :] if query and "#" in after else ""
    host = _without_user(scheme, address)
    if host is None or ("@" in after and "@" not in address and _holds_password(address)):
        return f"{scheme}://…"
    return f"{scheme}://{host}{fragment}"


def _without_user(scheme: str, address: str) -> str | None:
    """Take out ``user:password@``; a password may hold a slash or an at sign, and so may the path of a file."""
    authority = address.partition("/")[0]
    if "@" not in address:
        return address if _HOSTS.fullmatch(authority) else None
    is_host = ":" not in authority or (scheme in _WITH_PORT and _PORT.match(address))
    if scheme in _FILE_SYSTEMS and "@" not in authority and is_host:
        return address
    return address.rpartition("@")[2] or None


def _holds_password(address: str) -> bool:
    """Tell whether what stands before a question mark begins with ``user:password`` and no port."""
    return ":" in address.partition("/")[0] and not _PORT.match(address)
