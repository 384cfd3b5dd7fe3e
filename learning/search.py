"""Stub: the query parser and the search over the index."""
