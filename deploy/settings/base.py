"""What holds in every setting: the apps, the rooms' own settings, and safe defaults."""

from __future__ import annotations

from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / ".data"

DEBUG = False
ROOT_URLCONF = "deploy.urls"
WSGI_APPLICATION = "deploy.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ID = None

INSTALLED_APPS = [
    # modeltranslation must see the models before the admin and Wagtail do.
    "modeltranslation",
    "lyceum.events",
    "lyceum.schools",
    "lyceum.accounts",
    "lyceum.access",
    "lyceum.http",
    "lyceum.content",
    "lyceum.learning",
    "content_types",
    "api",
    "deploy",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "allauth.headless",
    "allauth.usersessions",
    "guardian",
    "huey.contrib.djhuey",
    "wagtail_headless_preview",
    "wagtailmedia",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.embeds",
    "wagtail.admin",
    "wagtail.api.v3",
    "wagtail",
    "modelcluster",
    "taggit",
    "ninja",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "lyceum.http.middleware.RequestContextMiddleware",
    "lyceum.http.middleware.ProblemMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "lyceum.http.middleware.SchoolMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# --- Languages -------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("es", "Español"),
    ("ar", "العربية"),
    ("fr", "Français"),
    ("de", "Deutsch"),
    ("pt", "Português"),
    ("tr", "Türkçe"),
]
WAGTAIL_CONTENT_LANGUAGES = [("en", "English")]  # a page is one page in all its languages
MODELTRANSLATION_LANGUAGES = tuple(code for code, _ in LANGUAGES)
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_CUSTOM_FIELDS = ("RichTextField", "StreamField", "RegistryStreamField")
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Accounts --------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "lyceum.access.backends.AccessBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
SESSION_COOKIE_AGE = 24 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"

# --- Content ---------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Lyceum"
WAGTAIL_PAGE_MODEL = "content.BasePage"
WAGTAILIMAGES_IMAGE_MODEL = "content.LibraryImage"
WAGTAILDOCS_DOCUMENT_MODEL = "content.LibraryDocument"
WAGTAILMEDIA = {"MEDIA_MODEL": "content.LibraryMedia"}
WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # `can` asks guardian, not Django
GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "media"
MEDIA_URL = "/_media/"  # nothing is served there: files are read through the API

# --- Work in the background ------------------------------------------------------------------

HUEY = {
    "huey_class": "huey.SqliteHuey",
    "name": "lyceum",
    "filename": str(DATA / "huey.sqlite3"),
    "immediate": False,
    "results": False,
}


def sqlite(path: Path) -> dict[str, Any]:
    """Return the settings of a SQLite file that several processes read and write."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A reader that turns writer under DEFERRED fails at once when another writes.
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728;"
                "PRAGMA journal_size_limit=27103364; PRAGMA cache_size=2000;"
            ),
        },
    }
