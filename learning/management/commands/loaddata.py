"""Django's own loaddata, plus what this site needs afterwards: entries in the history, and the search index."""

from typing import Any

from django.apps import apps
from django.core.management.commands import loaddata
from django.db import models

from learning.catalogue import revisions
from learning.fixtures_loader import record_arrivals
from learning.management.commands.dumpdata import OF_THIS_DATABASE
from learning.search.index import rebuild_index


class Command(loaddata.Command):
    """Unlike load_bulletins it overwrites: a record with the same natural key takes the values of the fixture.

    The triggers are off meanwhile: the revision that they would raise for each row belongs to this database, and a new
    epoch begins when all is loaded. What an older dump says about its own database is skipped.
    """

    def handle(self, *fixture_labels: str, **options: Any) -> None:
        options["exclude"] = [*options["exclude"], *OF_THIS_DATABASE]
        with revisions.paused(options["database"]):
            super().handle(*fixture_labels, **options)
            for app in ("reviews", "learning"):
                for model in apps.get_app_config(app).get_models():
                    if hasattr(model._meta, "simple_history_manager_attribute") and not model._meta.proxy:
                        record_arrivals(model, without_history(model))
            rebuild_index()

    def save_obj(self, obj: Any) -> bool:
        """A record that comes with its key comes from a dump, with its history: tying it to others adds nothing."""
        if obj.m2m_data and obj.object.pk is not None:
            obj.object.skip_history_when_saving = True
        saved: bool = super().save_obj(obj)
        return saved


def without_history(model: type[models.Model]) -> models.QuerySet[Any]:
    """Records that loaddata has just created, since it writes no history itself."""
    known = model.history.values(model._meta.pk.attname)  # type: ignore[attr-defined]
    return model._base_manager.exclude(pk__in=known)
