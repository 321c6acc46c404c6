"""The services that an instance may rest on, started here as processes on loopback."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from deploy.processes import Child, DidNotStart, free_port

DEBIAN = Path("/usr/lib/postgresql")  # where Debian keeps the programs that are not for the path
POSTGRES_USER = "postgres"
STAND_IN = "deploy.s3_stand_in"


class MissingProgram(Exception):
    """A program that an engine needs is not installed."""


class Postgres(Child):
    """A PostgreSQL cluster in a folder, made at the first start."""

    def __init__(
        self, folder: Path, *, port: int | None = None, settings: Mapping[str, str] | None = None
    ) -> None:
        """
        Prepare a cluster in `folder`.

        :param settings: of the server, beside those of every topology
        :raises MissingProgram: if PostgreSQL is not installed
        """
        self.folder = folder / "postgresql"
        self.programs = postgres_programs()
        port = port or free_port()
        chosen = {
            "port": str(port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "max_connections": "60",
            "shared_buffers": "64MB",
            **(settings or {}),
        }
        options = [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
        super().__init__(
            name="PostgreSQL",
            command=[str(self.programs / "postgres"), "-D", str(self.folder), *options],
            port=port,
            log=folder / "postgresql.log",
            user=unprivileged_user(),
            stop_signal=signal.SIGINT,  # fast: ends sessions, keeps what was committed
        )
        self.secret = folder / "postgresql.secret"

    def start(self) -> None:
        if not (self.folder / "PG_VERSION").exists():
            self._make_cluster()
        super().start()

    def url(self, database: str = "lyceum") -> str:
        """Return the address of a database of this cluster, its password included."""
        password = kept_word(self.secret)
        return f"postgresql://lyceum:{password}@127.0.0.1:{self.port}/{database}"

    def make_database(self, name: str = "lyceum") -> None:
        """Make a database, if it is not there."""
        import psycopg

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if there.fetchone() is None:
                connection.execute(f'CREATE DATABASE "{name}"')

    def _make_cluster(self) -> None:
        kept_word(self.secret)
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.user is not None:
            shutil.chown(self.folder, self.user, self.user)
            shutil.chown(self.secret, self.user, self.user)
        # UTF-8 and plain byte order, whatever the machine's language is: the same everywhere.
        command = [
            *(str(self.programs / "initdb"), "-D", str(self.folder), "--username", "lyceum"),
            *("--encoding", "UTF8", "--locale", "C.UTF-8", "--auth", "scram-sha-256"),
            *("--pwfile", str(self.secret), "--no-sync"),
        ]
        made = subprocess.run(
            command,
            capture_output=True,
            text=True,
            cwd="/",
            user=self.user,
            group=self.user,
            extra_groups=[] if self.user else None,
        )
        if made.returncode:
            shutil.rmtree(self.folder)
            raise DidNotStart(
                f"PostgreSQL could not make its files in {self.folder}. Run by root, it works as "
                f"{POSTGRES_USER}, who must be let into that folder.\n{made.stderr}"
            )


class RedisServer(Child):
    """A Redis that writes down what it holds, in a folder."""

    def __init__(self, folder: Path, *, port: int | None = None) -> None:
        """
        Prepare a Redis in `folder`.

        :raises MissingProgram: if Redis is not installed
        """
        self.folder = folder / "redis"
        self.secret = folder / "redis.secret"
        port = port or free_port()
        program = found("redis-server", package="redis-server")
        super().__init__(
            name="Redis",
            command=[program, str(self.folder / "redis.conf"), "--port", str(port)],
            port=port,
            log=folder / "redis.log",
        )

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        lines = (
            "bind 127.0.0.1",
            f"dir {self.folder}",
            "appendonly yes",
            "maxmemory-policy noeviction",
            f"requirepass {kept_word(self.secret)}",
        )
        # In a file, where `ps` shows nobody the password.
        write_private(self.folder / "redis.conf", "\n".join(lines) + "\n")
        super().start()

    def url(self, database: int = 0) -> str:
        """Return the address of one of its databases, its password included."""
        return f"redis://:{kept_word(self.secret)}@127.0.0.1:{self.port}/{database}"


class S3Server(Child):
    """A stand-in for a service that speaks S3, started anew with what it held."""

    BUCKET = "lyceum"

    def __init__(self, folder: Path, *, port: int | None = None) -> None:
        port = port or free_port()
        super().__init__(
            name="S3 server",
            command=[sys.executable, "-m", STAND_IN, str(port), str(folder / "s3.jsonl")],
            port=port,
            log=folder / "s3.log",
        )

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment_of_product(self) -> dict[str, str]:
        """Return what the product must be told to keep its files here."""
        return {
            "LYCEUM_S3_BUCKET": self.BUCKET,
            "LYCEUM_S3_ENDPOINT": self.address,
            "LYCEUM_S3_REGION": "us-east-1",
            "LYCEUM_S3_ACCESS_KEY": "key",
            "LYCEUM_S3_SECRET_KEY": "secret",
        }

    def make_bucket(self) -> None:
        """Make the bucket; it does no harm where it is there."""
        import boto3

        told = self.environment_of_product()
        client = boto3.client(
            "s3",
            endpoint_url=self.address,
            region_name=told["LYCEUM_S3_REGION"],
            aws_access_key_id=told["LYCEUM_S3_ACCESS_KEY"],
            aws_secret_access_key=told["LYCEUM_S3_SECRET_KEY"],
        )
        client.create_bucket(Bucket=self.BUCKET)
        client.close()


class MailKeeper(Child):
    """An SMTP server that delivers nothing, and keeps what it takes in a folder (Maildir)."""

    def __init__(self, folder: Path, *, port: int | None = None) -> None:
        port = port or free_port()
        self.folder = folder / "mails"
        listen = f"127.0.0.1:{port}"
        keep = ("-c", "aiosmtpd.handlers.Mailbox", str(self.folder))
        super().__init__(
            name="mail server",
            command=[sys.executable, "-m", "aiosmtpd", "-n", "-l", listen, *keep],
            port=port,
            log=folder / "mails.log",
        )


def postgres_programs() -> Path:
    """
    Return the folder of PostgreSQL's programs, of the newest version that is here.

    :raises MissingProgram: if there is none
    """
    beside = _of_debian("postgres")
    return Path(beside or found("postgres", package="postgresql")).resolve().parent


def found(program: str, *, package: str) -> str:
    """
    Return where a program lies; of those that Debian keeps off the path, the newest.

    :raises MissingProgram: if it is not installed
    """
    path = shutil.which(program) or _of_debian(program)
    if path is None:
        raise MissingProgram(f"{program} is not installed: apt-get install {package}")
    return path


def _of_debian(program: str) -> str | None:
    """Return where Debian keeps a program of PostgreSQL, of the newest version that is here."""
    versions = sorted(DEBIAN.glob(f"*/bin/{program}"), key=lambda path: float(path.parts[-3]))
    return str(versions[-1]) if versions else None


def unprivileged_user() -> str | None:
    """Return whom PostgreSQL runs as, where root starts it: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(POSTGRES_USER).pw_name
    except KeyError:
        return "nobody"


def kept_word(path: Path) -> str:
    """Return the password kept at `path`; make it at the first time, readable by its owner."""
    if not path.exists():
        write_private(path, secrets.token_hex(16))
    return path.read_text()


def write_private(path: Path, text: str) -> None:
    """Write a file that nobody but its owner can read."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)


def run_to_the_end(command: Sequence[str], environment: Mapping[str, str]) -> None:
    """
    Run a command of the product.

    :raises DidNotStart: if it fails; with its words
    """
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise DidNotStart(f"{' '.join(command)} failed.\n{done.stdout}{done.stderr}")
