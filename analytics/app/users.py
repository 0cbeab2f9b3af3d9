"""Who may sign in: a TOML file of names, roles and hashed passwords.

::

    hosts = ["cases.example.com"]     # names under which browsers reach the server by TLS; by itself "http://…"
    proxies = ["10.0.0.5"]            # whose headers are believed, beside this machine

    [[user]]
    name = "maria"
    role = "investigator"
    password = "scrypt$16384$8$1$…"   # from: splitship app --hash-password
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analytics.errors import UnreadableFile, UsageError

__all__ = ["ROLES", "User", "Users", "hash_password", "is_right", "read_users"]

ROLES = ("viewer", "investigator", "reviewer", "counsel", "admin")
_COST, _BLOCK, _LANES, _LENGTH = 2**14, 8, 1, 32
_MEMORY = 64 * 1024 * 1024
_LEAST = 12
_LONGEST = 1024
_MOST_COST = 2**20
_KEYS = {"name", "role", "password"}
_TOP = {"user", "hosts", "proxies"}


@dataclass(frozen=True)
class User:
    """Somebody who may sign in.

    Attributes
    ----------
    name : str
        As events name them.
    role : str
        One of `ROLES`.
    password : str or None
        Its hash; None where a proxy vouches for the name.
    """

    name: str
    role: str
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Users:
    """What the file says.

    Attributes
    ----------
    by_name : mapping
        Name to user.
    hosts, proxies : tuple of str
        Names of this server, and addresses of proxies that are believed.
    """

    by_name: Mapping[str, User]
    hosts: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()


def hash_password(password: str) -> str:
    """Return what the file holds in place of a password.

    Parameters
    ----------
    password : str
        At least 12 characters.

    Returns
    -------
    str
        Cost, salt and scrypt hash in one text.

    Raises
    ------
    UsageError
        It is too short or too long.
    """
    if not _LEAST <= len(password) <= _LONGEST:
        raise UsageError(f"a password has {_LEAST} to {_LONGEST:,} characters. Choose another, such as four words.")
    salt = secrets.token_bytes(16)
    digest = _digest(password, salt, _COST, _BLOCK, _LANES)
    return f"scrypt${_COST}${_BLOCK}${_LANES}${_text(salt)}${_text(digest)}"


def is_right(password: str, kept: str | None) -> bool:
    """Tell whether a password is the one that was hashed; takes as long where there is none to compare with.

    Parameters
    ----------
    password : str
        As typed.
    kept : str or None
        From the file; None for a name that is not in it.
    """
    cost, block, lanes, salt, digest = _parts(kept or _NOBODY)
    if len(password) > _LONGEST:
        return False
    return hmac.compare_digest(_digest(password, salt, cost, block, lanes), digest) and kept is not None


def read_users(file: Path) -> Users:
    """Read the file of users.

    Parameters
    ----------
    file : Path
        TOML as shown in this module.

    Returns
    -------
    Users

    Raises
    ------
    UnreadableFile
        It cannot be read, or a part of it is missing or wrong; the message names the user, never a hash.
    """
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not TOML"
        raise UnreadableFile(f"{file}: cannot read the users: {reason}. Correct the file or name another.") from None
    if unknown := sorted(set(content) - _TOP):
        raise UnreadableFile(f"{file}: {unknown[0]!r} is not known. Use: {', '.join(sorted(_TOP))}.")
    users = [_user(file, entry) for entry in content.get("user", [])]
    names = [user.name for user in users]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise UnreadableFile(f"{file}: {twice[0]!r} stands in it twice. Name each user once.")
    if not users:
        raise UnreadableFile(f"{file}: it names no users. Add a [[user]] with name, role and password.")
    return Users({user.name: user for user in users}, _texts(file, content, "hosts"), _texts(file, content, "proxies"))


def _user(file: Path, entry: dict[str, Any]) -> User:
    name, role, password = (entry.get(key) for key in ("name", "role", "password"))
    if not isinstance(name, str) or not name.strip() or not name.isprintable():
        raise UnreadableFile(f"{file}: a [[user]] has no name. Give each a printable name.")
    if unknown := sorted(set(entry) - _KEYS):
        raise UnreadableFile(f"{file}: user {name!r}: {unknown[0]!r} is not known. Use: {', '.join(sorted(_KEYS))}.")
    if role not in ROLES:
        raise UnreadableFile(f"{file}: user {name!r}: the role is wrong. Use one of: {', '.join(ROLES)}.")
    if password is not None and not _is_hash(password):
        raise UnreadableFile(f"{file}: user {name!r}: no hashed password. Make one: splitship app --hash-password")
    return User(name.strip(), str(role), password)


def _texts(file: Path, content: dict[str, Any], key: str) -> tuple[str, ...]:
    values = content.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise UnreadableFile(f'{file}: {key} is no list of texts. Write {key} = ["…"].')
    return tuple(values)


def _is_hash(kept: object) -> bool:
    try:
        cost, block, lanes, salt, digest = _parts(str(kept))
    except (ValueError, binascii.Error):
        return False
    is_costly = _COST <= cost <= _MOST_COST and (block, lanes) == (_BLOCK, _LANES)
    return is_costly and cost & (cost - 1) == 0 and len(salt) >= 16 and len(digest) == _LENGTH


def _parts(kept: str) -> tuple[int, int, int, bytes, bytes]:
    kind, cost, block, lanes, salt, digest = kept.split("$")
    if kind != "scrypt":
        raise ValueError(kind)
    return int(cost), int(block), int(lanes), base64.b64decode(salt), base64.b64decode(digest)


def _digest(password: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    memory = max(_MEMORY, 2 * 128 * cost * block)
    return hashlib.scrypt(password.encode(), salt=salt, n=cost, r=block, p=lanes, maxmem=memory, dklen=_LENGTH)


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()


_NOBODY = f"scrypt${_COST}${_BLOCK}${_LANES}${_text(bytes(16))}${_text(bytes(_LENGTH))}"
"""Compared with where there is no such user: the answer takes as long."""
