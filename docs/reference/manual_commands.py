"""The page of the manual on the commands: what `--help` says, of every verb, argument and option."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from dosje.cli.verbs import main


def verbs() -> dict[str, click.Command]:
    """Return every verb of the command line by its name, in the order of the alphabet."""
    return dict(sorted(main.commands.items()))


def commands_page() -> str:
    """Return the page's Markdown."""
    return "\n".join(_page())


def _page() -> Iterator[str]:
    yield "# Commands\n"
    yield "`dosje VERB --help` says on your machine what stands here.\n"
    yield "Answers go to standard output, progress and findings to standard error. A command ends"
    yield "with 0 if all is good, with 1 if something was found,"
    yield "with 2 if it was called in a wrong way, or if it cannot be done here.\n"
    for name, verb in verbs().items():
        yield f"## dosje {name} {{#{name}}}\n"
        about, _, example = (verb.help or "").partition("\b\n")
        yield f"{about.strip()}\n"
        usage = " ".join(
            verb.collect_usage_pieces(click.Context(verb, info_name=name, help_option_names=["-h", "--help"]))
        )
        yield f"```console\n$ dosje {name} {usage}\n```\n"
        if example:
            lines = example.strip().removeprefix("Example:").splitlines()
            yield "For example:\n"
            yield "```console\n" + "\n".join(f"$ {line.strip()}" for line in lines if line.strip()) + "\n```\n"
        yield "| Option | What it does |"
        yield "|:-------|:-------------|"
        for option in options_of(verb):
            yield f"| {_named(option)} | {_said(option)} |"
        yield ""


def options_of(verb: click.Command) -> list[click.Option]:
    """Return the options of a verb, but `--help`."""
    return [one for one in verb.params if isinstance(one, click.Option)]


def _named(option: click.Option) -> str:
    value = "" if option.is_flag else f" {_value(option)}"
    return ", ".join(f"`{name}{value}`" for name in option.opts)


def _value(option: click.Option) -> str:
    if option.metavar:
        return option.metavar
    if isinstance(option.type, click.Choice):
        return "/".join(str(choice) for choice in option.type.choices)
    return {"integer range": "NUMBER", "integer": "NUMBER"}.get(option.type.name, option.type.name.upper())


def _said(option: click.Option) -> str:
    text = re.sub(r"\s+", " ", option.help or "")
    default = option.default if option.show_default and not option.is_flag else None
    more = " It may be given several times." if option.multiple else ""
    return (text.replace("|", r"\|") + more + (f" Default: `{default}`." if default is not None else "")).strip()
