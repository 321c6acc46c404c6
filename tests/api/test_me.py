"""One's own account over the API: profile, picture, rights."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from lyceum.accounts.models import Profile, User
from lyceum.events.models import AuditEntry
from tests.clients import AppClient
from tests.people import a_learner, a_member, a_person, a_school

pytestmark = pytest.mark.django_db


def signed_in(person: User, school: str = "toto") -> AppClient:
    app = AppClient(school)
    assert app.log_in(str(person.email)).status_code == 200
    return app


def a_picture(width: int = 800, height: int = 600, kind: str = "PNG", colour: str = "red") -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(content, kind)
    return content.getvalue()


def put_avatar(app: AppClient, content: bytes, *, field: str = "file", name: str = "me.png") -> Any:
    body = encode_multipart(BOUNDARY, {field: SimpleUploadedFile(name, content)})
    return app.client.put(
        "/api/v1/me/avatar",
        body,
        content_type=MULTIPART_CONTENT,
        headers={"X-School": app.school, "Authorization": f"Bearer {app.token}"},
    )


def test_ones_account_tells_all_that_one_told_and_where_one_belongs() -> None:
    toto, campus = a_school("toto"), a_school("campus")
    person = a_learner(toto, email="ana@example.test", first_name="Ana", level="A2")
    a_other = a_member(campus, "teacher")

    answer = signed_in(person).call("GET", "/api/v1/me").json()

    assert answer["id"] == str(person.uuid)
    assert (answer["email"], answer["email_verified"]) == ("ana@example.test", True)
    assert (answer["first_name"], answer["avatar"], answer["age"]) == ("Ana", "", None)
    assert answer["time_zone"] == "UTC"
    assert [place["slug"] for place in answer["memberships"]] == ["toto"]
    assert answer["memberships"][0]["roles"] == ["student"]
    assert answer["memberships"][0]["level"] == "A2"
    assert answer["last_seen_at"] is not None
    assert a_other.pk != person.pk


def test_the_account_costs_the_same_queries_however_many_schools(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    person = a_person("ana@example.test")
    for number in range(5):
        school = a_school(f"school-x{number}")
        person.memberships.create(school_id=school.id, roles=frozenset({"student"}))
    app = signed_in(person, school="")
    app.call("GET", "/api/v1/me")

    with django_assert_num_queries(3):
        app.call("GET", "/api/v1/me")


def test_without_signing_in_there_is_no_account() -> None:
    a_school("toto")

    response = AppClient("toto").call("GET", "/api/v1/me")

    assert response.status_code == 401
    assert response.json()["code"] == "not_authenticated"
    assert response["WWW-Authenticate"] == "Bearer"


def test_what_is_sent_changes_and_the_rest_stays() -> None:
    person = a_learner(a_school("toto"), first_name="Ana", last_name="Ruiz")
    app = signed_in(person)

    response = app.call(
        "PATCH",
        "/api/v1/me",
        {
            "last_name": "Ruiz Soto",
            "bio": "Two\nlines",
            "date_of_birth": "2000-02-29",
            "phone": "+34 600 111 222",
            "language": "es",
            "time_zone": "Europe/Madrid",
            "preferences": {"theme": {"dark": True}},
            "subjects": ["English"],
        },
    )

    answer = response.json()
    assert response.status_code == 200
    assert (answer["first_name"], answer["last_name"]) == ("Ana", "Ruiz Soto")
    assert answer["phone"] == "+34600111222"
    assert answer["age"] >= 26
    assert app.call("GET", "/api/v1/me").json() == answer


def test_a_change_is_in_the_audit_without_its_values() -> None:
    person = a_learner(a_school("toto"))

    signed_in(person).call("PATCH", "/api/v1/me", {"bio": "a secret"})

    entry = AuditEntry.objects.get(action="account.profile_changed")
    assert entry.changes == {"bio": "changed"}
    assert (entry.actor, entry.target) == (person.uuid, person.uuid)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_name", "x" * 101),
        ("first_name", "two\nlines"),
        ("first_name", None),
        ("first_name", 7),
        ("bio", "x" * 501),
        ("bio", "a null \x00 character"),
        ("date_of_birth", "2999-01-01"),
        ("date_of_birth", "1899-12-31"),
        ("date_of_birth", "yesterday"),
        ("phone", "600111222"),
        ("phone", "+34 six hundred"),
        ("phone", "+1234567"),
        ("phone", "+1234567890123456"),
        ("language", "xx"),
        ("language", "EN"),
        ("time_zone", "Europe/Atlantis"),
        ("time_zone", ""),
        ("time_zone", "../../etc/passwd"),
        ("preferences", []),
        ("preferences", {"x": "y" * 9000}),
        ("subjects", [""]),
        ("subjects", ["x"] * 31),
        ("public_bio", "x" * 1001),
        ("email", "other@example.test"),
        ("is_superuser", True),
        ("roles", ["admin"]),
    ],
)
def test_what_cannot_be_is_refused_by_field_and_changes_nothing(field: str, value: Any) -> None:
    person = a_learner(a_school("toto"), first_name="Ana")
    app = signed_in(person)
    before = app.call("GET", "/api/v1/me").json()

    response = app.call("PATCH", "/api/v1/me", {"last_name": "Changed", field: value})

    assert response.status_code == 422
    assert response.json()["code"] == "invalid"
    assert any(path.split(".")[0] == field for path in response.json()["errors"])
    assert app.call("GET", "/api/v1/me").json() == before


def test_half_a_character_is_refused() -> None:
    app = signed_in(a_learner(a_school("toto")))

    response = app.client.patch(
        "/api/v1/me",
        rb'{"bio": "\ud800"}',
        content_type="application/json",
        headers={"Authorization": f"Bearer {app.token}"},
    )

    assert response.status_code in {400, 422}


def test_markup_is_text_here_kept_as_it_was_written() -> None:
    app = signed_in(a_learner(a_school("toto")))
    text = "<script>alert('x')</script> & <b>bold</b>"

    response = app.call("PATCH", "/api/v1/me", {"bio": text, "first_name": text})

    assert response.json()["bio"] == response.json()["first_name"] == text
    assert response["Content-Type"].startswith("application/json")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_what_was_told_can_be_taken_back() -> None:
    app = signed_in(a_learner(a_school("toto")))
    app.call("PATCH", "/api/v1/me", {"date_of_birth": "2000-01-01", "phone": "+34600111222"})

    response = app.call("PATCH", "/api/v1/me", {"date_of_birth": None, "phone": ""})

    assert response.json()["date_of_birth"] is None
    assert response.json()["phone"] == ""


def test_last_seen_is_written_once_in_five_minutes_at_most() -> None:
    person = a_learner(a_school("toto"))
    app = signed_in(person)
    app.call("GET", "/api/v1/me")
    first = Profile.objects.get(user=person).last_seen_at

    app.call("GET", "/api/v1/me")
    unchanged = Profile.objects.get(user=person).last_seen_at
    Profile.objects.filter(user=person).update(last_seen_at=timezone.now() - timedelta(minutes=6))
    app.call("GET", "/api/v1/me")
    again = Profile.objects.get(user=person).last_seen_at

    assert first == unchanged
    assert again is not None
    assert first is not None
    assert again > first


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_is_kept_small_and_as_webp(kind: str) -> None:
    app = signed_in(a_learner(a_school("toto")))

    put = put_avatar(app, a_picture(1600, 1200, kind))
    address = app.call("GET", "/api/v1/me").json()["avatar"]
    got = app.call("GET", address)

    assert put.status_code == 204
    assert got["Content-Type"] == "image/webp"
    with Image.open(io.BytesIO(b"".join(got.streaming_content))) as image:
        assert (image.format, image.size) == ("WEBP", (512, 512))


def test_a_picture_tells_nothing_but_its_pixels() -> None:
    app = signed_in(a_learner(a_school("toto")))
    content = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "at home, 40.4168 N"
    Image.new("RGB", (60, 60), "blue").save(content, "JPEG", exif=exif)

    put_avatar(app, content.getvalue())

    got = app.call("GET", app.call("GET", "/api/v1/me").json()["avatar"])
    assert b"at home" not in b"".join(got.streaming_content)


def test_a_picture_that_one_holds_is_not_sent_again() -> None:
    app = signed_in(a_learner(a_school("toto")))
    put_avatar(app, a_picture())
    address = app.call("GET", "/api/v1/me").json()["avatar"]
    first = app.call("GET", address)

    again = app.call("GET", address, **{"If-None-Match": first["ETag"]})
    put_avatar(app, a_picture(colour="green"))
    changed = app.call("GET", address, **{"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]
    changed.close()
    first.close()


def test_a_picture_is_seen_by_a_colleague_and_not_by_a_stranger_of_another_school() -> None:
    toto, campus = a_school("toto"), a_school("campus")
    app = signed_in(a_learner(toto))
    colleague = signed_in(a_learner(toto))
    stranger = signed_in(a_learner(campus), "campus")
    put_avatar(app, a_picture())
    address = app.call("GET", "/api/v1/me").json()["avatar"]

    seen = colleague.call("GET", address)
    unseen = stranger.call("GET", address)
    anonymous = AppClient("toto").call("GET", address)

    assert (seen.status_code, unseen.status_code, anonymous.status_code) == (200, 404, 401)
    seen.close()


def test_a_childs_picture_is_seen_by_staff_alone() -> None:
    toto = a_school("toto")
    child = signed_in(a_learner(toto, is_child=True))
    put_avatar(child, a_picture())
    address = child.call("GET", "/api/v1/me").json()["avatar"]

    by_classmate = signed_in(a_learner(toto)).call("GET", address)
    by_teacher = signed_in(a_member(toto, "teacher")).call("GET", address)
    by_child = child.call("GET", address)

    assert by_classmate.status_code == 404
    assert by_teacher.status_code == by_child.status_code == 200
    by_teacher.close()
    by_child.close()


@pytest.mark.django_db(transaction=True)
def test_a_removed_picture_is_gone_and_removing_it_twice_is_no_error() -> None:
    person = a_learner(a_school("toto"))
    app = signed_in(person)
    put_avatar(app, a_picture())
    address = app.call("GET", "/api/v1/me").json()["avatar"]
    name = str(Profile.objects.get(user=person).avatar.name)

    first = app.call("DELETE", "/api/v1/me/avatar")
    second = app.call("DELETE", "/api/v1/me/avatar")

    assert (first.status_code, second.status_code) == (204, 204)
    assert app.call("GET", address).status_code == 404
    assert app.call("GET", "/api/v1/me").json()["avatar"] == ""
    assert not default_storage.exists(name)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"GIF89a",
        a_picture()[:60],
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 50,
    ],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    app = signed_in(a_learner(a_school("toto")))

    response = put_avatar(app, content)

    assert response.status_code == 422
    assert app.call("GET", "/api/v1/me").json()["avatar"] == ""


@pytest.mark.parametrize("side", [8000, 10_000, 14_000])
def test_a_picture_of_too_many_pixels_is_refused_undecoded(side: int) -> None:
    app = signed_in(a_learner(a_school("toto")))
    content = io.BytesIO()
    Image.new("1", (side, side)).save(content, "PNG")

    response = put_avatar(app, content.getvalue())

    assert response.status_code == 422
    assert response.json()["code"] == "not_an_image"


def test_a_file_of_more_than_two_megabytes_is_too_large() -> None:
    app = signed_in(a_learner(a_school("toto")))

    response = put_avatar(app, b"x" * (2 * 1024 * 1024 + 1))

    assert response.status_code == 413
    assert response.json()["code"] == "too_large"


def test_a_body_that_is_no_form_or_has_other_fields_is_refused() -> None:
    app = signed_in(a_learner(a_school("toto")))

    as_json = app.call("PUT", "/api/v1/me/avatar", {"file": "x"})
    other_field = put_avatar(app, a_picture(), field="picture")

    assert (as_json.status_code, as_json.json()["code"]) == (415, "unsupported_media_type")
    assert (other_field.status_code, list(other_field.json()["errors"])) == (422, ["picture"])


def test_ones_rights_are_those_of_ones_roles_in_this_school() -> None:
    toto = a_school("toto")
    a_school("campus")
    person = a_member(toto, "manager")

    here = signed_in(person).call("GET", "/api/v1/me/permissions")
    elsewhere = signed_in(person, "campus").call("GET", "/api/v1/me/permissions")
    nowhere = signed_in(person, "").call("GET", "/api/v1/me/permissions")

    assert here.json()["permissions"]
    assert elsewhere.json()["permissions"] == []
    assert nowhere.json()["code"] == "school_required"


def test_the_cookie_session_counts_on_the_schools_own_host_alone() -> None:
    toto = a_school("toto")
    person = a_learner(toto)
    browser = Client()
    browser.force_login(person)

    at_home = browser.get("/api/v1/me", headers={"host": "toto.test"})
    elsewhere = browser.get("/api/v1/me", headers={"x-school": "toto"})

    assert at_home.status_code == 200
    assert elsewhere.status_code == 401


def test_a_cookie_alone_changes_nothing() -> None:
    person = a_learner(a_school("toto"))
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person)
    home = {"host": "toto.test"}

    bare = browser.patch(
        "/api/v1/me", '{"bio": "x"}', content_type="application/json", headers=home
    )
    browser.get("/_allauth/browser/v1/config", headers=home)
    token = browser.cookies["csrftoken"].value
    with_proof = browser.patch(
        "/api/v1/me",
        '{"bio": "x"}',
        content_type="application/json",
        headers={**home, "X-CSRFToken": token},
    )

    assert (bare.status_code, bare.json()["code"]) == (403, "csrf_failed")
    assert with_proof.status_code == 200


@pytest.mark.parametrize(
    "authorization", ["Bearer nonsense", "Bearer", "Bearer  ", "Basic YTpi", "nonsense", ""]
)
def test_a_bad_token_is_refused_even_where_none_is_needed(authorization: str) -> None:
    a_school("toto")

    response = AppClient("toto").call("GET", "/api/v1/school", Authorization=authorization)

    assert response.status_code == 401
    assert response.json()["code"] == "not_authenticated"


def test_logging_out_and_deactivation_hold_from_the_next_request() -> None:
    person = a_learner(a_school("toto"))
    leaving, staying = signed_in(person), signed_in(person)

    leaving.auth("DELETE", "auth/session")
    after_log_out = leaving.call("GET", "/api/v1/me")
    User.objects.filter(pk=person.pk).update(is_active=False)
    after_deactivation = staying.call("GET", "/api/v1/me")

    assert after_log_out.status_code == after_deactivation.status_code == 401
