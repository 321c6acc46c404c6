"""What every operation answers everyone who might call: two tables, written by hand."""

from __future__ import annotations

from typing import NamedTuple

from tests.api.doors import KINDS, PROGRAMS, SIGNED_IN, STEPS


class Cell(NamedTuple):
    """What a caller is answered: the status, and what the body says of it."""

    status: int
    meaning: str
    is_refusal: bool = True


Row = dict[str, Cell]

# What a sign of the table stands for; `+` is the status that stands before the signs.
SIGNS = {
    "?": Cell(401, "not_authenticated"),
    "m": Cell(403, "not_a_member"),
    "-": Cell(403, "forbidden"),
    "i": Cell(403, "membership_inactive"),
    "s": Cell(403, "scope_missing"),
    "t": Cell(403, "not_for_tokens"),
    "e": Cell(403, "token_of_another_school"),
    "0": Cell(404, "not_found"),
    "c": Cell(422, "invalid"),  # a teacher who names no class of theirs
}

# A school whose catalogue is for members; each asks for something that is there. The columns:
#   nobody     anonymous, an expired token, a deactivated account, an address not yet verified
#   others     signed in without a school, another school's admin, a deactivated membership
#   members    student, child, teacher, content_creator, moderator
#   ruling     manager, admin, operator
#   programs   an admin's personal token with every scope, without the scope, of another school
TABLE = """
                              n     o    m      r    p
block_person             204  ????  mmm  +++++  +++  +se
change_managed_account   200  ????  ---  --0--  +++  +se
change_me                200  ????  +++  +++++  +++  +se
change_member            200  ????  ---  -----  +++  +se
change_moderation_settings 200  ????  ---  -----  +++  +se
change_school_settings   200  ????  ---  -----  +++  +se
create_attempt           201  ????  mmm  +++++  +++  +se
create_invitation        201  ????  ---  -----  +++  +se
delete_recording         204  ????  mmm  +++++  +++  +se
delete_school            204  ????  ---  -----  -++  tte
disable_plugin           204  ????  ---  -----  +++  +se
enable_plugin            204  ????  ---  -----  +++  +se
enrol_in_course          204  ????  mmm  +++++  +++  +se
erase_managed_account    204  ????  ---  -----  +++  tte
erase_me                 204  ????  +++  +++++  +++  tte
export_managed_account   202  ????  ---  -----  +++  tte
export_me                202  ????  +++  +++++  +++  tte
export_school            202  ????  ---  -----  -++  tte
get_avatar               200  ????  000  +++++  +++  +se
get_logo                 200  +??+  +++  +++++  +++  ++e
get_case                 200  ????  ---  ----+  +++  +se
get_course_progress      200  ????  mmm  +++++  +++  +se
get_lesson_progress      200  ????  mmm  +++++  +++  +se
get_managed_archive      200  ????  ---  -----  +++  tte
get_managed_export       200  ????  ---  -----  +++  tte
get_me                   200  ????  +++  +++++  +++  +se
get_media                200  ????  mmm  +++++  +++  +se
get_media_file           200  ????  mmm  +++++  +++  +se
get_media_rendition      200  ????  mmm  +++++  +++  +se
get_moderation_settings  200  ????  ---  -----  +++  +se
get_my_archive           200  ????  +++  +++++  +++  tte
get_my_export            200  ????  +++  +++++  +++  tte
get_my_permissions       200  ????  +++  +++++  +++  +se
get_my_report            200  ????  +++  +++++  +++  +se
get_person               200  ????  mmm  +++++  +++  +se
get_plugin_archive       200  ????  ---  -----  -++  tte
get_plugin_data          200  ????  ---  -----  -++  +se
get_plugin_settings      200  ????  ---  -----  +++  +se
get_preview              200  +??+  +++  +++++  +++  ++e
get_problem              200  +??+  +++  +++++  +++  ++e
get_school               200  +??+  +++  +++++  +++  ++e
get_school_archive       200  ????  ---  -----  -++  tte
get_school_export        200  ????  ---  -----  -++  tte
get_school_settings      200  ????  ---  -----  +++  +se
give_exercise_up         200  ????  mmm  +++++  +++  +se
grade_preview            200  +??+  +++  +++++  +++  ++e
health_live              200  +??+  +++  +++++  +++  +++
health_plugins           200  ????  ---  -----  --+  tte
health_ready             200  +??+  +++  +++++  +++  +++
join_school              200  ????  ++i  +++++  +++  tte
leave_course             204  ????  mmm  +++++  +++  +se
leave_school             204  ????  +++  +++++  +++  tte
list_activity            200  ????  +++  +++++  +++  +se
list_audit               200  ????  ---  -----  -++  +se
list_bin                 200  ????  ---  ----+  +++  +se
list_cases               200  ????  ---  ----+  +++  +se
list_categories          200  ????  mmm  +++++  +++  +se
list_cohorts             200  ????  mmm  +++++  +++  +se
list_courses             200  ????  mmm  +++++  +++  +se
list_exercise_kinds      200  ????  mmm  +++++  +++  +se
list_invitations         200  ????  ---  -----  +++  +se
list_lesson_exercises    200  ????  mmm  +++++  +++  +se
list_lessons             200  ????  mmm  +++++  +++  +se
list_managed_accounts    200  ????  ---  --+--  +++  +se
list_members             200  ????  ---  -----  +++  +se
list_my_blocks           200  ????  +++  +++++  +++  +se
list_my_mutes            200  ????  +++  +++++  +++  +se
list_my_reports          200  ????  +++  +++++  +++  +se
list_my_sanctions        200  ????  +++  +++++  +++  +se
list_my_tokens           200  ????  +++  +++++  +++  tte
list_own_attempts        200  ????  mmm  +++++  +++  +se
list_plugins             200  ????  ---  -----  +++  +se
list_problems            200  +??+  +++  +++++  +++  ++e
list_progress            200  ????  mmm  +++++  +++  +se
list_schools             200  +??+  +++  +++++  +++  ++e
list_subcategories       200  ????  mmm  +++++  +++  +se
make_managed_accounts    201  ????  ---  --c--  +++  tte
make_my_token            201  ????  mmm  +++++  +++  tte
make_report              201  ????  mmm  +++++  +++  +se
moderate_case            200  ????  ---  ----+  +++  +se
mute_person              204  ????  mmm  +++++  +++  +se
propose_user_names       200  ????  ---  --+--  +++  +se
purge_plugin             204  ????  ---  -----  -++  tte
put_lesson_progress      200  ????  mmm  +++++  +++  +se
put_plugin_settings      200  ????  ---  -----  +++  +se
read_categories          200  ????  mmm  +++++  +++  +se
read_content_tree        200  ????  mmm  +++++  +++  +se
read_courses             200  ????  mmm  +++++  +++  +se
read_exercises           200  ????  mmm  +++++  +++  +se
read_lessons             200  ????  mmm  +++++  +++  +se
read_subcategories       200  ????  mmm  +++++  +++  +se
remove_my_avatar         204  ????  +++  +++++  +++  +se
remove_logo              204  ????  ---  -----  +++  +se
reset_managed_password   200  ????  ---  --0--  +++  tte
restore_from_bin         204  ????  ---  ----+  +++  +se
revoke_invitation        204  ????  ---  -----  +++  +se
revoke_my_token          204  ????  +++  +++++  +++  tte
search_content           200  ????  mmm  +++++  +++  +se
set_my_avatar            204  ????  +++  +++++  +++  +se
set_logo                 204  ????  ---  -----  +++  +se
start_clock              200  ????  mmm  +++++  +++  +se
sync                     200  ????  mmm  +++++  +++  +se
unblock_person           204  ????  mmm  +++++  +++  +se
unmute_person            204  ????  mmm  +++++  +++  +se
upload_recording         201  ????  mmm  +++++  +++  +se
"""

# What a sign of allauth's table stands for. Its 401 says which steps are under way; `?` is told to
# whoever is not signed in, and names the step that they are at already.
AUTH_SIGNS = {
    "r": Cell(401, "reauthenticate"),
    "k": Cell(403, "managed_account"),
    "c": Cell(409, ""),  # nothing of the kind is under way; or they are signed in already
    "x": Cell(400, "incorrect_code"),
    "t": Cell(400, "invalid_token"),
    "b": Cell(400, ""),
    # Done, and the next step is named.
    "V": Cell(401, "verify_email", is_refusal=False),
    "R": Cell(401, "password_reset_by_code", is_refusal=False),
    "S": Cell(401, "verify_email, password_reset_by_code", is_refusal=False),
    "F": Cell(401, "mfa_authenticate, password_reset_by_code", is_refusal=False),
}
UNDER_WAY = {
    "unverified": "verify_email",
    "second_factor": "mfa_authenticate",
    "resetting": "password_reset_by_code",
}
# Accounts are the instance's, not a school's: whoever signs in has theirs, members of this school,
# of another and of none alike. A personal token signs nobody in. Some operations answer everybody
# alike, as `auth_get_config` does. 401 is what allauth answers too where all went well and nobody
# is signed in afterwards. Kinds that are not as the rest of their column stand behind. The columns:
#   n  nobody: anonymous, an expired token, a deactivated account, and all personal tokens
#   s  signed in: others, members and ruling, as above; who confirmed just now that it is them
#   u  signed in, and did not confirm it
#   m  signed in to an account that a school manages
#   v  signed up, with an address not yet verified
#   f  came with the password, and has yet to show a second factor
#   r  was sent a code for a new password
AUTH_TABLE = """
                                                      n  sum  vfr
auth_delete_account_authenticators_totp          200  ?  ++k  ???
auth_delete_account_authenticators_webauthn      200  ?  +rk  ???
auth_delete_account_email                        200  ?  +rk  ???
auth_delete_account_providers                    200  ?  +rk  ???
auth_delete_auth_session                         401  +  +++  +++
auth_delete_auth_sessions                        401  ?  +++  ???
auth_get_account_authenticators                  200  ?  +++  ???
auth_get_account_authenticators_recovery_codes   404  ?  +++  ???
auth_get_account_authenticators_totp             404  ?  +++  ???
auth_get_account_authenticators_webauthn         200  ?  +r+  ???
auth_get_account_email                           200  ?  +++  ???
auth_get_account_providers                       200  ?  +++  ???
auth_get_auth_email_verify                       200  c  ccc  +cc
auth_get_auth_password_reset                     200  c  ccc  cc+
auth_get_auth_provider_signup                    200  c  ccc  ccc
auth_get_auth_session                            200  ?  +++  ???
auth_get_auth_sessions                           200  ?  +++  ???
auth_get_auth_webauthn_authenticate              200  ?  ???  ?+?
auth_get_auth_webauthn_login                     200  +  +++  +++
auth_get_auth_webauthn_reauthenticate            200  ?  +++  ???
auth_get_auth_webauthn_signup                    200  c  ccc  ccc
auth_get_config                                  200  +  +++  +++
auth_patch_account_email                         200  ?  +rk  ???
auth_post_account_authenticators_recovery_codes  200  ?  +rk  ???
auth_post_account_authenticators_totp            200  ?  xrk  ???
auth_post_account_authenticators_webauthn        200  ?  xxk  ???
auth_post_account_email                          200  c  +rk  ccc
auth_post_account_password_change                401  ?  ++k  ???
auth_post_app_tokens_refresh                     200  b  +++  bbb  expired=+
auth_post_auth_2fa_authenticate                  200  ?  ???  ?+?
auth_post_auth_2fa_reauthenticate                200  ?  xxx  ???
auth_post_auth_code_confirm                      200  c  ccc  ccc
auth_post_auth_email_verify                      200  c  ccc  +cc
auth_post_auth_email_verify_resend               200  c  ccc  +cc
auth_post_auth_login                             200  +  ccc  +++
auth_post_auth_password_request                  200  R  +++  SFR
auth_post_auth_password_reset                    401  c  ccc  cc+
auth_post_auth_provider_signup                   200  c  cck  ccc
auth_post_auth_provider_token                    200  t  ttk  ttt
auth_post_auth_reauthenticate                    200  ?  +++  ???
auth_post_auth_signup                            401  V  ccc  VVS
auth_post_auth_webauthn_authenticate             200  ?  ???  ?x?
auth_post_auth_webauthn_login                    200  x  xxx  xxx
auth_post_auth_webauthn_reauthenticate           200  ?  xxx  ???
auth_post_auth_webauthn_signup                   401  V  ccc  VVS
auth_post_browser_auth_provider_redirect         302  +  ++k  +++
auth_put_account_authenticators_webauthn         200  ?  +rk  ???
auth_put_account_email                           200  ?  ++k  ???
auth_put_auth_webauthn_signup                    200  c  ccc  ccc
"""
AUTH_GROUPS = (
    ("anonymous", "expired", "deactivated", *PROGRAMS),
    SIGNED_IN,
    *((step,) for step in STEPS),
)


def rows() -> dict[str, Row]:
    """Return both tables: by operation and kind of caller, what is answered."""
    return {**_ours(), **_allauths()}


def _ours() -> dict[str, Row]:
    table = {}
    for line in TABLE.strip().splitlines()[1:]:
        operation, done, *signs = line.split()
        answers = {"+": Cell(int(done), "", is_refusal=False), **SIGNS}
        cells = [answers[sign] for sign in "".join(signs)]
        table[operation] = dict(zip(KINDS, cells, strict=True))
    return table


def _allauths() -> dict[str, Row]:
    table = {}
    for line in AUTH_TABLE.strip().splitlines()[1:]:
        operation, done, *signs = line.split()
        answers = {"+": Cell(int(done), "", is_refusal=False), **AUTH_SIGNS}
        grouped = zip(AUTH_GROUPS, "".join(each for each in signs if "=" not in each), strict=True)
        told = {kind: sign for group, sign in grouped for kind in group}
        told |= dict(each.split("=") for each in signs if "=" in each)
        table[operation] = {
            kind: Cell(401, UNDER_WAY.get(kind, "")) if sign == "?" else answers[sign]
            for kind, sign in told.items()
        }
    return table
