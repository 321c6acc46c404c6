"""The house stands as it was drawn: its rooms, its names, its documentation."""

from __future__ import annotations

import ast
import platform
import subprocess
import sys

from tests.architecture.sources import ROOT, modules

TOP_LEVEL = {
    "platform",
    "content_types",
    "plugins",
    "themes",
    "api",
    "deploy",
    "tests",
    "manage.py",
    "pyproject.toml",
    "README.md",
}


def test_the_folder_platform_does_not_shadow_the_standard_library() -> None:
    assert not (ROOT / "platform" / "__init__.py").exists()
    assert platform.python_implementation() == "CPython"


def test_the_standard_platform_is_found_from_the_root_too() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import platform; print(platform.machine())"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.strip() == platform.machine()


def test_the_top_level_holds_nothing_but_the_named_rooms() -> None:
    tracked = subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True).splitlines()
    seen = {path.split("/")[0] for path in tracked}

    assert {name for name in seen if not name.startswith(".")} <= TOP_LEVEL


def test_every_module_of_the_platform_says_what_it_is_for() -> None:
    silent = [
        module.name
        for module in modules()
        if module.tree.body
        and not module.name.endswith("/apps.py")
        and not is_sentence(ast.get_docstring(module.tree))
    ]

    assert not silent, "\n".join(silent)


def test_every_public_function_of_the_platform_says_what_it_does() -> None:
    silent = [
        f"{module.name}:{function.lineno} {name}"
        for module in modules()
        if module.name.startswith("platform/lyceum/")
        for name, function in module.functions()
        if "." not in name and not name.startswith("_")
        # A hook is told by what it is registered for.
        if not module.name.endswith("/wagtail_hooks.py")
        if not is_sentence(ast.get_docstring(function))
    ]

    assert not silent, "\n".join(silent)


def is_sentence(text: str | None) -> bool:
    """Whether a docstring begins with a sentence of its own."""
    first = (text or "").strip().split("\n\n")[0].rstrip()
    return (first[:1].isalnum() or first[:1] in '`“"') and first.rstrip('`”"')[-1:] in ".:?"
