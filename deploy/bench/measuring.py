"""Measuring: the cases in turn, again and again, so that a busy machine hits all of them alike."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median

from deploy.bench.client import Call, Client
from deploy.bench.processes import Server


@dataclass
class Case:
    """One thing measured: its name, its request, how often a round sends it, what was found."""

    name: str
    call: Call
    server: Server
    times: int
    cpu: list[float] = field(default_factory=list)  # milliseconds a request, one for each round
    rate: list[float] = field(default_factory=list)  # requests a second, one for each round
    queries: int = 0
    framing: int = 0
    afterwards: int = 0
    size: int = 0

    @property
    def typical_cpu(self) -> float:
        return median(self.cpu)

    @property
    def typical_rate(self) -> float:
        return median(self.rate)

    def ratio_to(self, other: Case) -> float:
        """Return how many times the other's CPU this takes: the median of the rounds' ratios."""
        return median(own / its for own, its in zip(self.cpu, other.cpu, strict=True))


def measure(cases: Mapping[str, Case], *, rounds: int, connections: int) -> None:
    """Fill in what each case costs."""
    clients = {case.server.port: Client(case.server.port, connections) for case in cases.values()}
    for case in cases.values():
        client = clients[case.server.port]
        client.send(case.call, max(4, case.times // 5))  # warms up
        count(case, client)
    for number in range(rounds):
        # Forwards and backwards, so that none is always measured after the same other.
        for case in list(cases.values())[:: 1 if number % 2 else -1]:
            one_round(case, clients[case.server.port])


def count(case: Case, client: Client) -> None:
    asked = Call(
        case.call.path,
        {**case.call.headers, "X-Bench-Count": "1"},
        case.call.body,
        case.call.expected,
    )
    response, content = client.once(asked)
    case.queries = int(response.headers.get("X-Bench-Queries", 0))
    case.framing = int(response.headers.get("X-Bench-Framing", 0))
    case.afterwards = int(response.headers.get("X-Bench-Afterwards", 0))
    case.size = len(content)


def one_round(case: Case, client: Client) -> None:
    cpu, clock = case.server.cpu(), time.perf_counter()
    client.send(case.call, case.times)
    passed, used = time.perf_counter() - clock, case.server.cpu() - cpu
    case.cpu.append(used * 1000 / case.times)
    case.rate.append(case.times / passed)
