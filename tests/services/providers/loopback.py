"""Our providers with another base address, and the processes that answer there."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from deploy.processes import Child
from lyceum.accounts.social.apple import AppleFlow, AppleProvider
from lyceum.accounts.social.facebook import VERSION, FacebookFlow, FacebookProvider
from lyceum.accounts.social.google import GoogleFlow, GoogleProvider
from lyceum.accounts.social.id_tokens import Issuer
from tests.services.servers import free_port, running

PATIENCE = 60.0
# The constants of the two processes: to import them here would be to run them here.
GOOGLE = {"client_id": "lyceum-web", "secret": "only-for-tests-provider-secret"}
GOOGLE_APP = "lyceum-android"
APPLE_APP = "test.lyceum.app"
FACEBOOK = {"client_id": "1234567890", "secret": "only-for-tests-app-secret"}


def google_at(base: str, pages: str = "") -> type[GoogleProvider]:
    """
    Return Google at another address: any provider that speaks OpenID Connect.

    Its pages for people may be at an address of their own.
    """

    class Flow(GoogleFlow):
        authorize_url = f"{pages or base}/identity/o/authorize"
        access_token_url = f"{base}/identity/o/api/token"
        issuer = Issuer(names=(base,), keys=f"{base}/.well-known/jwks.json")

    class Provider(GoogleProvider):
        oauth2_adapter_class = Flow

    return Provider


def apple_at(base: str) -> type[AppleProvider]:
    class Flow(AppleFlow):
        authorize_url = f"{base}/auth/authorize"
        access_token_url = f"{base}/auth/token"
        issuer = Issuer(names=(base,), keys=f"{base}/auth/keys")

    class Provider(AppleProvider):
        oauth2_adapter_class = Flow

    return Provider


def facebook_at(base: str) -> type[FacebookProvider]:
    class Flow(FacebookFlow):
        authorize_url = f"{base}/{VERSION}/dialog/oauth"
        access_token_url = f"{base}/{VERSION}/oauth/access_token"

    class Provider(FacebookProvider):
        oauth2_adapter_class = Flow
        graph = f"{base}/{VERSION}"
        issuer = Issuer(names=(base,), keys=f"{base}/.well-known/oauth/openid/jwks/")

    return Provider


# What the settings of a server in another process name.
GoogleOnLoopback = google_at(
    os.environ.get("LOOPBACK_OPENID", ""), os.environ.get("LOOPBACK_PAGES", "")
)
AppleOnLoopback = apple_at(os.environ.get("LOOPBACK_OTHERS", ""))
FacebookOnLoopback = facebook_at(os.environ.get("LOOPBACK_OTHERS", ""))


@dataclass(frozen=True)
class Providers:
    """The two processes: where they are, and what they sign with."""

    openid: str
    others: str
    key: str
    apple_key: str

    def environment(self) -> dict[str, str]:
        """Return the variables that an operator would set to have all three."""
        return {
            "LYCEUM_GOOGLE_CLIENT_ID": GOOGLE["client_id"],
            "LYCEUM_GOOGLE_SECRET": GOOGLE["secret"],
            "LYCEUM_GOOGLE_APP_CLIENT_IDS": f"{GOOGLE_APP}, lyceum-ios",
            "LYCEUM_FACEBOOK_APP_ID": FACEBOOK["client_id"],
            "LYCEUM_FACEBOOK_SECRET": FACEBOOK["secret"],
            "LYCEUM_APPLE_CLIENT_ID": "test.lyceum.web",
            "LYCEUM_APPLE_APP_CLIENT_IDS": APPLE_APP,
            "LYCEUM_APPLE_TEAM_ID": "TEAM123456",
            "LYCEUM_APPLE_KEY_ID": "KEY1234567",
            "LYCEUM_APPLE_PRIVATE_KEY": self.apple_key.replace("\n", "\\n"),
        }

    def token(
        self, *, issuer: str, audience: str, key: str = "", header: Any = None, **claims: Any
    ) -> str:
        """Return an ID token as a provider gives one to an app; claims of None are left out."""
        at = int(time.time())
        said = {"iss": issuer, "aud": audience, "sub": "g-1", "iat": at, "exp": at + 300, **claims}
        kept = {name: value for name, value in said.items() if value is not None}
        kid = requests.get(f"{self.others}/auth/keys", timeout=PATIENCE).json()["keys"][0]["kid"]
        headers = {"kid": kid, **(header or {})}
        return jwt.encode(kept, key or self.key, algorithm="RS256", headers=headers)


@contextmanager
def providers(folder: Path, *, redirect_uris: list[str]) -> Iterator[Providers]:
    """Run both processes for the length of a block."""
    key, _ = a_key_pair(rsa.generate_private_key(public_exponent=65537, key_size=2048))
    apple_key, apple_public = a_key_pair(ec.generate_private_key(ec.SECP256R1()))
    (folder / "key.pem").write_text(key)
    (folder / "apple.pem").write_text(apple_public)
    openid, others = free_port(), free_port()
    environment = {
        "PROVIDER_KEY": str(folder / "key.pem"),
        "APPLE_PUBLIC_KEY": str(folder / "apple.pem"),
        "PROVIDER_DATABASE": str(folder / "provider.sqlite3"),
        "PROVIDER_REDIRECT_URIS": " ".join(redirect_uris),
    }
    one = openid_provider(folder, openid, environment)
    other = Child(
        name="Apple and Facebook",
        command=[sys.executable, "-m", "tests.services.providers.apple_and_facebook", str(others)],
        environment=environment,
        port=others,
        log=folder / "others.log",
    )
    with running(one), running(other):
        at = Providers(f"http://127.0.0.1:{openid}", f"http://127.0.0.1:{others}", key, apple_key)
        requests.get(f"{at.openid}/.well-known/jwks.json", timeout=PATIENCE).raise_for_status()
        yield at


def openid_provider(
    folder: Path, port: int, environment: Mapping[str, str], *certificate: Path
) -> Child:
    """Return the process of the OpenID provider; over TLS, given a certificate and its key."""
    tls = zip(("--ssl-certificate", "--ssl-keyfile"), map(str, certificate), strict=False)
    return Child(
        name="OpenID provider",
        command=[
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
            *(part for option in tls for part in option),
            *("--port", str(port), "tests.services.providers.openid:application"),
        ],
        environment=environment,
        port=port,
        log=folder / f"openid-{port}.log",
    )


@dataclass(frozen=True)
class OpenID:
    """The OpenID provider alone: its pages for browsers, and what our server asks it."""

    pages: str
    server: Child

    def environment(self) -> dict[str, str]:
        """Return what has a server of ours offer it, and no other."""
        return {
            "DJANGO_SETTINGS_MODULE": "tests.services.providers.settings",
            "LYCEUM_GOOGLE_CLIENT_ID": GOOGLE["client_id"],
            "LYCEUM_GOOGLE_SECRET": GOOGLE["secret"],
            "LOOPBACK_OPENID": f"http://127.0.0.1:{self.server.port}",
            "LOOPBACK_PAGES": self.pages,
        }


@contextmanager
def openid_for_browsers(folder: Path, *, redirect_uris: list[str]) -> Iterator[OpenID]:
    """Run the provider over TLS, which our pages insist on, and over the same tables plainly."""
    key, _ = a_key_pair(rsa.generate_private_key(public_exponent=65537, key_size=2048))
    (folder / "key.pem").write_text(key)
    (folder / "certificate.pem").write_text(a_certificate(key))
    environment = {
        "PROVIDER_KEY": str(folder / "key.pem"),
        "PROVIDER_DATABASE": str(folder / "provider.sqlite3"),
        "PROVIDER_REDIRECT_URIS": " ".join(redirect_uris),
    }
    served, port = openid_provider(folder, free_port(), environment), free_port()
    with running(served):
        # It has made its tables once it answers; the other finds them there.
        requests.get(f"http://127.0.0.1:{served.port}/.well-known/jwks.json", timeout=PATIENCE)
        certified = folder / "certificate.pem", folder / "key.pem"
        with running(openid_provider(folder, port, environment, *certified)):
            yield OpenID(f"https://127.0.0.1:{port}", served)


def a_certificate(key: str) -> str:
    """Return a certificate of loopback that nobody vouches for, by a private key."""
    private = serialization.load_pem_private_key(key.encode(), None)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    at = datetime.now(UTC)
    made = x509.CertificateBuilder(
        subject_name=name,
        issuer_name=name,
        public_key=private.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=at - timedelta(days=1),
        not_valid_after=at + timedelta(days=1),
    )
    signed = made.sign(private, hashes.SHA256())
    return signed.public_bytes(serialization.Encoding.PEM).decode()


def a_key_pair(key: Any) -> tuple[str, str]:
    """Return a key as texts: the private one and the public one."""
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private.decode(), public.decode()
