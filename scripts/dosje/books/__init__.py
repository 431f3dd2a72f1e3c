"""Books of the edition as PDF and EPUB."""
