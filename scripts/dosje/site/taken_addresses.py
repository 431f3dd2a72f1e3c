"""Finds the old addresses at which no page can stand, because the site has another file there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import PurePosixPath

from ..edition.links import LinkedCorpus
from ..edition.pages import file_at, path_of_tombstone, site_address
from ..system.manifest import NAME
from ..values.findings import Finding

# What others than the pages folder put into the site: MkDocs, and who writes the list of all files.
MADE_LATER = ("404.html", "sitemap.xml", "sitemap.xml.gz", NAME)
_HINT = "write the address as it was published; if it never was, take the line out"


def find_taken_addresses(linked: LinkedCorpus, paths: Iterable[str]) -> list[Finding]:
    """Return a finding for each line of the ledger whose page would stand in the place of a file of the site.

    `paths`: of all files of the pages folder, pages of old addresses included.
    """
    addresses = linked.addresses
    stands_at = {address: address for address in addresses.redirects}
    stands_at |= {address: site_address(path_of_tombstone(address)) for address in addresses.tombstones}
    old = [entry for entry in addresses.entries.values() if entry.address in stands_at]
    if not old:
        return []
    made = Counter(file_at(site_address(path)) if path.endswith(".md") else path for path in paths) + Counter(
        MADE_LATER
    )
    taken = ((entry, _find_taken(file_at(stands_at[entry.address]), made)) for entry in old)
    return [
        Finding(entry.span, "bad-address", f"no page can stand at {entry.address}: the site has {name} there", _HINT)
        for entry, name in taken
        if name
    ]


def _find_taken(path: str, made: Counter[str]) -> str:
    """Return what is in the place of a file: a file where it needs a folder, or another page; "" if nothing is."""
    above = next((str(one) for one in PurePosixPath(path).parents if str(one) in made), "")
    return above or (path if made[path] > 1 else "")
