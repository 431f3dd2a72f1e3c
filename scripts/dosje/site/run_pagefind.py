"""Runs Pagefind with the pages in the order of their names: `python -m dosje.site.run_pagefind FOLDER < CONFIGURATION`.

Pagefind counts pages in the order in which it finds them. If it walks the site by itself, this is the order in
which the file system lists a folder, and two machines have different indexes. So it runs as the service that its
wrappers for other languages use: one message for each page, and each is answered before the next is read.
Source: pagefind/src/service in Pagefind's repository.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from threading import Thread
from typing import IO, Any

import pagefind_bin

from ..system.children import die_with_parent

Message = Mapping[str, Any]


def run_pagefind() -> None:
    """Index the site in a folder, and write nothing to stdout but why it failed.

    The first line of stdin is the configuration, as JSON with `output_path`.
    """
    site, configuration = Path(sys.argv[1]), json.loads(sys.stdin.readline())
    output = configuration.pop("output_path")
    program = pagefind_bin.get_executable()
    # It reads settings (pagefind.yml) from its working folder, and an edition could have such a file.
    service = subprocess.Popen(
        [str(program), "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(program).parent
    )
    assert service.stdin and service.stdout
    # A thread writes while this one reads, because either of the two pipes may be full.
    writer = Thread(target=_write, args=(service.stdin, _requests(site, configuration)), daemon=True)
    writer.start()
    failure = "Pagefind ended before the index was made"
    for answer in _answers(service.stdout):
        if answer["type"] in ("GetFiles", "Error"):
            failure = answer.get("message", "")
            _write_files(Path(output), answer.get("files", ()))
            break
    if failure:
        service.kill()
        sys.stdout.write(failure)
        return
    # It ends when its input ends, so the input is closed after the last answer.
    writer.join()
    service.stdin.close()
    service.wait()


def _requests(site: Path, configuration: Message) -> Iterator[Message]:
    yield {"type": "NewIndex", "config": configuration}
    pages = (path for path in site.rglob("*.html") if path.is_file())
    for name, path in sorted((path.relative_to(site).as_posix(), path) for path in pages):
        text = path.read_text(encoding="utf-8", errors="replace")
        yield {"type": "AddFile", "index_id": 0, "file_path": name, "file_contents": text}
    # Not "WriteFiles": its answer comes before all files are on the disk, and the rest is lost when the service ends.
    yield {"type": "GetFiles", "index_id": 0}


def _write_files(folder: Path, files: Iterable[Message]) -> None:
    for file in files:
        path = folder / file["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(file["content"]))


def _write(pipe: IO[bytes], requests: Iterable[Message]) -> None:
    try:
        for number, payload in enumerate(requests, start=1):
            message = json.dumps({"message_id": number, "payload": payload}).encode()
            pipe.write(base64.b64encode(message) + b",")
        pipe.flush()
    except BrokenPipeError:
        pass  # it has ended; the reader reports that
    except BaseException:
        pipe.close()  # so that it ends, and the reader stops waiting
        raise


def _answers(pipe: IO[bytes]) -> Iterator[Message]:
    """Yield what the service answers: JSON in base64, a comma behind each."""
    begun: list[bytes] = []
    while read := pipe.read1(1 << 16):  # type: ignore[attr-defined]
        *ends, rest = read.split(b",")
        for end in ends:
            yield json.loads(base64.b64decode(b"".join((*begun, end))))["payload"]
            begun = []
        begun.append(rest)


if __name__ == "__main__":
    die_with_parent()
    run_pagefind()
