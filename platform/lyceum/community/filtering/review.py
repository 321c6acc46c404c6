"""What becomes of a text before others read it: let through, held for a moderator, or refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from lyceum.accounts.models import User
from lyceum.community.filtering.links import leads_elsewhere
from lyceum.community.filtering.words import word_list
from lyceum.community.models import Case
from lyceum.community.policy import PolicyView, policy_of
from lyceum.kernel.errors import Invalid
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Membership

WORD, LINK, FIRST_POST = "word", "link", "first_post"
# From the mildest to the gravest.
DECISIONS = ("allow", "hold", "refuse")


class TextRefused(Invalid):
    """
    The school's filters refuse this text.

    `errors` names the field, and says whether it is a word or a link. Write it without.
    """

    code = "text_refused"
    detail = "The school's filters refuse this text."


@dataclass(frozen=True)
class Verdict:
    """`allow`, `hold` or `refuse`, and why: `word`, `link`, `first_post`."""

    decision: str
    reasons: tuple[str, ...] = ()

    @property
    def is_held(self) -> bool:
        return self.decision == "hold"


def review_text(*, school: CurrentSchool, author: User, text: str, at: datetime) -> Verdict:
    """
    Return what is to become of a text that a person wrote. Three queries at most.

    The graver decision holds. What staff write is never held for being their first.
    """
    policy = policy_of(school)
    found: list[tuple[str, str]] = []
    if policy.on_words != "allow" and policy.words and word_list(tuple(policy.words)).is_in(text):
        found.append((policy.on_words, WORD))
    own = [school.host, *policy.allowed_sites]
    if policy.on_links != "allow" and leads_elsewhere(text, allowed=own):
        found.append((policy.on_links, LINK))
    if policy.first_posts_held and _is_newcomer(author, school, policy, at):
        found.append(("hold", FIRST_POST))
    decision = max((decision for decision, _ in found), key=DECISIONS.index, default="allow")
    return Verdict(decision, tuple(reason for _, reason in found))


def check_text(
    *, school: CurrentSchool, author: User, text: str, at: datetime, field: str = "text"
) -> Verdict:
    """
    Return the verdict on a text that is let through or held.

    :raises TextRefused: if the school's filters refuse it
    """
    verdict = review_text(school=school, author=author, text=text, at=at)
    if verdict.decision == "refuse":
        why = ["It holds a word that the school refuses."] if WORD in verdict.reasons else []
        why += ["It holds a link, which the school refuses."] if LINK in verdict.reasons else []
        raise TextRefused(fields={field: why})
    return verdict


def _is_newcomer(author: User, school: CurrentSchool, policy: PolicyView, at: datetime) -> bool:
    """Whether a person is new in the school, and too few of their things were let through."""
    place = Membership.objects.active().filter(school_id=school.id, user=author).first()
    if place is None or place.is_staff or author.is_superuser:
        return False
    if place.joined_at <= at - timedelta(days=policy.newcomer_days):
        return False
    passed = Case.objects.filter(school_id=school.id, author=author, approved=True).count()
    return passed < policy.first_posts_held
