"""A document of any format to its canonical text: words, blocks and what was furniture."""
