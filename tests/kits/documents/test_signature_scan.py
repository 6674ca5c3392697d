"""The scan of a print that was signed by hand: what is taken, and what is not."""

import io

import pytest
from PIL import Image

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.documents import signature_scan
from sisfoh_desktop.documents.signature_scan import check_scan


def picture(kind, size=(40, 60)):
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def code(data):
    with pytest.raises(RuleError) as caught:
        check_scan(data)
    assert "No se registró nada." in caught.value.sentence
    return caught.value.code


@pytest.mark.parametrize(("kind", "expected"), [("JPEG", "jpg"), ("PNG", "png"), ("PDF", "pdf")])
def test_pictures_and_pdf_are_taken(kind, expected):
    assert (check_scan(picture(kind)).kind, check_scan(picture(kind)).pages) == (expected, 1)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"PK\x03\x04", b"<html>"])
def test_another_kind_of_file(data):
    assert code(data) == "scan_kind"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "PDF"])
def test_a_cut_file(kind):
    data = picture(kind, (400, 600))
    assert code(data[: len(data) // 3]) == "scan_damaged"


def test_too_many_bytes_pixels_or_pages(monkeypatch):
    assert code(b"%PDF-" + bytes(signature_scan.MOST_BYTES)) == "scan_large"
    monkeypatch.setattr(signature_scan, "_MOST_PIXELS", 100)
    assert code(picture("PNG")) == "scan_pixels"
    monkeypatch.setattr(signature_scan, "_MOST_PAGES", 0)
    assert code(picture("PDF")) == "scan_pages"


def test_an_enormous_picture_is_not_unfolded():
    header = picture("PNG")
    width = (60_000).to_bytes(4, "big")
    import zlib

    chunk = b"IHDR" + width + width + header[24:29]
    bomb = header[:8] + header[8:12] + chunk + zlib.crc32(chunk).to_bytes(4, "big") + header[33:]
    assert code(bomb) == "scan_pixels"
