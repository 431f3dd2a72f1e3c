"""Runs templates of strangers: they reach what they print, and no file, no part of Python, no end of time or memory.

Jinja's sandbox keeps them from what Python keeps hidden. Ours lets through by list, not all that is left: of our own
values what our classes say, because others have more than they show (a model of pydantic reads files, a path deletes
them). What is asked beyond that is an error in the template's line. Knows nothing of records.
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

# Of one page: a hundred times what the longest takes.
SECONDS = 30.0
_MEMORY = 1 << 30
# Digits of a number, signs of a text that a template puts together in one step.
_MOST_BITS, _MOST_SIGNS = 4096, 1_000_000
_OURS = "dosje."
# Their own sandbox looks at these; they hold no more than they show.
_PLAIN = ("builtins", "collections", "datetime", "markupsafe", "types", "jinja2.runtime", "jinja2.utils")
_CLASSES = (dict, Cycler, Joiner, Namespace)
# Filters that differ from run to run, or say where something lies in memory.
_UNFIT = ("random", "pprint", "attr")


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of templates that are not trusted."""

    intercepted_binops = frozenset(["*", "**"])

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name in _UNFIT:
            del self.filters[name]

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may have an attribute: plain values', or what a class of ours says it has."""
        if attr.startswith("_") or isinstance(obj, type) or _holds_path(value):
            return False
        if isinstance(obj, TemplateModule):
            return attr in vars(obj)  # what another template gives, by `import`
        kinds = [kind for kind in type(obj).__mro__ if kind.__module__.startswith(_OURS)]
        if kinds:
            says = any(attr in vars(kind) or attr in getattr(kind, "__annotations__", ()) for kind in kinds)
            return says or attr in getattr(obj, "__dict__", ())
        return type(obj).__module__ in _PLAIN and super().is_safe_attribute(obj, attr, value)

    def is_safe_callable(self, obj: Any) -> bool:
        """Return whether a template may call something: no class but Jinja's own."""
        return (not isinstance(obj, type) or obj in _CLASSES) and super().is_safe_callable(obj)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Return what an operator gives, unless it is larger than any page needs: no bound of time stops it."""
        if isinstance(left, int) and isinstance(right, int):
            bits = left.bit_length() * max(right, 1) if operator == "**" else left.bit_length() + right.bit_length()
            if bits > _MOST_BITS:
                raise SecurityError(f"a number of more than {_MOST_BITS} bits")
        elif operator == "*":
            of, times = (left, right) if isinstance(right, int) else (right, left)
            if isinstance(times, int) and hasattr(of, "__len__") and len(of) * times > _MOST_SIGNS:
                raise SecurityError(f"a text or list of more than {_MOST_SIGNS} parts")
        return super().call_binop(context, operator, left, right)


def _holds_path(value: Any) -> bool:
    """Return whether a value is a path, or names some: where the edition lies is nobody's business who reads it."""
    if isinstance(value, Mapping):
        value = next(iter(value.values()), None)
    return isinstance(value, PurePath)


@contextmanager
def bounded() -> Iterator[None]:
    """Let what is run within have SECONDS, and a gigabyte of memory more than there is.

    Raises SecurityError and MemoryError. Only in the main thread, and where the system has such bounds.
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
    """Bound the memory of this process, and return the bounds of before; None where it cannot be done."""
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
