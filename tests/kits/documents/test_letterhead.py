"""The coat of arms: printed when it is a whole picture, refused with a sentence when it is not, never left out."""

import io

import pypdfium2
import pytest
from PIL import Image

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.documents.letterhead import Letterhead, check_logo
from sisfoh_desktop.documents.text import paragraph


def _picture(kind: str = "PNG", mode: str = "RGBA", size: tuple[int, int] = (300, 360)) -> bytes:
    picture = Image.new("RGB", size, (200, 0, 0)).convert(mode)
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def _red_in(pdf: bytes) -> bool:
    document = pypdfium2.PdfDocument(pdf)
    picture = document[0].render(scale=0.5).to_pil().convert("RGB")
    document.close()
    return any(red > 150 and green < 60 for _, (red, green, _) in picture.getcolors(100_000))


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "RGB"), ("JPEG", "RGB"), ("JPEG", "CMYK")]
)
def test_the_coat_of_arms_is_printed(build, kind: str, mode: str) -> None:
    built = build([paragraph("x")], letterhead=Letterhead("ENTIDAD", logo=_picture(kind, mode)))
    assert _red_in(built.pdf)


@pytest.mark.parametrize("size", [(1, 1), (3000, 20), (20, 3000), (4000, 4000)])
def test_any_shape_fits_in_the_head(build, words, size: tuple[int, int]) -> None:
    built = build([paragraph("cuerpo")], letterhead=Letterhead("ENTIDAD", logo=_picture(size=size)))
    assert built.pages == 1
    assert "ENTIDAD" in words(built.pdf)[0]
    assert len(built.pdf) < 400_000


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no es imagen",
        _picture()[:200],
        _picture("JPEG", "RGB")[:-600],
        b"%PDF-1.4",
        _picture("GIF", "P"),
    ],
)
def test_a_damaged_coat_of_arms_is_refused_with_a_sentence(build, data: bytes) -> None:
    with pytest.raises(FileFailed, match="escudo"):
        build([paragraph("x")], letterhead=Letterhead("ENTIDAD", logo=data))
    with pytest.raises(FileFailed, match="escudo"):
        check_logo(data)


def test_a_picture_too_large_to_open_is_refused(build) -> None:
    huge = Image.new("1", (20_000, 20_000))
    out = io.BytesIO()
    huge.save(out, "PNG")
    with pytest.raises(FileFailed, match="demasiado grande"):
        check_logo(out.getvalue())


def test_no_coat_of_arms_is_fine_when_none_is_set(build, words) -> None:
    built = build([paragraph("cuerpo")], letterhead=Letterhead("ENTIDAD <&>", "Oficina & Cía."))
    assert "ENTIDAD <&> Oficina & Cía. cuerpo" in words(built.pdf)[0]


def test_check_logo_accepts_a_whole_picture() -> None:
    check_logo(_picture())
