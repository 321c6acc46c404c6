"""Requests that schemathesis makes from the document: the same each time, in this process."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import hypothesis
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.test import TestCase
from hypothesis import HealthCheck, Phase
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.parameters import ParameterLocation

from tests.blocks import a_tests_own_block

SEED = 20261121
# In each of the other phases one case makes the next; here each stands for itself.
NOTHING_BUT_CASES = {
    "phases": [Phase.generate],
    "database": None,
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
}
CONFORMANCE = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
ACCEPTANCE = "negative_data_rejection"


def operations_of(document: dict[str, Any]) -> list[Any]:
    """Return schemathesis's operations of a document, bound to the product in this process."""
    schema = schemathesis.openapi.from_dict(document)
    schema.app = _Server()
    return [found.ok() for found in schema.get_all_operations()]


class _Server:
    """The product as a server calls it: a client has an address."""

    def __init__(self) -> None:
        self.application = get_wsgi_application()

    def __call__(self, environment: dict[str, Any], start: Any) -> Any:
        return self.application({"REMOTE_ADDR": "127.0.0.1", **environment}, start)


def cases_of(operation: Any, number: int) -> Iterator[Any]:
    """Yield about `number` requests to an operation: half in its shape, half out of it."""
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        # Nothing can be out of the shape of an operation that takes nothing.
        with suppress(hypothesis.errors.Unsatisfiable):
            yield from _drawn(operation.as_strategy(generation_mode=mode), (number + 1) // 2)


def _drawn(strategy: Any, number: int) -> list[Any]:
    drawn: list[Any] = []

    @hypothesis.seed(SEED)
    @hypothesis.settings(max_examples=number, **NOTHING_BUT_CASES)
    @hypothesis.given(strategy)
    def draw(case: Any) -> None:
        drawn.append(case)

    draw()
    return drawn


class Callers:
    """
    Who sends the requests, in turn, and what there is for them to ask for.

    `things` are the ids of what is there, by the part of the address before them.
    """

    def __init__(self, *, host: str, tokens: list[str], things: dict[str, list[str]]) -> None:
        self.host = host
        self.tokens = tokens
        self.things = things
        load_all_checks()
        self.sent: dict[int, int] = {}

    def try_all(self, operations: list[Any], number: int) -> list[str]:
        """Send `number` requests to each operation; return what was wrong with the answers."""
        faults: list[str] = []
        for operation in operations:
            chance = random.Random(f"{SEED} {operation.label}")
            for at, case in enumerate(cases_of(operation, number)):
                faults += self._try(case, self.tokens[at % len(self.tokens)], chance)
        return faults

    def _try(self, case: Any, token: str, chance: random.Random) -> list[str]:
        if chance.random() < 0.8:
            # Else nearly all would be about things that there are not.
            for before, name in re.findall(r"/([^/{}]+)/{([^}]+)}", case.path):
                if before in self.things:
                    case.path_parameters[name] = chance.choice(self.things[before])
        # The session of an app is its token's own.
        for name in ("Authorization", "X-School", "X-Session-Token"):
            case.headers.pop(name, None)
        case.cookies.clear()
        with undone():
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            response = case.call(base_url=f"http://{self.host}", headers=headers)
        self.sent[response.status_code] = self.sent.get(response.status_code, 0) + 1
        try:
            case.validate_response(response, checks=_checks_of(case, response))
        except schemathesis.core.failures.FailureGroup as failures:
            sent = f"{case.operation.label} {case!r} got {response.status_code}"
            return [f"{sent}: {_sentence(failure)}" for failure in failures.exceptions]
        return []


@contextmanager
def undone() -> Iterator[None]:
    """Take back what is done within, what follows a commit and the limits used up included."""
    cache.clear()
    # The server's entrance drops connections that are in a transaction, as a test's is.
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    with a_tests_own_block():
        with TestCase.captureOnCommitCallbacks(execute=True):
            yield
        transaction.set_rollback(True)
    for signal in signals:
        signal.connect(close_old_connections)


def _sentence(failure: Any) -> str:
    return " ".join(f"{failure.title}. {failure.message}".split())[:400]


def _checks_of(case: Any, response: Any) -> list[Any]:
    # Addresses and headers are put right above; what is wrong is for the body to be.
    body = case.meta.components.get(ParameterLocation.BODY)
    accepted = response.status_code < 400 and body is not None and body.mode.is_negative
    judged_apart = "sync" in case.path  # a batch: the answer says of each item what was wrong
    names = [*CONFORMANCE, ACCEPTANCE] if accepted and not judged_apart else CONFORMANCE
    return list(CHECKS.get_by_names(list(names)))
