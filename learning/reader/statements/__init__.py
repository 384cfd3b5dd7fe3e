"""The walk through a text that finds its statements: headings, items, rows and paragraphs, each in a module."""
