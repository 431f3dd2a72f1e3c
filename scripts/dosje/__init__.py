"""Dosje: documentary websites whose every statement can be followed to the folio it rests on.

What programs may call and import stands here, and nothing else: docs/manual/api.md describes it.
"""

# Type checkers take this name for true. `typing`, which has it too, would take longer to load than all of this.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from .face import Edition, build, check, look_up, open_edition
    from .lookup.answers import IndexMissingError
    from .lookup.replies import CitationReply, CitedPlace, CitingNote, NearSource, NoteReply, PartRead, SourceMatch
    from .stages import BuiltSite
    from .values.errors import DosjeError, FaultyEditionError, NoEditionError, OperationError
    from .values.findings import Finding, Span

__version__ = "0.1.0"
__all__ = [
    "BuiltSite",
    "CitationReply",
    "CitedPlace",
    "CitingNote",
    "DosjeError",
    "Edition",
    "FaultyEditionError",
    "Finding",
    "IndexMissingError",
    "NearSource",
    "NoEditionError",
    "NoteReply",
    "OperationError",
    "PartRead",
    "SourceMatch",
    "Span",
    "__version__",
    "build",
    "check",
    "look_up",
    "open_edition",
]
# Where they stand. Each is loaded when it is first used, so that `import dosje` takes no time.
_HOMES = {
    "face": ("Edition", "build", "check", "look_up", "open_edition"),
    "lookup.answers": ("IndexMissingError",),
    "lookup.replies": (
        "CitationReply",
        "CitedPlace",
        "CitingNote",
        "NearSource",
        "NoteReply",
        "PartRead",
        "SourceMatch",
    ),
    "stages": ("BuiltSite",),
    "values.errors": ("DosjeError", "FaultyEditionError", "NoEditionError", "OperationError"),
    "values.findings": ("Finding", "Span"),
}

if not TYPE_CHECKING:  # or a name that is misspelt would be one of these to type checkers, too

    def __getattr__(name: str) -> object:
        from importlib import import_module

        for home, names in _HOMES.items():
            if name in names:
                return getattr(import_module(f"{__name__}.{home}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
