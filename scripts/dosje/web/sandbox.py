"""Runs templates of strangers: they reach what they print, no file and no part of Python; time and memory are limited.

Jinja's sandbox hides the private names of Python. Ours allows only what is listed: of our own values, the names that
our classes define. Inherited names can be dangerous: a pydantic model reads files, a path deletes them. Asking for
anything else is an error with the line of the template. Knows nothing of records.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any

from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace

try:
    import resource
except ImportError:  # Windows has no such bounds
    resource = None  # type: ignore[assignment]

# For one page; a hundred times what the longest page takes.
SECONDS = 30.0
_MEMORY = 1 << 30
# The bits of a number, and the characters of a text, that a template may make in one step.
_MOST_BITS, _MOST_SIGNS = 4096, 1_000_000
_OURS = "dosje."
# Jinja's own sandbox checks these; they have no names but those that they show.
_PLAIN = ("builtins", "collections", "datetime", "markupsafe", "types", "jinja2.runtime", "jinja2.utils")
_CLASSES = (dict, Cycler, Joiner, Namespace)
# Filters whose results differ from run to run, or show an address in memory.
_UNFIT = ("random", "pprint", "attr")


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of templates that are not trusted."""

    intercepted_binops = frozenset(["*", "**"])

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name in _UNFIT:
            del self.filters[name]

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Return whether a template may read an attribute: of a plain value, or one that a class of ours defines."""
        if attr.startswith("_") or isinstance(obj, type) or _holds_path(value):
            return False
        if isinstance(obj, TemplateModule):
            return attr in vars(obj)  # what another template gives, by `import`
        kinds = [kind for kind in type(obj).__mro__ if kind.__module__.startswith(_OURS)]
        if kinds:
            says = any(attr in vars(kind) or attr in getattr(kind, "__annotations__", ()) for kind in kinds)
            return says or attr in getattr(obj, "__dict__", ())
        return type(obj).__module__ in _PLAIN and super().is_safe_attribute(obj, attr, value)

    def is_safe_callable(self, obj: object) -> bool:
        """Return whether a template may call something; the only classes that it may call are those of Jinja."""
        return (not isinstance(obj, type) or obj in _CLASSES) and super().is_safe_callable(obj)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Return the result of an operator. Raises SecurityError if it is too large: no limit of time would stop it."""
        if isinstance(left, int) and isinstance(right, int):
            bits = left.bit_length() * max(right, 1) if operator == "**" else left.bit_length() + right.bit_length()
            if bits > _MOST_BITS:
                raise SecurityError(f"a number of more than {_MOST_BITS} bits")
        elif operator == "*":
            of, times = (left, right) if isinstance(right, int) else (right, left)
            if isinstance(times, int) and hasattr(of, "__len__") and len(of) * times > _MOST_SIGNS:
                raise SecurityError(f"a text or list of more than {_MOST_SIGNS} parts")
        return super().call_binop(context, operator, left, right)


def _holds_path(value: object) -> bool:
    """Return whether a value is a path or holds paths: readers must not learn in which folder the edition lies."""
    if isinstance(value, Mapping):
        value = next(iter(value.values()), None)
    return isinstance(value, PurePath)


@contextmanager
def bounded() -> Iterator[None]:
    """Limit what is run within to SECONDS, and to a gigabyte of memory more than is in use.

    Raises SecurityError and MemoryError. Works only in the main thread, and where the system has such limits.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: object) -> None:
        raise SecurityError(f"a page takes more than {SECONDS:g} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    limits = _lower_memory()
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if limits:
            resource.setrlimit(resource.RLIMIT_AS, limits)


def _lower_memory() -> tuple[int, int] | None:
    """Limit the memory of this process, and return the limits that it had; None where this cannot be done."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            now = int(file.read().split()[0]) * resource.getpagesize()
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = now + _MEMORY
        allowed = min([wanted, *(limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY)])
        resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))
    except (OSError, ValueError, AttributeError):
        return None
    return soft, hard
