"""Runs MkDocs, faster than it is: `python -m dosje.site.run_mkdocs CONFIG ROOT FOLDER [--strict] [--read-all]`.

CONFIG is the file that was composed, ROOT the edition, from which its paths count, FOLDER where the site goes.
With --read-all Python-Markdown reads every page, also those that are finished.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from markdown import Markdown
from mkdocs import utils
from mkdocs.__main__ import State
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError, MkDocsException
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page, _ExtractTitleTreeprocessor
from mkdocs.structure.toc import get_toc

from ..reading.settings import CONFIG_NAME
from ..system.children import die_with_parent
from ..system.endings import TRACEBACK, describe_error, ending_of
from ..system.garbage import collect_seldom
from .finished_pages import HARMLESS, FinishedPages


def run(config: Path, root: Path, folder: Path, *, is_strict: bool) -> None:
    """Do what `mkdocs build --clean` does, with a file that lies elsewhere. Raises MkDocsException."""
    state: object = State()  # type: ignore[no-untyped-call]  # its log on stderr, for as long as it is referred to
    found = _load(config, root, folder, is_strict=is_strict)
    found.plugins.on_startup(command="build", dirty=False)
    try:
        build(found)
    finally:
        found.plugins.on_shutdown()
        del state


def _load(config: Path, root: Path, folder: Path, *, is_strict: bool) -> MkDocsConfig:
    """Return the configuration. Raises ConfigurationError in one line; MkDocs shows parts of its own code, too."""
    log, said = logging.getLogger("mkdocs.config"), list[logging.LogRecord]()

    def hold(record: logging.LogRecord) -> bool:
        said.append(record)
        return False

    log.addFilter(hold)
    try:
        with config.open("rb") as file:
            path, strict = str(root / CONFIG_NAME), is_strict or None
            return load_config(file, config_file_path=path, site_dir=str(folder), strict=strict)
    except MkDocsException as error:
        held, said = said, []
        worst = max((record.levelno for record in held), default=0)
        told = [record.getMessage() for record in held if record.levelno == worst >= logging.WARNING]
        what = "; ".join(map(without_code, told or [str(error)]))
        raise ConfigurationError(f"{CONFIG_NAME}: MkDocs cannot use this: {what}") from error
    finally:
        log.removeFilter(hold)
        for record in said:
            log.handle(record)


def without_code(text: str) -> str:
    """Return what MkDocs says of a value in one line, without the lines of code that an extension failed in."""
    first, *more = text.strip().splitlines() or [""]
    own = [line.strip() for line in more if line.strip() and not line.startswith((" ", "Traceback"))]
    return f"{first.rstrip('.')}: {' '.join(own)}" if own else first


def date_pages() -> None:
    """Write into the sitemap when the record of a page last changed, and no date where that is not known.

    MkDocs itself writes the day of the build for every page, and into the packed sitemap.
    """
    read = Page.read_source

    def read_and_date(page: Page, config: MkDocsConfig) -> None:
        read(page, config)
        described = page.meta.get("dosje_page")
        changed = described.get("changed") if isinstance(described, dict) else None
        page.update_date = str(changed["date"]) if changed else ""

    Page.read_source = read_and_date  # type: ignore[assignment,method-assign]
    utils.get_build_timestamp = lambda **_: 0


def take_finished() -> None:
    """Let MkDocs take finished pages as they are, and give only the others to Python-Markdown.

    What is made is the same, to the byte.
    """
    convert, readers = Page.render, dict[int, FinishedPages | None]()

    def render(page: Page, config: MkDocsConfig, files: Files) -> None:
        if id(config) not in readers:
            readers[id(config)] = _reader_for(config)
        reader = readers[id(config)]
        found = reader.read(page.markdown) if reader and page.markdown else None
        if found is None:
            return convert(page, config, files)
        page.content = found.html
        page.toc = get_toc(found.contents)
        page._title_from_render = found.title
        page.present_anchor_ids = set(found.ids)
        page.links_to_anchors = {}
        return None

    Page.render = render  # type: ignore[assignment,method-assign]


def _reader_for(config: MkDocsConfig) -> FinishedPages | None:
    """Return what reads the finished pages of a site; None if its extensions may change HTML."""
    names = {str(name).removeprefix("markdown.extensions.") for name in config.markdown_extensions}
    if not names <= HARMLESS:
        return None
    markdown = Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs or {})
    extracted = _ExtractTitleTreeprocessor()
    extracted._register(markdown)

    def take_title() -> str | None:
        title, extracted.title = extracted.title, None
        return title

    return FinishedPages(markdown, take_title)


def run_mkdocs() -> int:
    """Run it, and return the exit code: 0 good, 1 if the edition is wrong, 2 if it cannot be done here."""
    try:
        run(*map(Path, sys.argv[1:4]), is_strict="--strict" in sys.argv[4:])
    except ConfigurationError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except MkDocsException as error:
        error.show()
        return error.exit_code
    except (OSError, MemoryError) as error:
        sys.stderr.write(f"{ending_of(error).text.removeprefix('Error: ')}\n")
        return 2
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        # Our part is only the call above, so the fault is in a plugin, a hook, a theme or MkDocs itself.
        sys.stderr.write(
            f"MkDocs, or what mkdocs.yml adds to it, failed: {describe_error(error)}; {TRACEBACK}=1 shows where\n"
        )
        return 1
    return 0


if __name__ == "__main__":
    die_with_parent()
    collect_seldom()
    date_pages()
    if "--read-all" not in sys.argv[4:]:
        take_finished()
    raise SystemExit(run_mkdocs())
