from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def review_detail(request: HttpRequest, board: str, slug: str) -> HttpResponse:
    return render(request, "learning/review_detail.html", {})
