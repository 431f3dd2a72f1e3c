"""Makes paths in a composed configuration absolute, so that it does not matter where a program is started.

MkDocs is told from where paths count. Zensical is not: it counts some of them from the folder in which it was started.
`docs_dir` and `site_dir` stay as they are: Zensical counts them from the file, and takes none outside its folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

# Fields that hold a path, or a list of paths; "*" is each entry of a list. Of extensions and plugins only those that
# many sites have: nothing says of the others which of their options is a path.
_PATHS = (
    ("theme", "custom_dir"),
    ("hooks",),
    ("watch",),
    ("plugins", "*", "bibtex", "bib_dir"),
    ("plugins", "*", "bibtex", "bib_file"),
    ("plugins", "*", "bibtex", "csl_file"),
    ("markdown_extensions", "*", "pymdownx.snippets", "base_path"),
)


def make_absolute(config: yaml.MappingNode, root: Path) -> None:
    """Change paths in `config`, which count from `root`, into absolute ones."""
    for field in _PATHS:
        for node in _scalars_at(config, field):
            if node.value and "://" not in node.value:
                node.value, node.style = str(root / node.value), None


def _scalars_at(node: yaml.Node, field: tuple[str, ...]) -> Iterator[yaml.ScalarNode]:
    """Yield the texts at a field, or in the list at it."""
    if not field:
        yield from (one for one in _entries(node) if isinstance(one, yaml.ScalarNode))
    elif field[0] == "*":
        for one in _entries(node):
            yield from _scalars_at(one, field[1:])
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == field[0]:
                yield from _scalars_at(value, field[1:])


def _entries(node: yaml.Node) -> list[yaml.Node]:
    return node.value if isinstance(node, yaml.SequenceNode) else [node]
