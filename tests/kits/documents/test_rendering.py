"""Pictures of pages: right size, the very content, signature blocks included."""

import threading

import pytest

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.documents.page import page_break
from sisfoh_desktop.documents.rendering import page_count, render_page
from sisfoh_desktop.documents.text import paragraph


def test_a_page_becomes_rgb_rows(build) -> None:
    pdf = build([paragraph("uno"), page_break(), paragraph("dos")], watermark="").pdf
    assert page_count(pdf) == 2
    for scale in (0.33, 1.0, 1.7):
        width, height, pixels = render_page(pdf, 1, scale)
        assert (width, height) == (pytest.approx(595 * scale, abs=2), pytest.approx(842 * scale, abs=2))
        assert len(pixels) == width * height * 3
        assert pixels[:3] == b"\xff\xff\xff"
        assert min(pixels) < 128


def test_signature_blocks_show(unsigned_paper: bytes, signed_steps: list[bytes]) -> None:
    index = page_count(unsigned_paper) - 1
    before = render_page(unsigned_paper, index, 1.0)[2]
    after = render_page(signed_steps[-1], index, 1.0)[2]
    dark = [sum(1 for value in pixels if value < 100) for pixels in (before, after)]
    assert dark[1] > dark[0] + 500


@pytest.mark.parametrize("index", [-1, 1, 99])
def test_a_page_that_is_not_there_is_told(build, index: int) -> None:
    with pytest.raises(FileFailed, match="no tiene la página"):
        render_page(build([paragraph("x")]).pdf, index, 1.0)


@pytest.mark.parametrize("data", [b"", b"hola", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_told(data: bytes) -> None:
    with pytest.raises(FileFailed, match="no es un PDF"):
        page_count(data)


def test_two_threads_may_ask_at_once(build) -> None:
    pdf = build([paragraph("x")]).pdf
    wanted = render_page(pdf, 0, 1.0)
    results: list[object] = []
    threads = [threading.Thread(target=lambda: results.append(render_page(pdf, 0, 1.0))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [wanted] * 4
