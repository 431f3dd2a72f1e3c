"""The pages of the website as Markdown, and the theme that shows them."""
