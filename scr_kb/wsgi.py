"""What gunicorn serves: ``gunicorn scr_kb.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("SCR_KB_ENV", "production")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scr_kb.settings")

application = get_wsgi_application()
