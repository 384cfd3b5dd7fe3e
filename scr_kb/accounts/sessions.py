"""Sessions in the database, under keys that we made: anything else in the cookie is no session.

A key with a NUL in it, which a cookie can carry, is an error to PostgreSQL.
"""

from typing import Any

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    def __init__(self, session_key: Any = None) -> None:
        is_ours = isinstance(session_key, str) and session_key.isascii() and session_key.isalnum()
        super().__init__(session_key if is_ours else None)
