"""A document of any sort to its canonical text: words, blocks and what was furniture."""
