"""Essays of the first edition come back from a file of Word: their notes are printed as houses print them, and read.

The whole is measured by benchmarks/importing.py (docs/measured.md). Here a part of it holds what must never happen: a
cite that is surely another record, a word that is lost.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from conftest import PROJECT

# In a process of its own: the scripts find one another by their folder.
_COUNT = """
import json, sys, tempfile
from collections import Counter
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from importing import Measuring, PROJECT
from halving import is_in_half, part_edition
from dosje.checking.edition import check_edition
truth = check_edition(PROJECT)
houses, every = json.loads(sys.argv[2]), int(sys.argv[3])
found = {}
for name, is_kept in (("a", None), ("c", lambda key: False)):
    with tempfile.TemporaryDirectory() as folder:
        linked = part_edition(PROJECT, Path(folder), is_kept) if is_kept else truth.linked
        found[name] = dict(sum((counts for _, counts in Measuring(truth, every, "").rows(linked, houses)), Counter()))
print(json.dumps(found))
"""


def count(houses: list[str], every: int) -> dict[str, dict[str, int]]:
    """Return what became of manuscripts in the edition itself, "a", and in an empty one, "c"."""
    command = [sys.executable, "-c", _COUNT, str(PROJECT / "benchmarks"), json.dumps(houses), str(every)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def hold(found: dict[str, dict[str, int]]) -> None:
    into_it, into_none = found["a"], found["c"]
    assert (into_it["cites"] > 0, into_it.get("wrong", 0), into_it.get("lost", 0)) == (True, 0, 0)
    assert (into_none["units"] > 0, into_none.get("wrong", 0), into_none.get("lost", 0)) == (True, 0, 0)
    assert into_none["unit: archive"] == into_none["unit: archive said"]


def test_an_essay_comes_back_with_no_cite_that_is_surely_wrong_and_no_word_lost() -> None:
    hold(count(["Chicago"], 13))


@pytest.mark.long
def test_all_essays_come_back_so_from_five_houses() -> None:
    hold(count(["Chicago", "MHRA", "OSCOLA", "German journal", "French journal"], 1))
