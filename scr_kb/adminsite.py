"""Django's own admin, with pickers that say which record is meant."""

from typing import Any, cast

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest, HttpResponse


class LabelledAutocomplete(AutocompleteJsonView):
    """Asks the record's admin for its label: a review's own name says too little without its board."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, Any]:
        label = getattr(self.model_admin, "picker_label", str)
        return {"id": str(getattr(obj, to_field_name)), "text": label(obj)}

    def get_queryset(self) -> Any:
        related = getattr(self.model_admin, "picker_select_related", ())
        return super().get_queryset().select_related(*related)


class StaffSite(AdminSite):
    site_header = "Case review knowledge base"
    site_title = "Case review knowledge base"
    index_title = "Records"

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return cast(HttpResponse, LabelledAutocomplete.as_view(admin_site=self)(request))


class StaffAdminConfig(AdminConfig):
    default_site = "scr_kb.adminsite.StaffSite"
