"""The words that a paper of this program printed in its body, read back from its bytes.

Head, foot, legend and watermark are artifacts of the page and left out. Blanks and line ends are those of the layout:
whoever compares words compares them without blanks.
"""

import ctypes
from typing import Any

from sisfoh_desktop.documents.rendering import opened_pdf


def printed_words(pdf: bytes) -> str:
    """The text of the body, page after page, a line end between pages; FileFailed for what is no PDF."""
    with opened_pdf(pdf) as document:
        return "\n".join(_words_of(document[index]) for index in range(len(document)))


def _words_of(page: Any) -> str:
    import pypdfium2.raw as raw

    text_page = page.get_textpage()
    try:
        runs = [
            _text_of(text_page, run.raw)
            for run in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])
            if not _is_artifact(run.raw)
        ]
    finally:
        text_page.close()
        page.close()
    return " ".join(runs)


def _text_of(text_page: Any, run: Any) -> str:
    import pypdfium2.raw as raw

    length = raw.FPDFTextObj_GetText(run, text_page.raw, None, 0)
    buffer = (ctypes.c_ushort * (length // 2))()
    raw.FPDFTextObj_GetText(run, text_page.raw, buffer, length)
    return bytes(buffer).decode("utf-16-le", errors="ignore").rstrip("\0")


def _is_artifact(run: Any) -> bool:
    import pypdfium2.raw as raw

    for index in range(max(0, raw.FPDFPageObj_CountMarks(run))):
        length = ctypes.c_ulong()
        name = (ctypes.c_ushort * 32)()
        mark = raw.FPDFPageObj_GetMark(run, index)
        raw.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), ctypes.byref(length))
        if bytes(name).decode("utf-16-le", errors="ignore").split("\0")[0] == "Artifact":
            return True
    return False
