"""
Two providers in a process of their own, which speak Apple's protocol and Facebook's.

As Apple does: a signed token for a secret, an answer that is posted, a name the first time only.
As Facebook does: a Graph API that wants a proof of the app's secret, and inspects tokens.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import jwt
from allauth.core.internal.jwkkit import load_jwk_from_pem
from flask import Flask, Response, jsonify, redirect, request
from markupsafe import escape

TEAM = "TEAM123456"
KEY_ID = "KEY1234567"
SERVICE = "test.lyceum.web"
BUNDLE = "test.lyceum.app"
APP_ID = "1234567890"
APP_SECRET = "only-for-tests-app-secret"
VERSION = "v23.0"

# Who logs in: the name that is typed into the provider's form.
APPLE_PEOPLE: dict[str, dict[str, Any]] = {
    "ana": {"email": "ana@example.test", "email_verified": "true", "name": ("Ana", "Ruiz")},
    "leo": {"email": "leo@example.test", "email_verified": True, "name": ("Leo", "Paz")},
    "relay": {
        "email": "x7f@privaterelay.appleid.com",
        "email_verified": True,
        "is_private_email": "true",
        "name": ("Re", "Lay"),
    },
}
FACEBOOK_PEOPLE: dict[str, dict[str, Any]] = {
    "ana": {"id": "10001", "email": "ana@example.test", "name": "Ana Ruiz", "first_name": "Ana"},
    "nomail": {"id": "10002", "name": "No Mail", "first_name": "No", "last_name": "Mail"},
}

app = Flask(__name__)
pem = Path(os.environ["PROVIDER_KEY"]).read_text()
jwk, _ = load_jwk_from_pem(pem)
apple_key = Path(os.environ["APPLE_PUBLIC_KEY"]).read_text()
redirect_uris = set(os.environ["PROVIDER_REDIRECT_URIS"].split())
codes: dict[str, dict[str, Any]] = {}
seen: set[str] = set()
tokens: dict[str, tuple[str, str]] = {}


def base() -> str:
    return request.host_url.rstrip("/")


@app.get("/auth/keys")
@app.get("/.well-known/oauth/openid/jwks/")
def keys() -> Response:
    return jsonify({"keys": [jwk]})


def page(action: str) -> str:
    """Return the provider's own log-in form, which keeps what it was asked."""
    kept = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in request.args.items()
    )
    return f'<form method="post" action="{action}">{kept}<input name="person"></form>'


@app.get("/auth/authorize")
def apple_asks() -> Any:
    asked = request.args
    right = asked["client_id"] == SERVICE and asked["redirect_uri"] in redirect_uris
    # Apple tells name and mail only by a post.
    if not right or asked["response_mode"] != "form_post" or "code" not in asked["response_type"]:
        return "invalid_request", 400
    return page("/auth/continue")


@app.post("/auth/continue")
def apple_answers() -> Any:
    asked = request.form
    answer = {"state": asked["state"]}
    if asked["person"] == "nobody":
        answer["error"] = "user_cancelled_authorize"
    else:
        answer["code"] = secrets.token_urlsafe(16)
        codes[answer["code"]] = dict(asked)
        answer["id_token"] = apple_token(asked["person"], asked["nonce"])
        if asked["person"] not in seen:
            first, last = APPLE_PEOPLE[asked["person"]]["name"]
            answer["user"] = f'{{"name": {{"firstName": "{first}", "lastName": "{last}"}}}}'
            seen.add(asked["person"])
    fields = "".join(f"<input name=\"{name}\" value='{answer[name]}'>" for name in answer)
    return f'<form method="post" action="{escape(asked["redirect_uri"])}">{fields}</form>'


def apple_token(person: str, nonce: str) -> str:
    told = {key: value for key, value in APPLE_PEOPLE[person].items() if key != "name"}
    at = int(time.time())
    claims = {"iss": base(), "aud": SERVICE, "sub": f"00{person}.1", "iat": at, "exp": at + 600}
    return jwt.encode(
        {**claims, **told, "nonce": nonce, "nonce_supported": True},
        pem,
        algorithm="RS256",
        headers={"kid": jwk["kid"]},
    )


@app.post("/auth/token")
def apple_exchanges() -> Any:
    given = request.form
    asked = codes.pop(given["code"], None)
    try:
        header = jwt.get_unverified_header(given["client_secret"])
        secret = jwt.decode(
            given["client_secret"],
            apple_key,
            algorithms=["ES256"],
            audience="https://appleid.apple.com",
            issuer=TEAM,
        )
    except jwt.PyJWTError:
        return jsonify(error="invalid_client"), 400
    if header["kid"] != KEY_ID or secret["sub"] != SERVICE or given["client_id"] != SERVICE:
        return jsonify(error="invalid_client"), 400
    if asked is None or asked["redirect_uri"] != given["redirect_uri"]:
        return jsonify(error="invalid_grant"), 400
    return jsonify(
        access_token=secrets.token_urlsafe(16),
        token_type="Bearer",
        expires_in=3600,
        refresh_token=secrets.token_urlsafe(16),
        id_token=apple_token(asked["person"], asked["nonce"]),
    )


@app.get(f"/{VERSION}/dialog/oauth")
def facebook_asks() -> Any:
    asked = request.args
    if asked["client_id"] != APP_ID or asked["redirect_uri"] not in redirect_uris:
        return "invalid_request", 400
    return page("/dialog/continue")


@app.post("/dialog/continue")
def facebook_answers() -> Any:
    asked = request.form
    code = secrets.token_urlsafe(16)
    codes[code] = dict(asked)
    # Facebook adds this fragment to its answers.
    answer = urlencode({"code": code, "state": asked["state"]})
    return redirect(f"{asked['redirect_uri']}?{answer}#_=_")


@app.post(f"/{VERSION}/oauth/access_token")
def facebook_exchanges() -> Any:
    given = request.form
    asked = codes.pop(given["code"], None)
    is_ours = given["client_id"] == APP_ID and given["client_secret"] == APP_SECRET
    if not is_ours or asked is None or asked["redirect_uri"] != given["redirect_uri"]:
        return facebook_error("Error validating verification code.")
    return jsonify(access_token=token_for(asked["person"], APP_ID), token_type="bearer")


@app.post("/test/token/<person>/<app_id>")
def facebook_gives_an_app(person: str, app_id: str) -> Any:
    """Give a token as Facebook's software in an app of a phone is given one."""
    return jsonify(access_token=token_for(person, app_id))


def token_for(person: str, app_id: str) -> str:
    token = f"EAA{secrets.token_urlsafe(24)}"
    tokens[token] = (person, app_id)
    return token


def facebook_error(message: str) -> Any:
    return jsonify(error={"message": message, "type": "OAuthException", "code": 190}), 400


@app.get(f"/{VERSION}/debug_token")
def facebook_inspects() -> Any:
    if request.args["access_token"] != f"{APP_ID}|{APP_SECRET}":
        return facebook_error("Invalid OAuth access token signature.")
    person, app_id = tokens.get(request.args["input_token"], ("", ""))
    if not person:
        error = {"code": 190, "message": "Invalid OAuth access token."}
        return jsonify(data={"error": error, "is_valid": False, "scopes": []})
    user_id = FACEBOOK_PEOPLE[person]["id"]
    return jsonify(data={"app_id": app_id, "is_valid": True, "user_id": user_id, "type": "USER"})


@app.get(f"/{VERSION}/me")
def facebook_tells() -> Any:
    token = request.args["access_token"]
    proof = hmac.new(APP_SECRET.encode(), token.encode(), hashlib.sha256).hexdigest()
    if token not in tokens or not hmac.compare_digest(request.args["appsecret_proof"], proof):
        return facebook_error("Invalid appsecret_proof provided in the API argument")
    person = FACEBOOK_PEOPLE[tokens[token][0]]
    wanted = request.args["fields"].split(",")
    return jsonify({key: person[key] for key in wanted if key in person})


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(sys.argv[1]), threaded=True)
