"""Every address of the site. They are a contract: cited in print, so none is changed without a former address."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from learning.pages.home import home
from scr_kb import views

urlpatterns = [
    path("", home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("about/", views.page, {"name": "about"}, name="about"),
    path("accessibility/", views.page, {"name": "accessibility"}, name="accessibility"),
    path("privacy/", views.page, {"name": "privacy"}, name="privacy"),
    path("", include("learning.urls")),
    path("desk/", include("learning.intake.desk.urls")),
    path("admin/", admin.site.urls),
]
if settings.DEBUG:
    from docs import styleguide

    urlpatterns.append(path("styleguide/", styleguide.styleguide, name="styleguide"))
