"""The whole of a production instance on one machine, each part a process that can be stopped."""

from __future__ import annotations

import contextlib
import os
import shlex
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deploy.engines import (
    MailKeeper,
    Postgres,
    RedisServer,
    S3Server,
    kept_word,
    run_to_the_end,
    write_private,
)
from deploy.processes import ROOT, Child, free_port, python_path
from deploy.serving import THREADS, web_command, worker_command

PROCESSES = 2


@dataclass
class Ports:
    """Where each part listens on loopback; one that is not named takes what is free."""

    web: int | None = None
    postgres: int | None = None
    redis: int | None = None
    s3: int | None = None
    mail: int | None = None


@dataclass
class Topology:
    """
    PostgreSQL, Redis, an S3 server, a mail server, web processes and a worker, in one folder.

    Each is a `Child`: `topology.redis.stop()`, `.kill()`, `.pause()` and `.start_and_wait()` are
    the outages of an engine and their ends.
    """

    folder: Path
    ports: Ports = field(default_factory=Ports)
    web_processes: int = PROCESSES
    more: Mapping[str, str] = field(default_factory=dict)  # variables of the product's own
    postgres_settings: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # PostgreSQL, whom root starts as somebody else, must get to its own folder in this one.
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder = self.folder.resolve()
        self.data = self.folder / "data"
        self.data.mkdir(exist_ok=True)
        self.postgres = Postgres(
            self.folder, port=self.ports.postgres, settings=self.postgres_settings
        )
        self.redis = RedisServer(self.folder, port=self.ports.redis)
        self.s3 = S3Server(self.folder, port=self.ports.s3)
        self.mail = MailKeeper(self.folder, port=self.ports.mail)
        self.web = self._web(self.ports.web or free_port())
        self.worker = Child(
            name="worker",
            command=worker_command(),
            environment=self.environment(),
            log=self.folder / "worker.log",
        )

    @property
    def engines(self) -> list[Child]:
        return [self.postgres, self.redis, self.s3, self.mail]

    @property
    def product(self) -> list[Child]:
        return [self.web, self.worker]

    @property
    def port(self) -> int:
        """Where the product itself listens."""
        assert self.web.port is not None
        return self.web.port

    def environment(self) -> dict[str, str]:
        """Return the variables that make any command of the product work on this topology."""
        return {
            "DJANGO_SETTINGS_MODULE": "deploy.settings.production",
            "SECRET_KEY": kept_word(self.folder / "product.secret") * 2,
            "ALLOWED_HOSTS": "127.0.0.1,localhost,.localhost,.test",
            "LYCEUM_DATA": str(self.data),
            "DATABASE_URL": self.postgres.url(),
            "LYCEUM_DB_CONNECTIONS": str(2 * THREADS),
            "REDIS_URL": self.redis.url(),
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(self.mail.port),
            "DEFAULT_FROM_EMAIL": "no-reply@lyceum.test",
            # As behind a proxy that ends TLS: a request without X-Forwarded-Proto is sent to it.
            "LYCEUM_PROXIES": "1",
            **self.s3.environment_of_product(),
            **self.more,
        }

    def manage(self, *arguments: str) -> None:
        """
        Run a command of `manage.py` on this topology.

        :raises DidNotStart: if it fails; with its words
        """
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        run_to_the_end(command, self.whole_environment())

    def whole_environment(self) -> dict[str, str]:
        """Return all variables of a process of the product, this process's own included."""
        return {**os.environ, **self.environment(), "PYTHONPATH": python_path()}

    def start_engines(self) -> None:
        """Start the services, and make database and bucket where they are not there."""
        for engine in self.engines:
            engine.start_and_wait()
        self.postgres.make_database()
        self.s3.make_bucket()

    def prepare(self) -> None:
        """Bring the database's tables and the static files up to date."""
        self.manage("migrate", "--verbosity", "0")
        self.manage("collectstatic", "--no-input", "--verbosity", "0")
        lines = (f"{name}={shlex.quote(value)}" for name, value in self.environment().items())
        write_private(self.folder / "environment", "\n".join(lines) + "\n")

    def start_product(self) -> None:
        """Start the worker and the web server, and wait for the latter."""
        self.worker.start()
        self.web.start_and_wait()

    def stop(self) -> None:
        """Stop all: who asks before who is asked."""
        for child in [*self.product, *reversed(self.engines)]:
            child.stop()

    def _web(self, port: int) -> Child:
        static = self.data / "static"
        static.mkdir(exist_ok=True)
        return Child(
            name="web server",
            command=web_command(port, static=static, workers=self.web_processes),
            environment=self.environment(),
            port=port,
            log=self.folder / "web.log",
        )


@contextlib.contextmanager
def running(topology: Topology) -> Iterator[Topology]:
    """Run a whole topology for the length of a block; stop all of it, whatever happens."""
    try:
        topology.start_engines()
        topology.prepare()
        topology.start_product()
        yield topology
    finally:
        topology.stop()
