"""Django's own admin, with pickers that say which record is meant."""

from typing import Any, cast

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache


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

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one door for all staff, which counts wrong passwords: that of the desk."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        where = request.GET.get("next") or reverse("admin:index")
        return redirect(reverse("desk_sign_in", query={"next": where}))

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return cast(HttpResponse, LabelledAutocomplete.as_view(admin_site=self)(request))


class StaffAdminConfig(AdminConfig):
    default_site = "scr_kb.admin_site.StaffSite"
