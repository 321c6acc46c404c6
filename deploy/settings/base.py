"""What holds in every setting: the apps, the rooms' own settings, and safe defaults."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from wagtail.embeds import oembed_providers

from deploy.caches import caches, queue
from deploy.plugins import plugin_apps
from deploy.providers import providers
from deploy.settings.house import HOUSE
from deploy.storage import stores

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("LYCEUM_DATA", ROOT / ".data"))

DEBUG = False
ROOT_URLCONF = "deploy.urls"
WSGI_APPLICATION = "deploy.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ID = None

INSTALLED_APPS = [*HOUSE, *plugin_apps(os.environ, HOUSE)]
# The host leaves out the migrations of plugins that are broken.
MIGRATION_MODULES: dict[str, str | None] = {}

MIDDLEWARE = [
    "lyceum.http.headers.HeadersMiddleware",
    "lyceum.http.middleware.RequestContextMiddleware",
    "lyceum.http.draining.DrainingMiddleware",
    "lyceum.http.middleware.ProblemMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "lyceum.http.middleware.SchoolMiddleware",
    "lyceum.http.plugins.PluginGate",
    "lyceum.http.bodies.BodyMiddleware",
    "lyceum.http.reads.ReadsMiddleware",
    "lyceum.http.allauth.AllauthMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lyceum.content.admin.door.AdminDoor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted((ROOT / "themes").glob("*/templates")),
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
# Those that all of the editor is translated into, lest half a page be in another.
WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", "English"), ("es", "Español"), ("ar", "العربية")]
WAGTAIL_CONTENT_LANGUAGES = [("en", "English")]  # a page is one page in all its languages
MODELTRANSLATION_LANGUAGES = tuple(code for code, _ in LANGUAGES)
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_CUSTOM_FIELDS = ("RichTextField", "StreamField", "RegistryStreamField")
USE_I18N = True
# Content types and plugins have theirs in their own folders, see `manage.py words`. The first
# has the last word; the second says what Wagtail's own catalogues leave untranslated.
LOCALE_PATHS = [
    ROOT / "platform" / "lyceum" / "locale",
    ROOT / "platform" / "lyceum" / "content" / "wagtail_words",
]
USE_TZ = True
TIME_ZONE = "UTC"

# --- Accounts --------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "lyceum.access.backends.AccessBackend",
    "lyceum.accounts.backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("first_name", "last_name", "username", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_COOKIE_AGE = 24 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"

LYCEUM_TOKEN_ISSUER = os.environ.get("LYCEUM_TOKEN_ISSUER", "lyceum")
LYCEUM_TOKEN_AUDIENCE = os.environ.get("LYCEUM_TOKEN_AUDIENCE", "lyceum-api")

# The domain that all schools' hosts lie in: passkeys then hold at every one of them.
LYCEUM_PASSKEY_DOMAIN = os.environ.get("LYCEUM_PASSKEY_DOMAIN", "").lower()
# Origins of native apps, as in android:apk-key-hash:…
LYCEUM_PASSKEY_APPS = tuple(filter(None, os.environ.get("LYCEUM_PASSKEY_APPS", "").split(",")))
# The newest first; the others still decrypt. Without any, keys are derived from SECRET_KEY.
LYCEUM_ENCRYPTION_KEYS = tuple(
    filter(None, os.environ.get("LYCEUM_ENCRYPTION_KEYS", "").split(","))
)

# How many proxies of ours stand before the server: whose word on a client's address counts.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("LYCEUM_PROXIES", "0"))

ACCOUNT_ADAPTER = "lyceum.accounts.adapter.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "lyceum.accounts.signing_in.forms.SignUpFields"
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# `User.email` is the address that was proved; allauth keeps those that were not.
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"  # to sign up; see lyceum.accounts.signing_in.stages
ACCOUNT_PREVENT_ENUMERATION = "strict"  # an address is whose it is by proof, not by claim
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
# Apps keep their tokens by the session, which a new password ends for everyone.
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
# Who holds somebody's session must not come by their password, by way of an address of their own.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {
    "confirm_email": "5/m/key",
    "sign_in_by_provider": "60/m/ip",
    # Those that succeed count too, a whole school behind one address; failures have stricter ones.
    "login": "300/m/ip",
}

# Those that the environment names, see deploy.providers. What they tell of an address counts as
# they say, and never lets anybody into an account that is there already.
SOCIALACCOUNT_PROVIDERS = providers(os.environ)
SOCIALACCOUNT_ADAPTER = "lyceum.accounts.social.adapter.SocialAdapter"
SOCIALACCOUNT_QUERY_EMAIL = True
SOCIALACCOUNT_EMAIL_REQUIRED = False
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True  # to add a way to log in, or to take one away
LYCEUM_PROVIDER_SECONDS = 5
LYCEUM_SIGN_IN_ADDRESS = os.environ.get("LYCEUM_SIGN_IN_ADDRESS", "").rstrip("/")
ACCOUNT_EMAIL_NOTIFICATIONS = True
USERSESSIONS_ADAPTER = "lyceum.accounts.signing_in.sessions.SessionsAdapter"
MFA_ADAPTER = "lyceum.accounts.factors.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 2  # a phone may be a minute off
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("app", "browser")
HEADLESS_ADAPTER = "lyceum.accounts.adapter.HeadlessAdapter"
HEADLESS_TOKEN_STRATEGY = "lyceum.accounts.tokens.signed.TokenStrategy"  # noqa: S105
HEADLESS_SERVE_SPECIFICATION = True
HEADLESS_SPECIFICATION_TEMPLATE_NAME = None
# On the school's own host. Mails hold codes, not links; allauth asks for these all the same.
HEADLESS_FRONTEND_URLS = {
    "account_signup": "/sign-up",
    "account_confirm_email": "/verify?key={key}",
    "account_reset_password": "/reset",
    "account_reset_password_from_key": "/reset?key={key}",
    "socialaccount_login_error": "/sign-in",
}

# --- Mail ------------------------------------------------------------------------------------

# The console, unless a server is named.
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "") == "1"
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "no-reply@localhost")

# --- Content ---------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Lyceum"
WAGTAIL_PAGE_MODEL = "content.BasePage"
WAGTAILIMAGES_IMAGE_MODEL = "content.LibraryImage"
WAGTAILDOCS_DOCUMENT_MODEL = "content.LibraryDocument"
WAGTAILMEDIA = {
    "MEDIA_FORM_BASE": "lyceum.content.admin.upload_forms.MediaForm",
    "MEDIA_MODEL": "content.LibraryMedia",
    "AUDIO_EXTENSIONS": ["mp3", "ogg", "m4a", "wav", "webm"],
    "VIDEO_EXTENSIONS": ["mp4", "webm"],
}
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10_000_000
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000  # four bytes each in memory, of all frames
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "lyceum.content.admin.upload_forms.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "lyceum.content.admin.upload_forms.DocumentForm"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
WAGTAIL_ENABLE_UPDATE_CHECK = False
# An address is whose it is by proof; the editor's account page would take anybody's word.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# Passwords change by our forms: counted, written down and told, as at the API.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = True
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "lyceum.content.admin.passwords.AskingForm"  # noqa: S105
# The editor would look an address up among all schools' pages, to make a page link of it.
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = ""
# A review is its school's matter, see lyceum.content.review.mail.
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS = [
    {
        "class": "wagtail.embeds.finders.oembed",
        "providers": [
            oembed_providers.youtube,
            oembed_providers.vimeo,
            oembed_providers.soundcloud,
            oembed_providers.spotify,
            oembed_providers.ted,
        ],
    }
]
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # `can` asks guardian, not Django
GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None

DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000  # a body; files in forms have limits of their own

# What members hand in, in bytes: so that nobody fills the disk for all.
LYCEUM_RECORDINGS_OF_A_PERSON = int(os.environ.get("LYCEUM_RECORDINGS_OF_A_PERSON", "500_000_000"))
LYCEUM_RECORDINGS_OF_A_SCHOOL = int(os.environ.get("LYCEUM_RECORDINGS_OF_A_SCHOOL", "20000000000"))
LYCEUM_CHILD_AGE = int(os.environ.get("LYCEUM_CHILD_AGE", "16"))  # in years: GDPR, article 8

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "media"
MEDIA_URL = "/_media/"  # nothing is served there: files are read through the API
STORAGES = stores(os.environ)

# --- What processes share for a while ---------------------------------------------------------

CACHES = caches({})
DATABASE_ROUTERS = ["deploy.databases.CacheRouter"]

# --- Work in the background ------------------------------------------------------------------

HUEY = queue({}, DATA)
# Whether news that is not what was declared is refused: a test fails of it, a request need not.
LYCEUM_STRICT_EVENTS = False
