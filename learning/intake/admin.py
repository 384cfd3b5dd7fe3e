"""The admin of bulletins, where the desk has a say: it publishes nothing, and a redaction cleans what it must."""

from django import forms
from django.contrib import admin

from learning.admin import BulletinAdmin
from learning.intake.redaction.redacted_text import clean_bulletin, reindex
from learning.models import Bulletin, SourceDocument
from reviews.admin import ReasonForm
from reviews.state import State

AT_THE_DESK = "Publish it at the desk, where a second person checks it and every finding is decided."


class BulletinForm(ReasonForm):
    """Any state but one: a bulletin with a text becomes public at the desk alone."""

    def clean_state(self) -> str:
        state = str(self.cleaned_data["state"])
        stored = Bulletin.objects.filter(pk=self.instance.pk)
        is_new = state == State.PUBLISHED and not stored.filter(state=State.PUBLISHED).exists()
        if is_new and SourceDocument.objects.filter(bulletin__in=stored).exists():
            raise forms.ValidationError(AT_THE_DESK)
        return state


class DeskBulletinAdmin(BulletinAdmin):
    form = BulletinForm

    def changed(self, record: Bulletin) -> None:
        """A redaction that was made here goes through the copies and the history as one made at the desk does."""
        clean_bulletin(record)
        reindex(Bulletin.objects.get(pk=record.pk))


admin.site.unregister(Bulletin)
admin.site.register(Bulletin, DeskBulletinAdmin)
