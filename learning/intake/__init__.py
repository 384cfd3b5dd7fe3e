"""How a bulletin comes in: text from any document, statements from the text, checks, and publication."""
