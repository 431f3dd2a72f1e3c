"""Runs commands for a test, one a line of standard input, each in a fork of a process that has imported everything.

A command begins as in a new process, with its streams as they are given, and ends as one; only the imports are spared.
Each line is {"arguments": [...], "cwd": …, "streams": [in, out, err], "limit": name or ""}; a stream is the path of a
file, with "pipe:" before it if it is written to through a pipe, or "closed", or "deaf" for a pipe of which nobody
reads. The answers are two lines: process id, exit code.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import sys
from typing import Any

import dosje.books.volumes
import dosje.cli
import dosje.site.bundle
import dosje.site.preview
import dosje.site.publish

CAP_DAC_OVERRIDE, PR_CAPBSET_DROP = 1, 24


def open_stream(number: int, name: str) -> None:
    os.close(number)
    if name == "closed":
        setattr(sys, ("stdin", "stdout", "stderr")[number], None)
        return
    if name == "deaf":
        reader, writer = os.pipe()
        os.close(reader)
    elif name.startswith("pipe:"):
        writer = pipes[name][1]
    else:
        writer = os.open(name, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    if writer != number:
        os.dup2(writer, number)
        os.close(writer)
    errors = "strict" if number < 2 else "backslashreplace"
    stream = os.fdopen(number, "w" if number else "r", encoding="utf-8", errors=errors)
    setattr(sys, ("stdin", "stdout", "stderr")[number], stream)


def limit(name: str) -> None:
    if name == "no room":  # as on a full disk: whoever the user is, no byte can be written to a file
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if name == "read only" and os.getuid() == 0:  # root gives up the right to write all the same, for its children too
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)
        header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # _LINUX_CAPABILITY_VERSION_3, this process
        data = (ctypes.c_uint32 * 6)()
        libc.capget(header, data)
        for index in (0, 1, 2):  # the first 32 that are effective, permitted, inheritable
            data[index] &= ~(1 << CAP_DAC_OVERRIDE)
        if libc.capset(header, data):
            raise OSError(ctypes.get_errno(), "capset")


def begin(task: dict[str, Any]) -> None:
    os.chdir(task["cwd"])
    sys.argv = ["dosje", *task["arguments"]]
    limit(task["limit"])
    for number in (2, 1, 0):
        open_stream(number, task["streams"][number])


pipes: dict[str, tuple[int, int]] = {}


def main() -> None:
    for line in sys.stdin:
        task = json.loads(line)
        pipes.update({name: os.pipe() for name in task["streams"] if name.startswith("pipe:")})
        process = os.fork()
        if not process:
            begin(task)
            dosje.cli.main()
        print(process, flush=True)
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        for name, (reader, writer) in pipes.items():
            os.close(writer)
            with open(reader, "rb") as said, open(name.removeprefix("pipe:"), "wb") as file:
                file.write(said.read())
        pipes.clear()
        print(code, flush=True)


if __name__ == "__main__":
    main()
