from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def board_list(request: HttpRequest) -> HttpResponse:
    return render(request, "learning/board_list.html", {})


@require_safe
def board_detail(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "learning/board_detail.html", {})
