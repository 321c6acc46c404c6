"""Marking: an answer, what is accepted, and how strictly, give a score with reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lyceum.learning.marking.bounds import best_rank
from lyceum.learning.marking.faults import Assessment, assess
from lyceum.learning.marking.forms import (
    AcceptList,
    Form,
    overlap,
    overlap_in_full,
    read_accept,
    read_answer,
)
from lyceum.learning.marking.languages import Language, find_language
from lyceum.learning.marking.longhand import in_longhand
from lyceum.learning.marking.policy import DEFAULT, Policy, Severity
from lyceum.learning.marking.reasons import Finding, Marked, Reason

# Forms compared word by word; of longer lists, those with the most in common with the answer.
# Where there are contractions, as many again: either ranking alone may cut off the right form.
_MOST_COMPARED = 24
_MOST_CELLS = 200_000
# A second look at contractions is for sentences; texts longer than this are compared once.
_MOST_IN_LONGHAND = 4_000


class NothingAccepted(ValueError):
    """An accept-list holds no form, so no answer could be right."""

    code = "nothing_accepted"


def mark(
    answer: str,
    *,
    accept: Sequence[str],
    language: str,
    forbidden: Sequence[str] = (),
    policy: Policy = DEFAULT,
) -> Marked:
    """Mark an answer against the nearest form of an accept-list.

    :raises InvalidPattern: when an entry of `accept` or `forbidden` cannot be read.
    :raises NothingAccepted: when `accept` is empty.
    """
    return _examine(answer, accept, find_language(language), forbidden, policy, False)[0]


def explain(
    answer: str,
    *,
    accept: Sequence[str],
    language: str,
    forbidden: Sequence[str] = (),
    policy: Policy = DEFAULT,
) -> tuple[Finding, ...]:
    """Return each rule that fires, the ignored ones included, with the words and why.

    For creators: `str()` of a finding names the expected word, which learners must not read.
    """
    return _examine(answer, accept, find_language(language), forbidden, policy, True)[1]


def mark_and_explain(
    answer: str,
    *,
    accept: Sequence[str],
    language: str,
    forbidden: Sequence[str] = (),
    policy: Policy = DEFAULT,
) -> tuple[Marked, tuple[Finding, ...]]:
    """Return what `mark` and `explain` return, for the price of one."""
    return _examine(answer, accept, find_language(language), forbidden, policy, True)


def _examine(
    answer: str,
    accept: Sequence[str],
    language: Language,
    forbidden: Sequence[str],
    policy: Policy,
    everything: bool,
) -> tuple[Marked, tuple[Finding, ...]]:
    if not accept:
        raise NothingAccepted("The accept-list is empty: give at least one accepted form.")
    accepted = read_accept(tuple(accept), language)
    given = read_answer(answer, language, signs=not accepted.has_words)
    if given.keys:
        nearest = _nearest(given, accepted, policy, everything)
        form, right, score = nearest.form, nearest.strict == 0, nearest.score
        findings = list(nearest.findings())
    else:
        form, right, score = accepted.forms[0], False, 0.0
        why = "the answer is empty"
        findings = [Finding("missing_word", 0, 0, "", form.text.raw, why)]
    findings.extend(_forbidden(given, forbidden, language))
    findings.sort(key=lambda finding: (finding.start, finding.end))
    reasons = tuple(_reasons(findings, policy))
    banned = any(r.code == "forbidden_word" and r.severity is Severity.STRICT for r in reasons)
    score = 0.0 if banned else round(score, 4)
    marked = Marked(right and not banned, score, reasons, form.text.raw)
    return marked, tuple(findings)


def _reasons(findings: Sequence[Finding], policy: Policy) -> Iterator[Reason]:
    for finding in findings:
        severity = policy[finding.rule]
        if severity is not Severity.IGNORE:
            yield finding.reason(severity)


def _nearest(given: Form, accepted: AcceptList, policy: Policy, everything: bool) -> Assessment:
    """Return the answer's assessment against the form with the fewest and mildest faults."""
    best: Assessment | None = None
    cells = 0
    for form in _candidates(given, accepted, policy):
        if best is None or best_rank(given, form, policy) < best.rank:
            assessment = assess(given, form, policy, everything=everything)
            if best is None or assessment.rank < best.rank:
                best = assessment
        cells += len(given.keys) * len(form.keys)
        if _is_near_enough(best, policy) or cells > _MOST_CELLS:
            break
    assert best is not None  # an accept-list always has a form
    return _read_in_longhand(best, policy, everything)


def _read_in_longhand(best: Assessment, policy: Policy, everything: bool) -> Assessment:
    """Return the assessment with contractions written out, where that brings the two nearer."""
    if best.strict == 0 or policy.contractions is Severity.STRICT:
        return best
    if not best.given.contracted and not best.form.contracted:
        return best
    if len(best.given.keys) * len(best.form.keys) > _MOST_IN_LONGHAND:
        return best
    ours, theirs = best.unmatched_contractions()
    pairs = [(given, best.form) for given in in_longhand(best.given, ours)]
    pairs += [(best.given, form) for form in in_longhand(best.form, theirs)]
    others = [assess(*pair, policy, everything=everything) for pair in pairs]
    fair = [other for other in others if not other.has_refused_reading()]
    return min((best, *fair), key=lambda assessment: assessment.rank)


def _candidates(given: Form, accepted: AcceptList, policy: Policy) -> Sequence[Form]:
    """Return the forms with the most in common with the answer, as written or in longhand."""
    same_words = accepted.by_keys.get(given.keys)
    if same_words:
        return same_words
    forms = accepted.forms
    if len(forms) == 1:
        return forms
    as_written = sorted(forms, key=lambda form: -overlap(given.keys, form.keys))[:_MOST_COMPARED]
    plain = not given.contracted and not accepted.is_contracted
    if plain or policy.contractions is Severity.STRICT:
        return as_written
    in_full = sorted(forms, key=lambda form: -overlap_in_full(given, form))[:_MOST_COMPARED]
    return list(dict.fromkeys((*in_full, *as_written)))


def _is_near_enough(best: Assessment, policy: Policy) -> bool:
    """Tell whether no later form can be nearer.

    Later forms share fewer words with the answer, so they have no fewer warnings about words;
    about signs and capitals they may.
    """
    rules = (policy.case, policy.punctuation, policy.spacing)
    told = any(severity is not Severity.IGNORE for severity in rules)
    return best.strict == 0 and best.warned <= (0 if told else 1)


def _forbidden(given: Form, forbidden: Sequence[str], language: Language) -> Iterator[Finding]:
    """Yield each place of a forbidden word or phrase; contractions are taken as written."""
    if not forbidden:
        return
    words = given.text.words
    for form in read_accept(tuple(forbidden), language).forms:
        size = len(form.keys)
        for at in range(len(given.keys) - size + 1):
            if given.keys[at : at + size] == form.keys:
                start, end = words[at].start, words[at + size - 1].end
                shown = given.text.raw[start:end]
                why = "the task forbids it"
                yield Finding("forbidden_word", start, end, shown, "", why)
