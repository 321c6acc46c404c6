"""Where everything is mounted. The only place that knows every address."""

from django.urls import include, path, re_path
from wagtail.admin import urls as admin_urls

from api.theme_files import manifest, service_worker, theme_file, tokens_file
from api.v1 import build
from api.web import (
    front_page,
    lesson_page,
    no_icon,
    person_page,
    plugin_page,
    preview_page,
    screen_page,
)
from lyceum.accounts.social.views import provider_callback
from lyceum.content.admin.passwords import NewPasswordView
from lyceum.content.admin.sign_in import SignInView
from lyceum.content.authoring import authoring_urls
from lyceum.http.screens import screen

urlpatterns = [
    path("", front_page),
    path("favicon.ico", no_icon),
    path("api/v1/", build().urls),
    path("_plugins/<slug>/<version>/<path:file>", screen),
    path("_themes/tokens/<version>.css", tokens_file),
    path("_themes/<theme>/<version>/<path:file>", theme_file),
    path("service-worker.js", service_worker),
    path("manifest.webmanifest", manifest),
    path("learn/<path:path>", lesson_page),
    path("courses/<path:path>", lesson_page),
    re_path(r"^(?:sign-in|sign-up|new-password|me|progress|search)$", screen_page),
    path("people/<uuid:id>", person_page),
    path("preview", preview_page),
    path("api/cms/", authoring_urls()),
    path("_allauth/", include("lyceum.accounts.urls")),
    path("accounts/<slug:provider>/login/callback/", provider_callback, name="provider_callback"),
    # In the place of Wagtail's own, which knows of no second factor.
    path("admin/login/", SignInView.as_view(), name="wagtailadmin_login"),
    path(
        "admin/password_reset/confirm/<uidb64>/<token>/",
        NewPasswordView.as_view(),
        name="wagtailadmin_password_reset_confirm",
    ),
    path("admin/", include(admin_urls)),
    # Last: what is left of a school's addresses are the screens of its plugins, or nothing.
    re_path(r"^(?!(?:admin|api|static)(?:/|$))(?P<slug>[a-z][a-z0-9_-]*)(?:/.*)?$", plugin_page),
]

handler500 = "lyceum.http.outages.crashed"
