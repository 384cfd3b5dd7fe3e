from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def bulletin_list(request: HttpRequest) -> HttpResponse:
    return render(request, "learning/bulletin_list.html", {})


@require_safe
def bulletin_detail(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "learning/bulletin_detail.html", {})
