"""Makes the links of our pages those of the site, where the theme is not ours: a hook of MkDocs, as `theme_hooks`."""

from dosje.site.theme_hooks import on_page_content

__all__ = ["on_page_content"]
