from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def review_list(request: HttpRequest) -> HttpResponse:
    return render(request, "reviews/review_list.html", {})


@require_safe
def statement_list(request: HttpRequest) -> HttpResponse:
    return render(request, "learning/statement_list.html", {})
