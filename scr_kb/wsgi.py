"""What gunicorn serves: ``gunicorn scr_kb.wsgi``."""

import os
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("SCR_KB_ENV", "production")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scr_kb.settings")

django_application = get_wsgi_application()

from learning.catalogue import warm  # noqa: E402 (models can be imported only now)

if not settings.IS_DEVELOPMENT:
    # With gunicorn's --preload this happens once, and all workers share what was read; without it, in each of them.
    warm()


def application(environ: dict[str, Any], start_response: Any) -> Any:
    """The site reads and writes UTF-8, so what a visitor says of another encoding is dropped before Django reads it.

    Some names that Python knows ("base64", "idna") would break it before any page or header of ours could answer, and
    others ("utf-7") make characters that no database keeps.
    """
    media_type, *parameters = environ.get("CONTENT_TYPE", "").split(";")
    kept = [each for each in parameters if not each.strip().lower().startswith("charset")]
    environ["CONTENT_TYPE"] = ";".join([media_type, *kept])
    return django_application(environ, start_response)
