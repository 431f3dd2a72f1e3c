"""The website: all files of its pages, MkDocs, the search index, the preview, publishing, the zip."""
