"""Composes the file that MkDocs reads: what mkdocs.yml says, with our defaults for the rest.

It is made of YAML's nodes, not of values, because MkDocs itself must read its tags (`!ENV`, `!relative`) and those of
Python's objects. The file lies in .build/; its paths count from mkdocs.yml, as MkDocs is told (`run_mkdocs`).
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from ..reading.policy import on_disk
from ..reading.settings import CONFIG_NAME, Settings
from ..system.marker import make_build_dir
from ..system.writing import write_file, write_tree
from ..values.typography import ENGLISH_MARKS, QuotationMarks
from .absolute_paths import make_absolute
from .icons import ICON_STYLES, IconError, make_icons
from .theme_files import phrases_of_templates, read_theme, word_scripts
from .theme_language import language_file, theme_language

# Entries of the navigation, as `nav` in mkdocs.yml has them (`navigation`).
Nav = Sequence[str | dict[str, Any]]
Node = yaml.Node

# How our defaults ask for a phrase.
_PHRASE = re.compile(r'"\{([a-z]+(?:[.-][a-z]+)+)\}"')
_THEME_DIR = ".build/theme"
_THEME = "material"
_LINKS, _THEME_HOOK = (Path(__file__).with_name(f"{name}_hooks.py") for name in ("link", "theme"))
_STR, _MAP, _SEQ = (f"tag:yaml.org,2002:{name}" for name in ("str", "map", "seq"))
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Lists to which mkdocs.yml adds, instead of replacing them. The later style sheet wins, and that is the edition's.
_FILES = ("extra_css", "extra_javascript")
_EXTENSIONS = "markdown_extensions"
# Gives cells classes, for which our style sheet has rules.
_ALIGNMENT = "dosje.site.cell_alignment"
# Our pages need these: lists of facts, notes, Markdown within HTML.
_NEEDED = ("def_list", "footnotes", "md_in_html")
# An extension that brings others.
_BRINGS = dict.fromkeys(("extra", "pymdownx.extra"), frozenset(("attr_list", *_NEEDED)))


class ComposeError(RuntimeError):
    """mkdocs.yml inherits from a file that cannot be read, or names an icon that is not there; the message says so."""


def write_config(settings: Settings, nav: Nav, *, for_disk: bool = False) -> Path:
    """Write the file that MkDocs reads, and the theme beside it, into .build/; return its path. Raises ComposeError.

    NotOursError if .build/ is somebody else's.
    """
    own = _read(settings.root / CONFIG_NAME)
    theme = settings.root / _own_theme(own)
    icons = _icons(_get(own, "theme"), theme) if settings.has_our_looks else ""
    text = _print(_join(settings, nav, own, for_disk=for_disk))
    folder = make_build_dir(settings.root)
    if settings.has_our_looks:
        worded = word_scripts(read_theme(theme), settings.phrases)
        worded |= language_file(settings.locale) | ({ICON_STYLES: icons} if icons else {})
        write_tree(settings.root / _THEME_DIR, worded)
    path = folder / ("mkdocs-disk.yml" if for_disk else CONFIG_NAME)
    write_file(path, text.encode())
    return path


def compose(settings: Settings, nav: Nav, *, for_disk: bool = False, is_absolute: bool = False) -> str:
    """Return the text of the file that MkDocs reads. Raises ComposeError.

    `is_absolute`: its paths are absolute, but for those of pages and site, for a program that counts them otherwise.

    `nav`: the navigation of an edition whose mkdocs.yml has none. `for_disk`: links lead to files, not to folders whose
    index a web server would have to find. A site that was made for MkDocs alone gets only what our pages need.
    """
    merged = _join(settings, nav, _read(settings.root / CONFIG_NAME), for_disk=for_disk)
    if is_absolute:
        make_absolute(merged, settings.root)
    return _print(merged)


def _join(settings: Settings, nav: Nav, own: yaml.MappingNode, *, for_disk: bool) -> yaml.MappingNode:
    """Return what MkDocs reads. `own` is what mkdocs.yml says; this function changes it."""
    policy = on_disk(settings.policy) if for_disk else settings.policy
    if settings.docs_dir:
        added = _mapping({_EXTENSIONS: list(_NEEDED), "extra": {"dosje_written": _written_in(settings)}})
    else:
        added = _default(settings, nav, own, policy)
    _set(added, "docs_dir", _node(settings.pages_dir))
    merged = _merge(own, added)
    _set(merged, "docs_dir", _node(settings.pages_dir))
    # Templates of a site made for MkDocs alone expect that nothing is escaped.
    hook = _node(str(_LINKS if settings.docs_dir else _THEME_HOOK))
    _set(merged, "hooks", yaml.SequenceNode(_SEQ, [*_items(_get(merged, "hooks")), hook]))
    if settings.is_untrusted or settings.docs_dir:
        _leave_out_plugin(merged, "bibtex")
    if for_disk:
        _set(merged, "use_directory_urls", _node(False))
    return merged


def _print(config: yaml.MappingNode) -> str:
    return str(yaml.serialize(config, Dumper=yaml.SafeDumper, allow_unicode=True, width=120))


def _written_in(settings: Settings) -> dict[str, str]:
    """Return where the pages of a site made for MkDocs alone come from, for `link_hooks`."""
    return {"pages": settings.docs_dir, "works": settings.bib_file or CONFIG_NAME}


def _default(settings: Settings, nav: Nav, own: yaml.MappingNode, policy: str) -> yaml.MappingNode:
    """Return what the program brings to an edition, and change `own` so that it can be joined with it."""
    own_theme = settings.root / _own_theme(own)
    text = (files("dosje") / "site" / "defaults.yml").read_text(encoding="utf-8")
    added = _composed(_PHRASE.sub(lambda match: json.dumps(settings.phrases(match[1], number="{}")), text))
    _set_quotes(_get(added, _EXTENSIONS), settings.phrases.marks)
    theme = _get(own, "theme")
    if isinstance(theme, yaml.ScalarNode):
        theme = _mapping({"name": theme.value})
        _set(own, "theme", theme)
    if isinstance(theme, yaml.MappingNode) and (name := _get(theme, "name")) and name.value != _THEME:
        for ours in ("theme", *_FILES):  # our style sheets are made for Material
            _remove(added, ours)
        extensions = _get(added, _EXTENSIONS)
        extensions.value[:] = [node for node in extensions.value if node.value != _ALIGNMENT]
    else:
        default = _get(added, "theme")
        assert isinstance(default, yaml.MappingNode)
        # Zensical hands the theme no values of its own, but all that stands under `extra`.
        phrases = phrases_of_templates(read_theme(own_theme), settings.phrases)
        _set(_get(added, "extra"), "phrases", _node(phrases))
        borrowed = sorted(phrases.keys() & settings.phrases.borrowed)
        _set(_get(added, "extra"), "borrowed", _node(borrowed))
        _set(default, "language", _node(theme_language(settings.locale)))
        for name, value in (("custom_dir", _THEME_DIR), ("policy", policy)):
            _set(theme if isinstance(theme, yaml.MappingNode) else default, name, _node(value))
        if _icons(theme, own_theme):
            _get(added, "extra_css").value.append(_node(ICON_STYLES))
    _set(added, "site_dir", _node(settings.site_dir))
    if nav:
        _set(added, "nav", _node(list(nav)))
    return added


def _set_quotes(extensions: Node, marks: QuotationMarks) -> None:
    """Let straight quotes in what MkDocs converts become the marks of a language.

    The extension takes an apostrophe for a closing single mark, so single ones are of the language only if these two
    are alike.
    """
    if marks[:4] == ENGLISH_MARKS[:4]:
        return
    names = ("left-double-quote", "right-double-quote", "left-single-quote", "right-single-quote")
    kept = zip(names, marks[:4] if marks.inner_closing == "’" else marks[:2], strict=False)
    signs = {name: sign.replace(" ", "\u00a0") for name, sign in kept}
    for node in _items(extensions):
        if _name_of(node) == "smarty" and isinstance(node, yaml.MappingNode):
            _set(node.value[0][1], "substitutions", _node(signs))


def _leave_out_plugin(config: yaml.MappingNode, name: str) -> None:
    """Remove a plugin. The one for bibliographies would ask pandoc for nothing, or take away what is no citation."""
    plugins = _get(config, "plugins")
    if isinstance(plugins, yaml.Node):
        _set(config, "plugins", yaml.SequenceNode(_SEQ, [one for one in _items(plugins) if _name_of(one) != name]))


def _own_theme(own: yaml.MappingNode) -> str:
    """Return the folder of the edition's own files of the theme, as mkdocs.yml says, or the file that it inherits."""
    theme = _get(own, "theme")
    named = _get(theme, "custom_dir") if isinstance(theme, yaml.MappingNode) else None
    return str(named.value) if isinstance(named, yaml.ScalarNode) and named.value else "theme"


def _icons(theme: Node | None, own: Path) -> str:
    """Return the style sheet of the icons that mkdocs.yml chooses. Raises ComposeError."""
    chosen = _plain(_get(theme, "icon")) if isinstance(theme, yaml.MappingNode) else None
    try:
        return make_icons(chosen, own) if isinstance(chosen, dict) else ""
    except IconError as error:
        raise ComposeError(f"{CONFIG_NAME}: theme: icon: {error}") from error


def _plain(node: Node | None) -> Any:
    """Return the texts of a node, and what holds them."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _plain(value) for key, value in node.value}
    return node.value if isinstance(node, yaml.ScalarNode) else None


def _read(path: Path) -> yaml.MappingNode:
    """Return what a file says, with what it inherits (MkDocs' `INHERIT`)."""
    own, seen = _read_one(path), {path.resolve()}
    while (parent := _get(own, "INHERIT")) is not None:
        _remove(own, "INHERIT")
        path = path.parent / str(parent.value)
        if path.resolve() in seen or not path.is_file():
            what = "inherits from itself" if path.is_file() else "is not there"
            raise ComposeError(f"{CONFIG_NAME}: INHERIT: {parent.value} {what}")
        seen.add(path.resolve())
        own = _merge(own, _read_one(path), is_joined=False)
    return own


def _read_one(path: Path) -> yaml.MappingNode:
    try:
        return _composed(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ComposeError(f"{path.name} cannot be read: {error}") from error


def _merge(own: yaml.MappingNode, added: yaml.MappingNode, *, is_joined: bool = True) -> yaml.MappingNode:
    """Return both as one; `own` wins. `is_joined`: some lists are joined."""
    pairs = {key.value: (key, value) for key, value in own.value}
    for key, value in added.value:
        given = pairs.get(key.value, (key, None))[1]
        if given is None or (given.tag.endswith(":null") and is_joined):
            pairs[key.value] = (key, value)
        elif is_joined and key.value == _EXTENSIONS:
            pairs[key.value] = (key, _join_extensions(given, value))
        elif is_joined and key.value in _FILES:
            listed = [node.value for node in _items(value)]
            own_items = [node for node in _items(given) if node.value not in listed]
            pairs[key.value] = (key, yaml.SequenceNode(_SEQ, [*_items(value), *own_items]))
        elif isinstance(given, yaml.MappingNode) and isinstance(value, yaml.MappingNode):
            pairs[key.value] = (key, _merge(given, value, is_joined=is_joined))
    return yaml.MappingNode(_MAP, list(pairs.values()))


def _join_extensions(own: Node, added: Node) -> Node:
    """Return the edition's extensions with those that it lacks. Ours come last: of one name the last counts."""
    given = list(_items(own))
    named = {_name_of(node).removeprefix("markdown.extensions.") for node in given}
    brought = frozenset[str]().union(*(_BRINGS.get(name, frozenset()) for name in named))
    missing = [node for node in _items(added) if _name_of(node) not in named | (brought if _is_plain(node) else set())]
    return yaml.SequenceNode(_SEQ, [*given, *missing])


def _items(node: Node | None) -> Iterator[Node]:
    """Yield the entries of a list, or of a mapping, as MkDocs takes both, each field as an entry of its own."""
    if isinstance(node, yaml.MappingNode):
        yield from (yaml.MappingNode(_MAP, [pair]) for pair in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from node.value


def _name_of(extension: Node) -> str:
    return str(extension.value[0][0].value if _is_mapping(extension) else extension.value)


def _is_plain(extension: Node) -> bool:
    return isinstance(extension, yaml.ScalarNode)


def _is_mapping(node: Node) -> bool:
    return isinstance(node, yaml.MappingNode) and bool(node.value)


def _composed(text: str) -> yaml.MappingNode:
    # The same parser as in `settings`: another might read something that this one does not.
    found = yaml.compose(text, Loader=_Loader)
    if not isinstance(found, yaml.MappingNode):
        return yaml.MappingNode(_MAP, [])
    # MkDocs knows no field whose name is a list.
    return yaml.MappingNode(_MAP, [pair for pair in found.value if isinstance(pair[0], yaml.ScalarNode)])


class _Dumper(yaml.SafeDumper):
    """Writes phrases as text, of whichever type their words are."""


_Dumper.add_multi_representer(str, lambda dumper, text: dumper.represent_str(str(text)))


def _node(value: object) -> Node:
    node: Node = _Dumper(io.StringIO()).represent_data(value)
    return node


def _mapping(value: dict[str, object]) -> yaml.MappingNode:
    node = _node(value)
    assert isinstance(node, yaml.MappingNode)
    return node


def _get(mapping: yaml.MappingNode, name: str) -> Any:
    return next((value for key, value in mapping.value if key.value == name), None)


def _set(mapping: yaml.MappingNode, name: str, value: Node) -> None:
    _remove(mapping, name)
    mapping.value.append((yaml.ScalarNode(_STR, name), value))


def _remove(mapping: yaml.MappingNode, name: str) -> None:
    mapping.value[:] = [(key, value) for key, value in mapping.value if key.value != name]
