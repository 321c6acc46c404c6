"""Plugins from a wheel that pip installed, and from a shelf that the environment names."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from deploy.processes import python_path
from tests.services.servers import Server, environment_of, product_server, run_in

pytestmark = pytest.mark.long

PROJECT = """
    [build-system]
    requires = []
    build-backend = "builder"
    backend-path = ["."]

    [project]
    name = "lyceum-greeter"
    version = "1.2.0"
"""
# What every build tool does, as far as one package needs it: nothing is fetched for the test.
BUILDER = '''
    import zipfile
    from pathlib import Path

    POINTS = """[lyceum.plugins]
    greeter = lyceum_greeter
    companion = lyceum_greeter.companion
    another = lyceum_greeter
    empty_one = lyceum_greeter.nothing
    lost_one = of_nobody
    """
    INFO = "lyceum_greeter-1.2.0.dist-info"

    def build_wheel(folder, config_settings=None, metadata_directory=None):
        name = "lyceum_greeter-1.2.0-py3-none-any.whl"
        told = {
            f"{INFO}/METADATA": "Metadata-Version: 2.1\\nName: lyceum-greeter\\nVersion: 1.2.0\\n",
            f"{INFO}/WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
            f"{INFO}/entry_points.txt": POINTS.replace("    ", ""),
        }
        told |= {str(file): file.read_text() for file in Path("lyceum_greeter").rglob("*.*")}
        told[f"{INFO}/RECORD"] = "".join(f"{each},,\\n" for each in [*told, f"{INFO}/RECORD"])
        with zipfile.ZipFile(Path(folder, name), "w") as wheel:
            for path, text in told.items():
                wheel.writestr(path, text)
        return name
'''
API = """
    from django.http import HttpRequest

    from lyceum.plugin.http import SCHOOL, Answer, Router

    router = Router(tags=["greeter"])


    class GreetingOut(Answer):
        \"\"\"A greeting.\"\"\"

        said: str


    @router.get("/hello", access=SCHOOL, response=GreetingOut, summary="Greet")
    def hello(request: HttpRequest) -> dict[str, str]:
        return {"said": "Hello from __name__"}
"""


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip())


def plugin_files(slug: str, package: str, version: str) -> dict[str, str]:
    """Return the files of a plugin with one endpoint."""
    return {
        "__init__.py": "",
        "plugin.toml": f"""
            slug = "{slug}"
            name = "{slug.title()}"
            summary = "Greets."
            version = "{version}"
            requires_lyceum = ">=1.0,<2"

            [privacy]
            none = "It keeps nothing about anybody."
        """,
        "apps.py": f"""
            from lyceum.plugin.apps import PluginConfig


            class Config(PluginConfig):
                name = "{package}"
        """,
        "api.py": API.replace("__name__", slug),
    }


def pip(*arguments: str | Path) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run([*command, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


@dataclass(frozen=True)
class Instance:
    """A folder of data, and what its processes are told."""

    data: Path
    environment: dict[str, str]

    def manage(self, *commands: tuple[str, ...]) -> str:
        """Run `manage.py plugins` once for each, in one process; return what they print."""
        script = "from django.core.management import call_command\n"
        script += "".join(f"call_command('plugins', *{each!r})\n" for each in commands)
        return run_in(environment_of(self.data, **self.environment), script)


@pytest.fixture(scope="module")
def instance(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """An instance with a plugin from a wheel, and another on a shelf of the operator's."""
    source, wheels, site, shelf = (
        tmp_path_factory.mktemp(name) for name in ("source", "wheels", "site", "shelf")
    )
    write(source, {"pyproject.toml": PROJECT, "builder.py": BUILDER})
    write(source / "lyceum_greeter", plugin_files("greeter", "lyceum_greeter", "1.2.0"))
    inner = plugin_files("companion", "lyceum_greeter.companion", "1.2.0")
    write(source / "lyceum_greeter" / "companion", inner)
    pip("wheel", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", wheels, source)
    [wheel] = wheels.glob("*.whl")
    pip("install", "--no-deps", "--no-index", "--target", site, wheel)
    write(shelf / "shelved", plugin_files("shelved", "plugins.shelved", "0.3.0"))
    environment = {
        "PYTHONPATH": os.pathsep.join([python_path(), str(site)]),
        "LYCEUM_PLUGIN_SHELVES": str(shelf),
    }
    return Instance(data, environment)


@pytest.fixture(scope="module")
def entries(instance: Instance) -> dict[str, dict[str, Any]]:
    told = json.loads(instance.manage(("list", "--json")))
    return {entry["slug"]: entry for entry in told}


@pytest.fixture(scope="module")
def server(instance: Instance) -> Iterator[Server]:
    told = instance.manage(
        ("install", "greeter", "companion", "shelved"),
        ("enable", "companion", "--school", "toto"),
        ("enable", "greeter", "--school", "toto"),
        ("enable", "shelved", "--school", "toto"),
    )
    assert "greeter 1.2.0 installed: it needs no tables." in told
    assert "shelved is on at toto." in told
    with product_server(instance.data, workers=1, **instance.environment) as running:
        yield running


def test_a_plugin_of_an_installed_distribution_is_found_and_says_where_from(
    entries: dict[str, dict[str, Any]],
) -> None:
    greeter = entries["greeter"]

    assert (greeter["state"], greeter["version"]) == ("loaded", "1.2.0")
    assert greeter["origin"] == "lyceum-greeter"


def test_a_wheel_may_bring_two_plugins_each_its_own(
    entries: dict[str, dict[str, Any]], server: Server
) -> None:
    companion = entries["companion"]
    paths = server.call("GET", "/api/v1/openapi.json").body["paths"]
    named = {
        slug: paths[f"/api/v1/{slug}/hello"]["get"]["operationId"]
        for slug in ("greeter", "companion")
    }

    assert (companion["state"], companion["origin"]) == ("loaded", "lyceum-greeter")
    assert named == {"greeter": "greeter_hello", "companion": "companion_hello"}


def test_a_plugin_of_an_extra_shelf_is_found(
    entries: dict[str, dict[str, Any]], instance: Instance
) -> None:
    shelved = entries["shelved"]

    assert (shelved["state"], shelved["version"]) == ("loaded", "0.3.0")
    assert shelved["origin"] == instance.environment["LYCEUM_PLUGIN_SHELVES"]


def test_what_else_a_wheel_claims_to_be_is_named_and_harms_nobody(
    entries: dict[str, dict[str, Any]],
) -> None:
    claims = [entries[slug] for slug in ("another", "empty_one", "lost_one")]

    assert [entry["state"] for entry in claims] == ["broken"] * 3
    assert "slug: write 'another', the name it is found by" in claims[0]["reasons"][0]
    assert all("plugin.toml" in entry["reasons"][0] for entry in claims[1:])


def test_both_answer_where_they_are_on(server: Server) -> None:
    for slug in ("greeter", "companion", "shelved"):
        reply = server.call("GET", f"/api/v1/{slug}/hello")
        assert (reply.status, reply.body) == (200, {"said": f"Hello from {slug}"})
    assert server.call("GET", "/api/v1/another/hello").status == 404


def test_a_switch_by_command_is_seen_by_the_running_server(
    server: Server, instance: Instance
) -> None:
    instance.manage(("disable", "greeter", "--school", "toto"))

    assert server.call("GET", "/api/v1/greeter/hello").status == 404
    assert server.call("GET", "/api/v1/shelved/hello").status == 200
