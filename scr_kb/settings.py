"""All settings, read from the environment. Development needs none; production says which are missing.

``SCR_KB_ENV`` is ``development`` (the default on the command line, for your own machine) or ``production`` (the default
of ``scr_kb.wsgi``, and so of gunicorn), which refuses to start without a secret key and host names.
"""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def env_bool(name: str, default: bool) -> bool:
    """Exactly "true" or "false"; with anything else the site refuses to start, because guessing is dangerous."""
    value = os.environ.get(name, "").strip().lower()
    if value == "":
        return default
    if value not in {"true", "false"}:
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")
    return value == "true"


def env_list(name: str) -> list[str]:
    """Several values, separated by commas."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def env_required(name: str, hint: str, development: str) -> str:
    value = os.environ.get(name, "")
    if value:
        return value
    if IS_DEVELOPMENT:
        return development
    raise ImproperlyConfigured(f"Set {name}: {hint} (or SCR_KB_ENV=development on your own machine).")


ENVIRONMENT = os.environ.get("SCR_KB_ENV") or "development"
if ENVIRONMENT not in {"development", "production"}:
    raise ImproperlyConfigured(f"SCR_KB_ENV must be development or production, not {ENVIRONMENT!r}.")
IS_DEVELOPMENT = ENVIRONMENT == "development"

DEBUG = env_bool("SCR_KB_DEBUG", default=IS_DEVELOPMENT)
SECRET_KEY = env_required(
    "SCR_KB_SECRET_KEY", "a long random text that you keep secret", "development-only-" + "not-a-secret-" * 4
)
ALLOWED_HOSTS = env_list("SCR_KB_HOSTS")
if not ALLOWED_HOSTS:
    if not IS_DEVELOPMENT:
        raise ImproperlyConfigured("Set SCR_KB_HOSTS: the host names of the site, separated by commas.")
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if not IS_DEVELOPMENT else []

INSTALLED_APPS = [
    "scr_kb.accounts",
    "reviews",
    "learning",
    "learning.intake",
    "scr_kb.admin_site.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_filters",
    "django_htmx",
    "simple_history",
]

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",  # first, so that redirects, refusals and static files have its header too
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "learning.middleware.caching.FreshnessMiddleware",
    "learning.middleware.redirects.AddressMiddleware",
]

ROOT_URLCONF = "scr_kb.urls"
WSGI_APPLICATION = "scr_kb.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "learning.pages.content_note.content_note",
            ],
        },
    },
]

FORM_RENDERER = "scr_kb.form_renderer.FormRenderer"

IS_POOLED = env_bool("SCR_KB_PGBOUNCER", default=False)


def database(url: str) -> dict[str, Any]:
    # A pooler lends a connection for one transaction at a time, and a server-side cursor would outlive that.
    settings: dict[str, Any] = dict(
        dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True, disable_server_side_cursors=IS_POOLED)
    )
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        # Write-ahead logging lets people read while somebody writes; IMMEDIATE makes a second writer wait, not fail.
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;",  # of kB
        }
    elif not IS_POOLED:
        # Compiling queries to machine code costs seconds for each part of the catalogue, and gains nothing.
        # A pooler refuses such connection options, so there jit is turned off for the role (docs/hosts.md).
        settings["OPTIONS"] = {"options": "-c jit=off", **settings.get("OPTIONS", {})}
    return settings


DATABASES = {"default": database(os.environ.get("DATABASE_URL") or f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
if os.environ.get("DATABASE_REPLICA_URL"):
    DATABASES["replica"] = {**database(os.environ["DATABASE_REPLICA_URL"]), "TEST": {"MIRROR": "default"}}
    DATABASE_ROUTERS = ["scr_kb.database.replica.ReplicaRouter"]
    # It comes before anything that reads. NOTICED: a lost host is noticed in seconds, not when connections time out.
    MIDDLEWARE.insert(
        MIDDLEWARE.index("learning.middleware.caching.FreshnessMiddleware"), "scr_kb.database.replica.ReplicaMiddleware"
    )
    NOTICED = {"connect_timeout": 3, "tcp_user_timeout": 5000, "keepalives_idle": 5, "keepalives_interval": 2}
    for each in DATABASES.values():
        if each["ENGINE"] == "django.db.backends.postgresql":
            each["OPTIONS"] = {**NOTICED, **each.get("OPTIONS", {})}

KEEP_PAGES = env_bool("SCR_KB_KEEP_PAGES", default=True)
IN_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": IN_MEMORY},
    # Whole pages, in each process (learning/middleware/kept_pages.py): 500 of at most 64 kB, in all 32 MB. Their tags
    # say for how long they hold, so none is dropped for its age; where there are too many, a tenth is dropped at once.
    "pages": {
        "BACKEND": IN_MEMORY if KEEP_PAGES else "django.core.cache.backends.dummy.DummyCache",
        "LOCATION": "pages",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 500, "CULL_FREQUENCY": 10},
    },
}

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# Whoever entered a bulletin must not publish it. A small team may waive this; the record then says so.
SECOND_PERSON = env_bool("SCR_KB_SECOND_PERSON", default=True)

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(os.environ.get("SCR_KB_MEDIA_ROOT") or BASE_DIR / "media")
WHITENOISE_USE_FINDERS = IS_DEVELOPMENT  # without collectstatic
STORAGES = {
    # Several hosts must share the originals: in a shared folder (SCR_KB_MEDIA_ROOT), or by another storage class.
    "default": {
        "BACKEND": os.environ.get("SCR_KB_FILE_STORAGE") or "django.core.files.storage.FileSystemStorage",
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if IS_DEVELOPMENT
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not IS_DEVELOPMENT
SECURE_SSL_REDIRECT = env_bool("SCR_KB_SSL_REDIRECT", default=not IS_DEVELOPMENT)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 0 if IS_DEVELOPMENT else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not IS_DEVELOPMENT
if env_bool("SCR_KB_BEHIND_PROXY", default=False):
    # Only behind a proxy that sets this header itself, and drops whatever a visitor sends.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_ENGINE = "scr_kb.accounts.sessions"
DEFAULT_EXCEPTION_REPORTER_FILTER = "scr_kb.error_reports.NoWordsFilter"
CSRF_FAILURE_VIEW = "learning.pages.contact.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

EMAIL_BACKEND = (
    "django.core.mail.backends.console.EmailBackend"
    if IS_DEVELOPMENT and not os.environ.get("SCR_KB_EMAIL_HOST")
    else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = os.environ.get("SCR_KB_EMAIL_HOST", "localhost")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("SCR_KB_EMAIL_FROM", "case-review-kb@localhost")
ADMINS = [("Administrators", address) for address in env_list("SCR_KB_ADMIN_EMAILS")]

# How families can reach the operator without the form; /families/ says so where there is no way.
FAMILIES_PHONE = os.environ.get("SCR_KB_FAMILIES_PHONE", "").strip()
FAMILIES_ADDRESS = os.environ.get("SCR_KB_FAMILIES_ADDRESS", "").strip()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Requests for other host names are logged, but must not flood the administrators' mail.
    "loggers": {"django.security.DisallowedHost": {"handlers": ["console"], "propagate": False}},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
