"""The home page, the pages that only say something, and the health check."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/home.html", {})


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """A page whose words all stand in its template."""
    return render(request, f"pages/{name}.html")


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers; an error otherwise, for the load balancer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
