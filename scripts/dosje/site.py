"""Runs MkDocs on the rendered pages, as a child process: no code of ours needs its modules for a build."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from .settings import CONFIG_NAME, Settings
from .stylesheet import join_stylesheets
from .yamltree import Located, read_yaml

# Without these, the pages that we make are no pages: lists of facts, notes, Markdown within HTML.
_NEEDED = ("def_list", "footnotes", "md_in_html")
# MkDocs' own, which mkdocs.yml need not name.
_EXTENSIONS = ("markdown_extensions",)


class SiteError(RuntimeError):
    """MkDocs failed; the message is what it printed."""


def build_site(settings: Settings, folder: Path | None = None, *, for_disk: bool = False) -> str:
    """Build site/, or the site in another folder, from .build/pages; return what MkDocs said. Raises SiteError.

    `for_disk`: links lead to files, not to folders whose index a web server would have to find.
    """
    where = ["-d", str(folder)] if folder else []
    # A site that was made for MkDocs alone decides for itself whether it is strict.
    strict = [] if settings.docs_dir else ["--strict"]
    # Material prints a notice about its end of life; it is known (ARCHITECTURE.md) and no warning of the edition.
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    with mkdocs_config(settings, for_disk=for_disk) as config:
        # Not --quiet: it keeps warnings from being counted, and a strict build would pass with them.
        command = [sys.executable, "-m", "dosje.run_mkdocs", "build", *strict, "--clean", "-f", str(config), *where]
        done = subprocess.run(
            command, cwd=settings.root, capture_output=True, encoding="utf-8", check=False, env=environment
        )
    lines = [line for line in (done.stdout + done.stderr).splitlines() if not line.startswith("INFO")]
    said = "\n".join(lines).strip()
    if done.returncode:
        raise SiteError(said or f"MkDocs ended with {done.returncode}")
    if not settings.docs_dir:
        join_stylesheets(folder or settings.root / settings.site_dir)
    return said


@contextmanager
def mkdocs_config(settings: Settings, *, for_disk: bool = False) -> Iterator[Path]:
    """Yield mkdocs.yml, or a file that inherits from it where that says too little for our pages, or for a disk.

    The file stands beside it while it is used, because its paths are relative to where it stands.
    """
    path = settings.root / CONFIG_NAME
    located, _ = read_yaml(path.read_text(encoding="utf-8-sig"), CONFIG_NAME)
    added = _additions(settings, located) if located else ""
    added += "use_directory_urls: false\n" if for_disk else ""
    if not added:
        yield path
        return
    number, name = tempfile.mkstemp(prefix=".mkdocs-", suffix=".yml", dir=settings.root)
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(f"INHERIT: {CONFIG_NAME}\n{added}")
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _additions(settings: Settings, located: Located) -> str:
    values = located.value if isinstance(located.value, dict) else {}
    added = "" if values.get("docs_dir") == settings.pages_dir else f"docs_dir: {settings.pages_dir}\n"
    given = values.get(_EXTENSIONS[0]) or []
    named = {name for one in given for name in ([one] if isinstance(one, str) else one)}
    missing = [name for name in _NEEDED if not named & {name, f"markdown.extensions.{name}", "extra"}]
    return added + _extend(located, missing) if missing else added


def _extend(located: Located, names: list[str]) -> str:
    """Return the list of extensions with some more. It is copied as it stands: tags in it are for MkDocs to read."""
    node = located.nodes.get(_EXTENSIONS)
    if not isinstance(node, yaml.CollectionNode) or not node.value:
        return "".join([f"{_EXTENSIONS[0]}:\n", *(f"  - {name}\n" for name in names)])
    text = located.text[node.start_mark.index : node.end_mark.index].rstrip()
    is_mapping = isinstance(node, yaml.MappingNode)
    if node.flow_style:
        inner = text[:-1].rstrip().rstrip(",")
        ending = ", ".join(f"{name}: {{}}" if is_mapping else name for name in names)
        return f"{_EXTENSIONS[0]}: {inner}, {ending}{text[-1]}\n"
    indent = " " * node.start_mark.column
    lines = [f"{indent}{name}: {{}}" if is_mapping else f"{indent}- {name}" for name in names]
    return "\n".join([f"{_EXTENSIONS[0]}:", indent + text, *lines, ""])
