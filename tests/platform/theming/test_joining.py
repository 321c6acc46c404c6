"""The modules of a front end become one file, or a sentence says why they do not."""

from __future__ import annotations

import pytest

from lyceum.theming.joining import CannotJoin, join

APP = """\
// import { nothing } from "./comment.js" within a comment is none
import { first as begin, second } from "./parts/one.js";
import * as all from "../app/two.js";
import "./three.js";
const late = () => import("./parts/late.js");
begin(second, all, late, import.meta.url);
"""
SOURCES = {
    "app.js": APP,
    "parts/one.js": 'export function first() {}\nexport const second = 2;\nimport "../three.js";',
    "parts/late.js": 'import { second } from "./one.js";\nexport async function wait() {}\n',
    "three.js": "var a=1,b=2;export{a as one,b};",
}


def test_what_is_imported_now_or_later_is_in_one_file_and_no_import_is_left() -> None:
    with pytest.raises(CannotJoin, match=r"\.\./app/two\.js: it is imported, and not there"):
        join("app.js", SOURCES)

    told = join("app.js", {**SOURCES, "../app/two.js": "export class Two {}", "unused.js": ""})

    assert 'const { first: begin, second } = __need("parts/one.js");' in told
    assert 'const all = __need("../app/two.js");' in told
    assert 'const late = () => __later("parts/late.js");' in told
    assert "__tell(__told, { one: () => a, b: () => b });" in told
    assert "__tell(__told, { first: () => first, second: () => second });" in told
    assert "begin(second, all, late, __here);" in told
    assert told.count('"three.js"(__told, __here)') == 1
    assert "unused.js" not in told
    assert "comment" not in told
    assert told.endswith('__need("app.js");\n')


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("export default 5;", "app.js: 'export default 5;' is not a form"),
        ("export const { a, b } = {};", "is not a form that is joined"),
        ('export { a } from "./two.js";\nlet c;', "is not a form that is joined"),
        ("import { a } from 'two.js';", "is not a form that is joined"),
        ('import { a } from "./two.js";', "app.js needs two.js needs app.js: a circle"),
    ],
)
def test_what_cannot_be_joined_is_named(text: str, message: str) -> None:
    with pytest.raises(CannotJoin, match=message):
        join("app.js", {"app.js": text, "two.js": 'import { b } from "./app.js";'})


def test_modules_that_need_each_other_later_are_no_circle() -> None:
    app = 'export const a = 1;\nimport("./two.js");'

    assert "__later" in join("app.js", {"app.js": app, "two.js": 'import { a } from "./app.js";'})
