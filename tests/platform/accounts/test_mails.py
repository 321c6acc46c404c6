"""A mail is a text in the reader's language, and the same text in the look of its school."""

from __future__ import annotations

import logging
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from PIL import Image

import lyceum
from lyceum.accounts.inviting import mail_invitation
from lyceum.accounts.letters import Letter
from lyceum.accounts.mail import post
from lyceum.accounts.notices import notify
from lyceum.kernel.clock import now
from lyceum.schools.current import CurrentSchool
from lyceum.schools.settings import change_school
from lyceum.theming.logos import logo_address, set_logo
from lyceum.theming.looks import themes
from tests.people import a_member, a_person, a_school

pytestmark = pytest.mark.django_db

PURPLE = "#6A1B9A"
TEXTS = sorted(Path(lyceum.__file__).parent.glob("*/templates/*/mail/*/*.txt"))


class Reading(HTMLParser):
    """What of a page is of use to a test: its tags with what they say, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [said for name, said in self.tags if name == tag]


def in_purple(school: CurrentSchool) -> CurrentSchool:
    changes: dict[str, Any] = {"colours": {"brand": PURPLE}}
    return change_school(actor=a_person(), school=school, changes=changes)


def a_letter(school: CurrentSchool | None, **values: Any) -> Any:
    """Write one of the mails to somebody; return it."""
    said = {"title": "Colours", "actor": "Ana", "comment": [], "address": "", **values}
    post(
        room="content",
        name="rejected",
        to="leo@example.test",
        school=school,
        language="en",
        values=said,
    )
    return mail.outbox[-1]


def html_of(sent: Any) -> str:
    ((html, kind),) = sent.alternatives
    assert kind == "text/html"
    return str(html)


def test_a_mail_is_in_the_colours_of_its_school_and_another_s_in_its_own() -> None:
    toto, campus = in_purple(a_school("toto")), a_school("campus")

    for school in (toto, campus):
        mail_invitation(school=school, email="leo@example.test", code="ABCD-EFGH")

    of_toto, of_campus = map(html_of, mail.outbox)
    assert f"background-color: {PURPLE}" in of_toto
    assert PURPLE not in of_campus
    assert themes.look_of(campus).light["color.brand"].css_value in of_campus
    # What they are in the dark is said beside it.
    assert themes.look_of(toto).dark["color.brand"].css_value in of_toto


def test_the_code_and_the_address_are_shown_as_what_they_are_and_the_text_says_them_too() -> None:
    mail_invitation(school=a_school("toto"), email="leo@example.test", code="ABCD-EFGH")

    (sent,) = mail.outbox
    page = Reading(html_of(sent))

    assert "\n    ABCD-EFGH\n" in sent.body
    door = "http://toto.test/sign-in?next=/me%3Finvitation%3DABCD-EFGH"
    assert f"\n    Go to Toto\n    {door}\n" in sent.body
    assert [link["href"] for link in page.all("a")] == [door, "http://toto.test/"]
    (code,) = [each for each in page.all("span") if "user-select: all" in str(each["style"])]
    assert code["dir"] == "ltr"
    for line in sent.body.split("\n"):
        assert line.strip() in page.words


def test_the_logo_stands_for_the_name_and_is_all_that_a_mail_fetches() -> None:
    school, logo = a_school("toto"), BytesIO()
    Image.new("RGB", (600, 200), "red").save(logo, "PNG")
    logo.seek(0)

    without = Reading(html_of(a_letter(school)))
    school = set_logo(actor=a_person(), school=school, file=logo)
    with_one = html_of(a_letter(school))
    (image,) = Reading(with_one).all("img")

    assert without.all("img") == []
    assert image["src"] == f"http://toto.test{logo_address(school)}"
    assert image["alt"] == "Toto"
    assert with_one.count("src=") == 1
    assert "url(" not in with_one


def test_what_people_call_themselves_is_neither_markup_nor_a_line_of_its_own() -> None:
    bad = "<script>alert(1)</script>\n\n    http://evil.test/\nBcc: all@example.test"
    school = replace(a_school("toto"), name=f"Toto {bad}")

    sent = a_letter(school, actor=bad, title=bad, comment=[bad], address="http://toto.test/a")
    page = Reading(html_of(sent))

    assert page.all("script") == []
    assert "<script>alert(1)</script>" in page.words
    assert {link["href"] for link in page.all("a")} == {"http://toto.test/a", "http://toto.test/"}
    assert "\n    http://evil.test/" not in sent.body
    assert sent.message()["Bcc"] is None
    assert sent.recipients() == ["leo@example.test"]


def test_words_that_look_like_a_code_or_an_address_are_a_quotation() -> None:
    letter = Letter.of(
        "Hello\n\n    one\n    two\n\n    http://evil.test/", language="en", code="A", address="B"
    )

    assert [(each.kind, each.lines) for each in letter.paragraphs] == [
        ("quote", ("one", "two")),
        ("quote", ("http://evil.test/",)),
    ]


def test_an_arabic_mail_is_written_from_the_right() -> None:
    person = a_member(a_school("toto"), language="ar")

    notify(user=person, kind="password_changed", at=now())

    (sent,) = mail.outbox
    (page,) = Reading(html_of(sent)).all("html")
    assert page == {"lang": "ar", "dir": "rtl"}
    assert sent.extra_headers["Content-Language"] == "ar"
    assert "تغيّرت كلمة مرورك" in html_of(sent)


def test_a_mail_that_is_not_in_the_reader_s_language_says_that_it_is_english() -> None:
    person = a_member(a_school("toto"), language="fr")

    notify(user=person, kind="password_changed", at=now())

    assert mail.outbox[0].extra_headers["Content-Language"] == "en"
    assert Reading(html_of(mail.outbox[0])).all("html") == [{"lang": "en", "dir": "ltr"}]


def test_a_mail_of_no_school_is_in_the_default_theme() -> None:
    html = html_of(a_letter(None))

    assert themes.default_look().light["color.brand"].css_value in html
    assert Reading(html).all("a") == []


def test_colours_that_cannot_be_used_leave_the_default_theme(
    caplog: pytest.LogCaptureFixture,
) -> None:
    school = replace(a_school("toto"), colours={"brand": "no colour"})

    with caplog.at_level(logging.CRITICAL):
        sent = a_letter(school)

    assert themes.default_look().light["color.brand"].css_value in html_of(sent)


def test_a_mail_goes_out_though_no_theme_can_be_used(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    school = a_school("toto")
    monkeypatch.setattr(themes, "found", {})
    monkeypatch.setattr(themes, "_looks", {})

    with caplog.at_level(logging.CRITICAL):
        sent = a_letter(school)

    assert "asks for changes to “Colours”" in sent.body
    assert sent.alternatives == []


def test_every_mail_can_be_dressed_and_is_small() -> None:
    school, somewhere = a_school("toto"), "http://toto.test/x"
    values = {
        **dict.fromkeys(("title", "actor", "kind", "email"), "Zoë"),
        "code": "ABCD-EFGH",
        "address": somewhere,
        "at": now(),
        "comment": ["Yes."],
    }
    for text in TEXTS:
        language, name, room = text.parts[-2], text.stem, text.parts[-4]
        to = "leo@example.test"

        post(room=room, name=name, to=to, school=school, language=language, values=values)

        html, source = html_of(mail.outbox[-1]), text.read_text()
        page = Reading(html)
        assert len(html.encode()) < 20_000, text
        assert len(page.all("h1")) == 1, text
        # Whatever the text has of either is shown as such.
        assert ("user-select: all" in html) == ("    {{ code }}" in source), text
        has_button = somewhere in [link["href"] for link in page.all("a")]
        assert has_button == ("    {{ address }}" in source), text
    assert len(mail.outbox) == len(TEXTS) >= 33
