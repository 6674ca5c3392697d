"""Files are known by what is in them."""

import pytest

from sisfoh_desktop.basics.file_kinds import FileKind, file_kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", FileKind.PDF),
        (b"\xef\xbb\xbf\r\n%PDF-1.4", FileKind.PDF),  # as some scanners write it
        (b"\x89PNG\r\n\x1a\n....", FileKind.PNG),
        (b"\xff\xd8\xff\xe0....", FileKind.JPEG),
        (b" " * 2_000 + b"%PDF-1.7", None),
        (b"MZ\x90", None),
        (b"", None),
    ],
)
def test_the_kind_is_read_from_the_content(data: bytes, kind: FileKind | None) -> None:
    assert file_kind(data) is kind
