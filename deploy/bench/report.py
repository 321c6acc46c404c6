"""The table that a run prints, and which targets it reaches."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass

from deploy.bench.measuring import Case

MOST_GROWTH = 1.2  # of a list among many lessons, against the same among few
MOST_FOR_AN_ATTEMPT = 15.0  # milliseconds of CPU


@dataclass(frozen=True)
class Target:
    """One case may cost so many times another."""

    case: str
    other: str
    most: float


TARGETS = (
    Target("detail", "floor", 3),
    Target("list", "floor", 5),
    Target("304", "floor", 2),
    Target("own detail", "floor", 6),
    Target("own list", "floor", 8),
    Target("detail", "v3 detail", 1 / 10),
    Target("list", "v3 list", 1 / 10),
    Target("own detail", "v3 detail", 1 / 6),
    Target("own list", "v3 list", 1 / 6),
)
MOST_QUERIES = {"detail": 2, "list": 3, "own detail": 5, "own list": 6, "attempt": 14}


def report(cases: Mapping[str, Case], options: Namespace) -> None:
    """Print what each case costs, and each target with whether it is reached."""
    floor = cases["floor"]
    print(
        f"{options.lessons:,} lessons, {options.rounds} rounds in turn, {options.connections} "
        "requests under way; medians of the rounds"
    )
    heads = (
        f"{'CPU ms':>7} {'× floor':>7} {'req/s':>6} {'SQL':>4} {'+tx':>4} {'after':>5} {'bytes':>6}"
    )
    print(f"{'':38} {heads}")
    for case in cases.values():
        print(
            f"{case.name:38} {case.typical_cpu:7.2f} {case.ratio_to(floor):7.2f} "
            f"{case.typical_rate:6.0f} {case.queries:4} {case.framing:4} {case.afterwards:5} "
            f"{case.size:6}"
        )
    print()
    for target in TARGETS:
        case, other = cases[target.case], cases[target.other]
        ratio = case.ratio_to(other)
        shown = f"{ratio:.2f} ×" if target.most >= 1 else f"1/{1 / ratio:.1f} of"
        wanted = f"{target.most:.0f} ×" if target.most >= 1 else f"1/{1 / target.most:.0f}"
        verdict(ratio <= target.most, f"{case.name}: {shown} {other.name}", f"at most {wanted}")
    for key, most in MOST_QUERIES.items():
        case = cases[key]
        verdict(case.queries <= most, f"{case.name}: {case.queries} queries", f"at most {most}")
    attempt = cases["attempt"]
    verdict(
        attempt.typical_cpu <= MOST_FOR_AN_ATTEMPT,
        f"{attempt.name}: {attempt.typical_cpu:.2f} ms",
        f"at most {MOST_FOR_AN_ATTEMPT:.0f} ms",
    )
    if options.large:
        report_growth(cases, options)


def report_growth(cases: Mapping[str, Case], options: Namespace) -> None:
    small, large = f" {options.lessons}", f" {options.large}"
    for key, case in cases.items():
        if key.endswith(large):
            ratio = case.ratio_to(cases[key.removesuffix(large) + small])
            verdict(
                ratio <= MOST_GROWTH, f"{case.name}: {ratio:.2f} × of {options.lessons:,}", "1.2 ×"
            )


def verdict(is_reached: bool, found: str, wanted: str) -> None:
    print(f"{'reached' if is_reached else 'NOT REACHED':11}  {found} ({wanted})")
