"""Reads requests to a server of this machine: the name of the host, and the path.

A page of another site can make a browser ask this server. If that site's name points to this machine, the page can
read the answers (DNS rebinding). So only our names of the host get an answer. Knows nothing of the answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_HERE = ("localhost", "127.0.0.1", "::1")
# Addresses that mean all addresses of this machine: no request names them.
_ALL = ("0.0.0.0", "::", "")
# In bytes: the longest name in a file system, and a length that no address of ours reaches.
_LONGEST_NAME, _LONGEST_PATH = 255, 2000
_HOST = re.compile(r"(?:\[(?P<address>[0-9a-f:.]+)\]|(?P<name>[^\[\]:/@\s]+?))\.?(?::[0-9]{1,5})?", re.IGNORECASE)


def hosts_of(host: str, more: Iterable[str] = ()) -> frozenset[str]:
    """Return the names that a server answers to which listens on `host`: those of this machine, and `more`."""
    return frozenset(name.strip("[]").rstrip(".").lower() for name in (*_HERE, host, *more)) - set(_ALL)


def is_for(header: str, hosts: frozenset[str]) -> bool:
    """Say whether the header "Host" names one of `hosts`, with whatever port."""
    found = _HOST.fullmatch(header.strip())
    return found is not None and (found["address"] or found["name"] or "").lower() in hosts


def read_path(asked: str) -> str | None:
    """Return the path of a request (WSGI's PATH_INFO: its bytes as Latin-1), or None if no file can have it."""
    try:
        path = asked.encode("latin-1").decode("utf-8")
    except ValueError:
        return None
    parts = path.split("/")
    is_sound = (
        path.startswith("/")
        and len(asked) <= _LONGEST_PATH
        and not re.search(r"[\x00-\x1f\x7f\\]", path)
        and ".." not in parts
        and all(len(part.encode()) <= _LONGEST_NAME for part in parts)
    )
    return path if is_sound else None
