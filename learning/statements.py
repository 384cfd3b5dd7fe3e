from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def statement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "learning/statement_detail.html", {})
