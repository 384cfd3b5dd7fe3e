"""Static files as production serves them: under names that change with their contents, compressed, kept for years."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.http import HttpResponse
from django.templatetags.static import static
from django.test import RequestFactory, override_settings
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]

FILES = ["css/base.css", "js/filters.js", "js/suggest.js", "django_htmx/htmx-2.min.js"]


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    storage = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=folder, STORAGES={**settings.STORAGES, "staticfiles": storage}, DEBUG=False):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield folder


def asked_for(address: str, **headers: str):
    middleware = WhiteNoiseMiddleware(lambda request: HttpResponse(status=404))
    return middleware(RequestFactory().head(address, headers=headers))


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_kept_for_years_under_a_name_that_its_contents_give(collected, name):
    address = static(name)
    response = asked_for(address)

    assert Path(address).name != Path(name).name
    assert response.status_code == 200
    assert response["Cache-Control"] == "max-age=315360000, public, immutable"


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_sent_compressed_to_whoever_can_read_that(collected, name):
    plain, compressed = asked_for(static(name)), asked_for(static(name), accept_encoding="gzip")

    assert compressed["Content-Encoding"] == "gzip"
    assert int(compressed["Content-Length"]) < int(plain["Content-Length"])
    assert "Accept-Encoding" in compressed["Vary"]
