"""The shipped typeface: all letters of Spanish papers, and a sentence when a file is missing or damaged."""

import shutil
from pathlib import Path

import pytest

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.paths import resource
from sisfoh_desktop.documents import fonts


@pytest.fixture
def other_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A copy of the typefaces to damage; the true ones come back afterwards."""
    folder = tmp_path / "fonts"
    shutil.copytree(resource("fonts"), folder)
    monkeypatch.setattr(fonts, "resource", lambda *parts: tmp_path.joinpath(*parts))
    fonts.register_fonts.cache_clear()
    yield folder
    monkeypatch.undo()
    fonts.register_fonts.cache_clear()
    fonts.register_fonts()


def test_all_letters_of_spanish_papers_are_there() -> None:
    printable = fonts.register_fonts()
    wanted = "áéíóúüñÁÉÍÓÚÜÑ¿¡ºª°№–—“”«»…€$%&@#/\\<>[]{}|~^´`¨'\"+*=±×÷½¼•□\u00a0"
    assert [sign for sign in wanted if ord(sign) not in printable] == []


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "noise", "one byte"])
def test_a_missing_or_damaged_face_is_told_and_its_repair_noticed(other_fonts: Path, damage: str) -> None:
    face = other_fonts / "LiberationSans-Bold.ttf"
    whole = face.read_bytes()
    if damage == "missing":
        face.unlink()
    else:
        flipped = whole[:300_000] + bytes([whole[300_000] ^ 1]) + whole[300_001:]
        damaged = {"empty": b"", "cut": whole[:-1000], "noise": b"no es una letra" * 400, "one byte": flipped}
        face.write_bytes(damaged[damage])
    with pytest.raises(FileFailed, match=r"LiberationSans-Bold\.ttf.*Vuelva a instalar"):
        fonts.register_fonts()
    face.write_bytes(whole)
    assert ord("ñ") in fonts.register_fonts()


def test_the_licence_lies_beside_the_typefaces() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in resource("fonts", "OFL.txt").read_text(encoding="utf-8")


def test_lines_shrink_first_and_are_cut_last() -> None:
    assert fonts.fitted_size("corto", fonts.REGULAR, 8, 500, 4) == 8
    size = fonts.fitted_size("una línea bastante larga", fonts.REGULAR, 8, 60, 4)
    assert 4 < size < 8
    assert fonts.text_width("una línea bastante larga", fonts.REGULAR, size) <= 60.01
    cut = fonts.shortened("una línea bastante larga", fonts.REGULAR, 8, 40)
    assert cut.endswith("…")
    assert fonts.text_width(cut, fonts.REGULAR, 8) <= 40
    assert fonts.shortened("corto", fonts.REGULAR, 8, 400) == "corto"
