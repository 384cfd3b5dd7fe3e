"""The pages that only say something, and the health check."""

from django.db import connection, connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from scr_kb.database.replica import REPLICA, replica


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """A page whose words all stand in its template."""
    return render(request, f"pages/{name}.html", {"crumbs": [{"label": name.capitalize()}]})


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers; an error otherwise, for the load balancer. A replica it tells of, and can miss."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    told = {"status": "ok"}
    if REPLICA in connections:
        told["replica"] = replica.trouble or "ok"
    return JsonResponse(told)
