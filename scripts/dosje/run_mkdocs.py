"""MkDocs itself, in two thirds of its time: `python -m dosje.run_mkdocs build` as `python -m mkdocs build`."""

from __future__ import annotations

import runpy
import sys

from .collector import collect_seldom
from .quick_markdown import quicken

if __name__ == "__main__":
    collect_seldom()
    quicken()
    sys.argv[0] = "mkdocs"
    runpy.run_module("mkdocs", run_name="__main__", alter_sys=True)
