"""What each operation of ours is asked with, so that whoever is let in gets what they want."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from typing import Any

from wagtail.images.tests.utils import get_test_image_file

UNKNOWN = "01990000-0000-7000-8000-000000000000"
WEBM = b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm"


@dataclass(frozen=True)
class Asking:
    """
    What an operation is asked with, so that whoever is let in gets what they want.

    `thing` names what the path's id stands for: what a school has, or `own_…`, what a caller has.
    So do `{names}` in a body, a header and the query.
    """

    thing: str = ""
    body: Any = None
    query: str = ""
    file: bytes = b""
    form: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def filled(self, things: dict[str, str]) -> Asking:
        """Return it with ids in place of `{names}`: unknown ones, for what nobody has."""
        sent = json.dumps([self.body, self.form, self.headers])
        sent = re.sub(r"\{(\w+)\}", lambda found: things.get(found[1], "0"), sent)
        body, form, headers = json.loads(sent)
        return replace(self, body=body, form=form, headers=headers)


ANSWER = {"answer": {"gaps": ["am"]}}
ASKINGS = {
    "block_person": Asking("person"),
    "change_moderation_settings": Asking(body={"words": ["x"]}),
    "get_case": Asking("case"),
    "get_my_report": Asking("own_report"),
    "get_person": Asking("person"),
    "make_report": Asking(body={"type": "person", "id": "{person}", "kind": "spam"}),
    "moderate_case": Asking("case", body={"action": "note", "note": "x"}),
    "mute_person": Asking("person"),
    "restore_from_bin": Asking("binned"),
    "unblock_person": Asking("person"),
    "unmute_person": Asking("person"),
    "change_member": Asking("member", body={"level": "A2"}),
    "change_managed_account": Asking("managed", body={"first_name": "Ana"}),
    "change_me": Asking(body={"bio": "x"}),
    "change_school_settings": Asking(body={"pass_mark": 70}),
    "create_attempt": Asking("exercise", body=ANSWER),
    "create_invitation": Asking(body={"roles": ["student"]}),
    "delete_recording": Asking("own_recording"),
    "delete_school": Asking(body={"slug": "toto"}),
    "enrol_in_course": Asking("course"),
    "erase_managed_account": Asking("managed"),
    "erase_me": Asking(body={"confirm": "{own_proved_address}"}),
    "export_managed_account": Asking("managed"),
    "get_avatar": Asking("person"),
    "get_course_progress": Asking("course"),
    "get_lesson_progress": Asking("lesson"),
    "get_managed_archive": Asking("own_managed_export"),
    "get_managed_export": Asking("own_managed_export"),
    "get_media": Asking("image"),
    "get_media_file": Asking("image"),
    "get_media_rendition": Asking("image"),
    "get_my_archive": Asking("own_export"),
    "get_my_export": Asking("own_export"),
    "get_preview": Asking(query="?token={preview}"),
    "get_school_archive": Asking("own_school_export"),
    "get_school_export": Asking("own_school_export"),
    "give_exercise_up": Asking("exercise"),
    "grade_preview": Asking(query="?token={exercise_preview}", body=ANSWER),
    "join_school": Asking(body={}),
    "leave_course": Asking("course"),
    "list_lesson_exercises": Asking("lesson"),
    "list_own_attempts": Asking("exercise"),
    "make_managed_accounts": Asking(body={"accounts": [{"first_name": "Ana"}]}),
    "make_my_token": Asking(body={"name": "x", "scopes": ["content:read"]}),
    "propose_user_names": Asking(body={"names": [{"first_name": "Ana"}]}),
    "put_lesson_progress": Asking("lesson", body={"position": "x"}),
    "put_plugin_settings": Asking(body={"values": {}, "secrets": {"key": "a secret"}}),
    "read_categories": Asking("category"),
    "read_courses": Asking("course"),
    "read_exercises": Asking("exercise"),
    "read_lessons": Asking("lesson"),
    "read_subcategories": Asking("subcategory"),
    "reset_managed_password": Asking("managed", body={}),
    "revoke_invitation": Asking("invitation"),
    "revoke_my_token": Asking("own_token"),
    "search_content": Asking(query="?q=animals"),
    "set_logo": Asking(file=get_test_image_file().file.getvalue()),
    "set_my_avatar": Asking(file=get_test_image_file().file.getvalue()),
    "start_clock": Asking("exercise"),
    "sync": Asking(body={"items": []}),
    "upload_recording": Asking(file=WEBM),
}


def address_of(path: str, asking: Asking, things: dict[str, str], *, id: str = "") -> str:
    """Return an operation's address with ids for what its path names."""
    wanted = id or things.get(asking.thing, UNKNOWN)
    path = path.replace("{rendition}", "w320").replace("{code}", "not_found")
    # The probe is on at `toto`; data are deleted of a plugin that is off.
    path = path.replace("{slug}/data", "keeper/data").replace("{slug}", "probe")
    return re.sub(r"\{[^}]*\}", wanted, path) + asking.query.format(**things)
