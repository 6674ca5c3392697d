"""Attacks and accidents on a signed paper: each must be told, whatever the bytes.

The verdict is the one the program uses: every signature intact, nothing changed after, the last one reaching the end,
the expected people, no findings.
"""

import io
import re
from collections.abc import Callable

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from synthetic_pki import SyntheticPki

from sisfoh_desktop.basics.errors import SigningFailed
from sisfoh_desktop.documents.verifying import ExpectedSigner, Verification, verify_pdf

EXPECTED = {
    "VB1_OGAJ": ExpectedSigner("HUAMÁN PEÑA MARÍA ROSA", "40000002"),
    "VB2_GDES": ExpectedSigner("CCOPA ZÚÑIGA LUIS ÁNGEL", "40000003"),
    "AUTOR_GM": ExpectedSigner("QUISPE ÑAUPARI JUAN JOSÉ", "40000001"),
}
REVISIONS = [
    "overlay", "replaced_page", "note", "script", "stamp", "title", "field", "type_swapped", "box_moved",
    "pages_turned",
]  # fmt: skip


@pytest.fixture
def judge(pki: SyntheticPki) -> Callable[[bytes], Verification | None]:
    """The verification, or None when the file was refused as no PDF."""

    def run(pdf: bytes) -> Verification | None:
        try:
            return verify_pdf(pdf, roots=[pki.root], expected=EXPECTED)
        except SigningFailed:
            return None

    return run


def _accepted(result: Verification | None) -> bool:
    return result is not None and result.all_intact and result.last_covers_file and not result.findings


def _flipped(pdf: bytes, place: int) -> bytes:
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


def _last_contents(pdf: bytes) -> re.Match[bytes]:
    return list(re.finditer(rb"/Contents <([0-9a-fA-F]+)>", pdf))[-1]


def test_the_untouched_paper_is_accepted(judge, signed_steps: list[bytes]) -> None:
    assert _accepted(judge(signed_steps[-1]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_no_byte_can_be_changed_unnoticed(judge, signed_steps: list[bytes], share: float, bit: int) -> None:
    pdf = bytearray(signed_steps[-1])
    pdf[int(share * len(pdf))] ^= 1 << bit
    assert not _accepted(judge(bytes(pdf)))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_nor_within_the_signature_itself(signed_steps: list[bytes], share: float, bit: int) -> None:
    """Padding, accompanying certificates and labels are covered by no digest; no root and no record help here."""
    start, end = _last_contents(signed_steps[0]).span(1)
    pdf = bytearray(signed_steps[0])
    pdf[start + int(share * (end - start))] ^= 1 << bit
    result = verify_pdf(bytes(pdf))
    assert not result.all_intact
    assert result.findings


@pytest.mark.parametrize("step", [0, 1, 2])
def test_one_bit_in_each_revision(judge, signed_steps: list[bytes], step: int) -> None:
    start = len(signed_steps[step - 1]) if step else 0
    place = signed_steps[-1].index(b"stream", start) + 40
    result = judge(_flipped(signed_steps[-1], place))
    assert result is not None
    assert not result.all_intact
    # What was signed before the changed bytes is still as it was signed; what came after is not.
    assert [each.intact for each in result.signatures] == [number < step for number in range(3)]
    assert "fue alterado" in " ".join(result.findings)


@pytest.mark.parametrize("kind", REVISIONS)
def test_updates_after_the_last_signature(judge, signed_steps: list[bytes], add_revision, kind: str) -> None:
    result = judge(add_revision(signed_steps[-1], kind))
    assert not _accepted(result)
    assert result is not None
    assert not result.last_covers_file
    assert result.findings


@pytest.mark.parametrize("kind", [kind for kind in REVISIONS if kind not in ("title", "field")])
def test_updates_hidden_between_two_signatures(
    judge, signed_steps: list[bytes], add_revision, sign_raw, pki: SyntheticPki, kind: str
) -> None:
    changed = add_revision(signed_steps[1], kind)
    pdf = sign_raw(changed, "AUTOR_GM", pki.person("QUISPE ÑAUPARI JUAN JOSÉ", "40000001"))
    result = judge(pdf)
    assert result is not None
    assert not _accepted(result)
    assert result.signatures[0].modified_after
    assert result.signatures[1].modified_after
    assert not result.signatures[2].modified_after
    assert "fue cambiado después de la firma de HUAMÁN PEÑA MARÍA ROSA" in " ".join(result.findings)


@pytest.mark.parametrize("tail", [b"\n", b"\r\n", b"x", b"<html>error</html>", b"\x00" * 99])
def test_bytes_after_the_end(judge, signed_steps: list[bytes], tail: bytes) -> None:
    result = judge(signed_steps[-1] + tail)
    assert not _accepted(result)
    assert result is None or not result.last_covers_file


@pytest.mark.parametrize("head", [b"\xef\xbb\xbf", b"\n", b"basura\n"])
def test_bytes_before_the_beginning(judge, signed_steps: list[bytes], head: bytes) -> None:
    assert not _accepted(judge(head + signed_steps[-1]))


@pytest.mark.parametrize("cut", [1, 20, 100, 5000])
def test_a_cut_file(judge, signed_steps: list[bytes], cut: int) -> None:
    assert not _accepted(judge(signed_steps[-1][:-cut]))


@pytest.mark.parametrize("step", [0, 1])
def test_rolled_back_to_fewer_signers(judge, signed_steps: list[bytes], step: int) -> None:
    result = judge(signed_steps[step])
    assert not _accepted(result)
    assert result is not None
    assert "Falta la firma de QUISPE ÑAUPARI JUAN JOSÉ" in " ".join(result.findings)


def test_another_person_in_the_field(judge, signed_steps: list[bytes], sign_raw, pki: SyntheticPki) -> None:
    assert not _accepted(
        judge(sign_raw(signed_steps[1], "AUTOR_GM", pki.person("TITO NÚÑEZ ANA", "40000004")))
    )


def test_the_same_name_from_a_false_authority(
    judge, signed_steps: list[bytes], sign_raw, pki: SyntheticPki
) -> None:
    result = judge(sign_raw(signed_steps[1], "AUTOR_GM", pki.from_false_authority()))
    assert not _accepted(result)


def test_a_field_added_and_signed_afterwards(
    judge, signed_steps: list[bytes], add_revision, sign_raw, pki: SyntheticPki
) -> None:
    more = sign_raw(add_revision(signed_steps[2], "field"), "EXTRA", pki.person("TITO NÚÑEZ ANA", "40000004"))
    assert not _accepted(judge(more))


def test_an_empty_field_slipped_in_before_the_last_signature(
    judge, signed_steps: list[bytes], add_revision, sign_raw, pki: SyntheticPki
) -> None:
    pdf = sign_raw(
        add_revision(signed_steps[1], "field"),
        "AUTOR_GM",
        pki.person("QUISPE ÑAUPARI JUAN JOSÉ", "40000001"),
    )
    result = judge(pdf)
    assert result is not None
    assert result.unsigned_fields == ("EXTRA",)  # a place to sign is no content, but it is told


def test_byte_range_shortened(judge, signed_steps: list[bytes]) -> None:
    pdf = signed_steps[-1]
    match = list(re.finditer(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\s*\]", pdf))[-1]
    first, second, third, fourth = (int(each) for each in match.groups())
    shorter = b"/ByteRange [%d %d %d %d" % (first, second, third, fourth - 40)
    shorter = shorter.ljust(match.end() - match.start() - 1) + b"]"
    assert not _accepted(judge(pdf[: match.start()] + shorter + pdf[match.end() :]))


def test_signature_emptied(judge, signed_steps: list[bytes]) -> None:
    pdf, match = signed_steps[-1], _last_contents(signed_steps[-1])
    emptied = pdf[: match.start(1)] + b"0" * len(match[1]) + pdf[match.end(1) :]
    result = judge(emptied)
    assert not _accepted(result)
    assert result is not None


def test_signature_of_another_paper(judge, signed_steps: list[bytes], sign_raw, pki: SyntheticPki) -> None:
    other = sign_raw(
        signed_steps[1], "AUTOR_GM", pki.person("QUISPE ÑAUPARI JUAN JOSÉ", "40000001"), reason="otro"
    )
    mine, theirs = _last_contents(signed_steps[-1]), _last_contents(other)
    moved = mine[1][: len(theirs[1])].ljust(len(theirs[1]), b"0")
    assert not _accepted(judge(other[: theirs.start(1)] + moved + other[theirs.end(1) :]))


def test_rewritten_by_another_program(judge, signed_steps: list[bytes]) -> None:
    document = pypdfium2.PdfDocument(signed_steps[-1])
    out = io.BytesIO()
    document.save(out)
    document.close()
    assert not _accepted(judge(out.getvalue()))


def test_behind_a_password(judge, signed_steps: list[bytes], encrypt) -> None:
    assert not _accepted(judge(encrypt(signed_steps[-1])))


def test_weak_digest(judge, signed_steps: list[bytes], sign_raw, pki: SyntheticPki) -> None:
    weak = sign_raw(
        signed_steps[1], "AUTOR_GM", pki.person("QUISPE ÑAUPARI JUAN JOSÉ", "40000001"), md_algorithm="sha1"
    )
    assert not _accepted(judge(weak))


def test_locked_paper_with_a_later_field(judge, lock_with_first_signature, add_revision) -> None:
    result = judge(add_revision(lock_with_first_signature(), "field"))
    assert result is not None
    assert result.signatures[0].modified_after


def test_the_same_signature_written_in_ber_is_accepted(signed_steps: list[bytes]) -> None:
    """Some Java programs write the outer lengths as indefinite: other bytes, the same signature."""
    from asn1crypto.cms import ContentInfo

    pdf, match = signed_steps[0], _last_contents(signed_steps[0])
    message = ContentInfo.load(bytes.fromhex(match[1].decode()))
    kind, content = message["content_type"].dump(), message["content"].untag().dump()
    ber = b"\x30\x80" + kind + b"\xa0\x80" + content + bytes(4)
    written = ber.hex().encode().ljust(len(match[1]), b"0")
    result = verify_pdf(pdf[: match.start(1)] + written + pdf[match.end(1) :])
    assert result.all_intact
    assert result.findings == ()
