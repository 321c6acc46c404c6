"""A real OpenID provider in a process of its own: allauth's, with two people and one client."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.urls import include, path

CLIENT_ID = "lyceum-web"
SECRET = "only-for-tests-provider-secret"
PASSWORD = "entirely-at-the-provider"


class NoMigrations(dict[str, Any]):
    """Tables are made from the models at once: a provider of one test has no past."""

    def __contains__(self, app: object) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


settings.configure(
    SECRET_KEY="only-for-tests-" + "p" * 50,
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="tests.services.providers.openid",
    DATABASES={
        "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["PROVIDER_DATABASE"]}
    },
    # Codes are kept there, which another process may be asked about.
    CACHES={
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": f"{os.environ['PROVIDER_DATABASE']}-cache",
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    MIGRATION_MODULES=NoMigrations(),
    INSTALLED_APPS=[
        "django.contrib.contenttypes",
        "django.contrib.auth",
        "django.contrib.sessions",
        "django.contrib.messages",
        "allauth",
        "allauth.account",
        "allauth.idp.oidc",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "allauth.account.middleware.AccountMiddleware",
    ],
    TEMPLATES=[
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
    ],
    AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ACCOUNT_LOGIN_METHODS={"email"},
    ACCOUNT_SIGNUP_FIELDS=["email*", "password1*"],
    ACCOUNT_EMAIL_VERIFICATION="none",
    ACCOUNT_RATE_LIMITS=False,
    IDP_OIDC_PRIVATE_KEY=Path(os.environ["PROVIDER_KEY"]).read_text(),
    USE_TZ=True,
)
# It is asked over http, on loopback alone.
os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
django.setup()

urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("", include("allauth.idp.urls")),
]


def _a_person(email: str, first_name: str, last_name: str, *, verified: bool) -> None:
    from allauth.account.models import EmailAddress
    from django.contrib.auth.models import User

    user = User.objects.create_user(email, email, PASSWORD)
    User.objects.filter(pk=user.pk).update(first_name=first_name, last_name=last_name)
    EmailAddress.objects.create(user=user, email=email, verified=verified, primary=True)


def _a_client(redirect_uris: list[str]) -> None:
    from allauth.idp.oidc.models import Client

    client = Client(id=CLIENT_ID, name="Lyceum", scopes="openid\nprofile\nemail")
    client.set_secret(SECRET)
    client.set_redirect_uris(redirect_uris)
    client.save()


if not Path(os.environ["PROVIDER_DATABASE"]).exists():
    call_command("migrate", run_syncdb=True, verbosity=0)
    _a_person("ana@example.test", "Ana", "Ruiz", verified=True)
    _a_person("eva@example.test", "Eva", "Lind", verified=False)
    _a_client(os.environ["PROVIDER_REDIRECT_URIS"].split())
application = get_wsgi_application()
