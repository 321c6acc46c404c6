"""Pictures are drawn anew: small, plain, and square where somebody's face is meant."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw

from lyceum.kernel.pictures import redrawn

ORIENTATION = 0x0112
Colour = tuple[int, int, int]
RED, GREEN, BLUE = (200, 0, 0), (0, 160, 0), (0, 0, 200)


def a_flag(width: int, height: int, *colours: Colour) -> Image.Image:
    """Draw stripes beside each other, of equal breadth."""
    flag, each = Image.new("RGB", (width, height)), width // len(colours)
    for number, colour in enumerate(colours):
        corners = (number * each, 0, (number + 1) * each, height)
        ImageDraw.Draw(flag).rectangle(corners, fill=colour)
    return flag


def sent(picture: Image.Image, kind: str = "PNG", **options: object) -> io.BytesIO:
    content = io.BytesIO()
    picture.save(content, kind, **options)
    content.seek(0)
    return content


def seen(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def is_near(picture: Image.Image, at: tuple[float, float], colour: Colour) -> bool:
    """Return whether a picture has a colour at a place; from 0 to 1, from the left and the top."""
    pixel = picture.getpixel((int(at[0] * picture.width), int(at[1] * picture.height)))
    assert isinstance(pixel, tuple)
    return all(abs(mine - wanted) < 40 for mine, wanted in zip(pixel, colour, strict=True))


@pytest.mark.parametrize(
    ("size", "edge"), [((1500, 500), 500), ((3000, 1000), 512), ((40, 7), 7), ((9000, 2), 2)]
)
def test_of_a_wide_and_of_a_tall_picture_the_middle_is_kept(
    size: tuple[int, int], edge: int
) -> None:
    wide = a_flag(*size, RED, GREEN, BLUE)
    tall = wide.transpose(Image.Transpose.ROTATE_90)

    for picture in (wide, tall):
        kept = seen(redrawn(sent(picture), side=512, square=True))

        assert kept.size == (edge, edge)
        assert all(is_near(kept, at, GREEN) for at in ((0.1, 0.1), (0.5, 0.5), (0.9, 0.9)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_taken_on_its_side_is_upright_and_then_cut(kind: str) -> None:
    # A quarter turn to the right makes it upright: what is on the left is above then.
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    lying = a_flag(1200, 600, RED, GREEN, GREEN, BLUE)
    ImageDraw.Draw(lying).rectangle((300, 300, 900, 600), fill=BLUE)

    kept = seen(redrawn(sent(lying, kind, exif=exif), side=512, square=True))

    assert kept.size == (512, 512)
    # What lay below is on the left.
    assert is_near(kept, (0.1, 0.5), BLUE)
    assert is_near(kept, (0.9, 0.1), GREEN)
    assert is_near(kept, (0.9, 0.9), GREEN)
    assert dict(seen(redrawn(sent(lying, kind, exif=exif), side=512)).getexif()) == {}


def test_of_an_animation_the_first_picture_is_kept() -> None:
    first, others = a_flag(600, 200, RED, GREEN, BLUE), [Image.new("RGB", (600, 200), RED)]
    content = redrawn(
        sent(first, "GIF", save_all=True, append_images=others), side=512, square=True
    )

    with Image.open(io.BytesIO(content)) as kept:
        assert (kept.size, getattr(kept, "n_frames", 1)) == ((200, 200), 1)
        assert is_near(kept.convert("RGB"), (0.5, 0.5), GREEN)


def test_what_can_be_seen_through_still_can() -> None:
    glass = Image.new("RGBA", (300, 100), (0, 0, 0, 0))

    kept = Image.open(io.BytesIO(redrawn(sent(glass), side=512, square=True)))

    assert kept.mode == "RGBA"
    assert kept.getpixel((50, 50))[3] == 0  # type: ignore[index]


def test_a_logo_keeps_its_shape() -> None:
    assert seen(redrawn(sent(a_flag(1500, 500, RED)), side=512)).size == (512, 171)
