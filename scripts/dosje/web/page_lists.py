"""What the pages that list records ask for: the tables, the lists themselves, examples for the lookup."""

from __future__ import annotations

from ..edition.index_folder import INDEX_FOLDER
from ..edition.links import LinkedCorpus
from ..edition.lookup_examples import examples_of
from ..edition.pages import full_lists
from .page_links import PageLinks
from .tables import ListTable, make_table

# The lists that most readers begin with.
_CHIEF = ("meetings", "persons", "sources")


class PageLists:
    """The lists that a page can show."""

    def __init__(self, linked: LinkedCorpus, links: PageLinks) -> None:
        self._linked = linked
        self._links = links

    def table(self, name: str) -> ListTable:
        """Return the table of a list."""
        return make_table(self._linked, lambda page: self._links.title(*page), name)

    def lists(self) -> list[str]:
        """Return the lists that the site makes, without the search."""
        return [name for name in self._linked.lists if name != "search"]

    def chief_lists(self) -> list[str]:
        """Return the lists that the home page names: the chief ones, or where there is none of these, all."""
        full = full_lists(self._linked)
        return [name for name in _CHIEF if name in full] or [name for name in full if name != "lookup"]

    def first_source(self) -> str:
        """Return the key of some source, "" in an edition without one."""
        return next(iter([*self._linked.corpus.sources, *self._linked.corpus.works]), "")

    def index_folder(self) -> str:
        """Return the folder of the lookup's index, as seen from the page of the lookup."""
        return INDEX_FOLDER.rpartition("/")[2]

    def lookup_examples(self) -> dict[str, str]:
        """Return footnotes to try on the page of the lookup, by kind."""
        return examples_of(self._linked, lambda key: self._links.title("source", key))
