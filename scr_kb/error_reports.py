"""What the mail about an error may tell the administrators."""

from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class NoWordsFilter(SafeExceptionReporterFilter):
    """Leaves out whatever was typed into a form: a message may name a child, and mail is no place for that."""

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return dict.fromkeys(super().get_post_parameters(request), self.cleansed_substitute)
