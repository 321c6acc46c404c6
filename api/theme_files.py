"""The files of themes: styles, scripts and pictures, kept by browsers for as long as they like."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from lyceum.content.files.addresses import where_files_lie
from lyceum.content.preview.words import direction_of
from lyceum.http.problems import MethodNotAllowed, problem_of
from lyceum.kernel.errors import NotFound
from lyceum.theming.logos import logo_address
from lyceum.theming.looks import themes
from lyceum.theming.tokens import colour_of

# Their addresses change with what they hold.
ICONS = (
    ("icon.svg", "any", "any"),
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("icon-maskable-512.png", "512x512", "maskable"),
)
FOR_EVER = "public, max-age=31536000, immutable"


@csrf_exempt  # there is nothing to change, and a refusal must not be a page
def theme_file(request: HttpRequest, theme: str, version: str, file: str) -> HttpResponse:
    """Answer a static file of a theme, packed for those who can unpack it."""
    found = themes.found.get(theme)
    content = found.files.get(file) if found and found.files_version == version else None
    if content is None:
        return problem_of(NotFound())
    return _answer(request, content.content, content.packed, content.type)


@csrf_exempt
def tokens_file(request: HttpRequest, version: str) -> HttpResponse:
    """Answer the design tokens of the host's school as custom properties of CSS."""
    school = getattr(request, "school", None)
    look = themes.look_of(school) if school else None
    if look is None or look.version != version:
        return problem_of(NotFound())
    return _answer(request, look.css.encode(), b"", "text/css; charset=utf-8")


@csrf_exempt
def service_worker(request: HttpRequest) -> HttpResponse:
    """Answer the script that keeps pages for later: at the root, for it sees what lies below it."""
    school = getattr(request, "school", None)
    look = themes.look_of(school) if school else None
    found = look.theme.files.get("service-worker.js") if look else None
    if found is None:
        return problem_of(NotFound())
    response = _answer(request, found.content, found.packed, found.type)
    # A browser must learn of a newer one.
    response["Cache-Control"] = "no-cache"
    # What it may fetch is what its own answer allows, not what a page's does.
    asked = f"'self' {where_files_lie()}".strip()
    response["Content-Security-Policy"] = f"default-src 'none'; connect-src {asked}"
    return response


def manifest(request: HttpRequest) -> HttpResponse:
    """Answer what a phone needs to know to have the school among its apps."""
    school = getattr(request, "school", None)
    if school is None:
        return problem_of(NotFound())
    look = themes.look_of(school)
    logo = logo_address(school)
    own = [{"src": logo, "sizes": "any", "type": "image/webp", "purpose": "any"}] if logo else []
    told = {
        "name": school.name,
        "short_name": school.name,
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "lang": school.language,
        "dir": direction_of(school.language),
        "display": "standalone",
        "background_color": colour_of(look.light, "color.surface"),
        "theme_color": colour_of(look.light, "color.brand"),
        "icons": own
        + [
            {
                "src": look.theme.address(name),
                "sizes": sizes,
                "type": look.theme.files[name].type,
                "purpose": purpose,
            }
            for name, sizes, purpose in ICONS
            if name in look.theme.files
        ],
    }
    response = JsonResponse(told, content_type="application/manifest+json")
    response["Cache-Control"] = "no-cache"
    return response


def _answer(request: HttpRequest, content: bytes, packed: bytes, type_: str) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        refusal = problem_of(MethodNotAllowed())
        refusal["Allow"] = "GET, HEAD"
        return refusal
    takes_packed = bool(packed) and "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(packed if takes_packed else content, content_type=type_)
    if takes_packed:
        response["Content-Encoding"] = "gzip"
    response["Cache-Control"] = FOR_EVER
    response["Vary"] = "Accept-Encoding"
    return response
