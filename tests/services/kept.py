"""All that a running instance has written down, by where it lies."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import boto3
import redis

from deploy.engines import found
from deploy.topology import Topology
from tests.dumps import words_in
from tests.services.visitors import WORDS

# Of people who handed something in, and of archives.
FOLDERS = ("plugins/", "recordings/", "exports/", "avatars/", "avatar_images/")


def traces(held: Mapping[str, bytes], words: tuple[str, ...] = WORDS) -> dict[str, list[str]]:
    """Return where which of the words are found."""
    told = {
        place: words_in(f"{place} ".encode() + content, words) for place, content in held.items()
    }
    return {place: found for place, found in told.items() if found}


# --- On PostgreSQL, Redis and S3 ----------------------------------------------------------------


def everything(topology: Topology) -> dict[str, bytes]:
    """Return all that an instance keeps, by where it lies; not the mails, which are sent."""
    held = {"the database": dump(topology)}
    held |= {f"the bucket: {name}": content for name, content in bucket(topology).items()}
    held |= {f"Redis: {name}": content for name, content in redis_of(topology).items()}
    for name in ("web.log", "worker.log", "redis.log", "postgresql.log"):
        held[name] = (topology.folder / name).read_bytes()
    return held | files_in(topology.data)


def dump(topology: Topology) -> bytes:
    """Return a plain dump of the database."""
    program = found("pg_dump", package="postgresql-client")
    url = topology.postgres.url()
    return subprocess.run([program, url], check=True, capture_output=True).stdout


def tables_naming(topology: Topology, word: str) -> list[str]:
    """Return the tables of a dump whose rows hold a word, once for each row."""
    naming, table = [], ""
    for line in dump(topology).decode().splitlines():
        if line.startswith("COPY "):
            table = line.split()[1].rpartition(".")[2]
        elif word in line:
            naming.append(table)
    return naming


def bucket(topology: Topology) -> dict[str, bytes]:
    """Return every object of the bucket, and what the archives among them hold."""
    told = topology.s3.environment_of_product()
    client = boto3.client(
        "s3",
        endpoint_url=topology.s3.address,
        region_name=told["LYCEUM_S3_REGION"],
        aws_access_key_id="key",
        aws_secret_access_key="secret",
    )
    name = told["LYCEUM_S3_BUCKET"]
    with closing(client):
        listed = client.list_objects_v2(Bucket=name).get("Contents", [])
        objects = {
            item["Key"]: client.get_object(Bucket=name, Key=item["Key"])["Body"].read()
            for item in listed
        }
    return _with_archives(objects)


def of_people(topology: Topology) -> list[str]:
    """Return what the bucket holds of what people handed in, and of archives."""
    return [name for name in bucket(topology) if name.startswith(FOLDERS)]


def redis_of(topology: Topology) -> dict[str, bytes]:
    """Return every key and value of the cache and the queue, and the files they are written to."""
    held = {}
    for number in (0, 1):
        with redis.Redis.from_url(topology.redis.url(number)) as client:
            for key in client.scan_iter():
                held[f"{number} {key!r}"] = b" ".join([key, *_values(client, key)])
    return held | files_in(topology.redis.folder)


def _values(client: Any, key: bytes) -> Iterator[bytes]:
    # As they were given: a dump of Redis's own is packed in a way of its own.
    kind = client.type(key)
    if kind == b"string":
        yield client.get(key) or b""
    elif kind == b"hash":
        for pair in client.hgetall(key).items():
            yield from pair
    elif kind == b"list":
        yield from client.lrange(key, 0, -1)
    elif kind == b"zset":
        yield from client.zrange(key, 0, -1)
    elif kind == b"set":
        yield from client.smembers(key)


# --- In files -----------------------------------------------------------------------------------


def files_in(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder, raw, and what the archives among them hold."""
    files = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "static" not in path.parts
    }
    return _with_archives(files)


def rows_in(file: Path) -> bytes:
    """Return all rows of a file of SQLite, of whatever tables, those of its search too."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        named = "SELECT name FROM sqlite_master WHERE type = 'table'"
        tables = [name for (name,) in database.execute(named)]
        return b"\n".join(
            b" ".join(value if isinstance(value, bytes) else str(value).encode() for value in row)
            for table in tables
            for row in database.execute(f'SELECT * FROM "{table}"')
        )


def _with_archives(files: dict[str, bytes]) -> dict[str, bytes]:
    unpacked = {}
    for name, content in files.items():
        if name.endswith(".zip"):
            with ZipFile(BytesIO(content)) as archive:
                unpacked |= {f"{name}/{each}": archive.read(each) for each in archive.namelist()}
    return files | unpacked
