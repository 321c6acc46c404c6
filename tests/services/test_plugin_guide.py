"""The guide for authors, `platform/docs/plugins.md`, followed to the letter."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.processes import python_path
from tests.architecture.sources import ROOT
from tests.services.servers import environment_of

pytestmark = pytest.mark.long

GUIDE = ROOT / "platform" / "docs" / "plugins.md"
STEP = re.compile(
    r"(?:Add to `(?P<file>[\w./]+)`:\n\n)?```(?P<kind>sh|python)\n(?P<text>.*?)```", re.S
)


def steps() -> Iterator[str]:
    """Yield the guide's commands, and for each addition to a file the command that makes it."""
    for step in STEP.finditer(GUIDE.read_text(encoding="utf-8")):
        if step["kind"] == "sh":
            if "pip install" in step["text"]:
                # It must not stay in the environment of the suite.
                yield 'export PIP_TARGET="$HOME/site"'
            yield step["text"]
        else:
            assert step["file"], f"The guide does not say where this goes: {step['text']}"
            target = f'"$HOME/shelf/{step["file"]}"'
            yield f"cat >> {target} <<'END'\n\n\n{step['text']}END\n"


def test_who_follows_the_guide_ends_with_a_wheel_that_an_instance_runs(
    data: Path, tmp_path: Path
) -> None:
    environment = environment_of(
        data,
        HOME=str(tmp_path),
        PATH=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        # All that it takes is in the environment.
        PIP_NO_INDEX="1",
        PYTHONPATH=os.pathsep.join([python_path(), str(tmp_path / "site")]),
    )
    for name in ("DJANGO_SETTINGS_MODULE", "LYCEUM_PLUGIN_SHELVES"):
        environment.pop(name, None)
    script = "\n".join(["set -e", *steps()])

    followed = subprocess.run(
        ["bash", "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True
    )

    told = followed.stdout
    assert followed.returncode == 0, told + followed.stderr
    assert "8 passed" in told
    assert "9 passed" in told
    [row] = [line for line in told.splitlines() if line.startswith("lesson_counter  ")]
    assert row.split()[1:] == ["0.1.0", "loaded", "there", "1", "lyceum-lesson-counter"]
    assert "Version 1.1 of the host breaks no plugin that loads here." in told
