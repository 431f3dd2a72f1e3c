"""The folder of the lookup's index on the site. Imports nothing, because `dosje cite` must answer at once."""

# The version is in the address, so that a page that a browser keeps never reads an index of another form.
INDEX_VERSION = 4
INDEX_FOLDER = f"lookup/v{INDEX_VERSION}"
