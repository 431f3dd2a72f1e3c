"""An edition under `dosje serve`, as its editors have it."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from waiting import PATIENCE, wait_for_words


@contextmanager
def preview(root: Path, log: Path, *options: str) -> Iterator[int]:
    """Yield the port at which the edition in `root` is served. What the preview says is written to `log`.

    The system chooses the port: one that a test chooses may be taken before the preview has it.
    """
    command = [sys.executable, "-m", "dosje.cli", "serve", "--port", "0", *options]
    with log.open("wb") as file:
        process = subprocess.Popen(command, cwd=root, stdout=file, stderr=file)
    try:
        said = wait_for_words(log, "serving http", process)
        (port,) = re.findall(r"serving http://127\.0\.0\.1:(\d+)/ ", said)
        yield int(port)
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        finally:
            process.kill()
    assert process.returncode == 128 + signal.SIGTERM
