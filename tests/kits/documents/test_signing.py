"""Signing with a certificate file: fields first, several signers, the visible block, nothing harmed."""

import hashlib
import shutil
import subprocess
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pypdfium2
import pytest
from synthetic_pki import SyntheticPki

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.documents.page import build_paper
from sisfoh_desktop.documents.signature_zone import FieldBox, SignatureSlot, signature_zone
from sisfoh_desktop.documents.signing import PdfField, fields_of, open_pkcs12, prepare_fields, sign_field
from sisfoh_desktop.documents.text import paragraph
from sisfoh_desktop.documents.verifying import verify_pdf


def test_fields_are_named_empty_and_in_their_places(build) -> None:
    slots = [SignatureSlot("VB1", "visto_bueno", "A", "B"), SignatureSlot("AUTOR", "author", "C", "D")]
    built = build([paragraph("x"), signature_zone(slots)])
    pdf = prepare_fields(built.pdf, built.boxes)
    assert sorted(field.name for field in fields_of(pdf)) == ["AUTOR", "VB1"]
    assert not any(field.signed for field in fields_of(pdf))
    assert fields_of(built.pdf) == []
    assert pdf.startswith(built.pdf)  # added after, nothing of the paper touched
    assert prepare_fields(built.pdf, built.boxes) == pdf


def test_signing_leaves_the_facts_of_the_document_alone(
    unsigned_paper: bytes, signed_steps: list[bytes]
) -> None:
    facts = []
    for pdf in (unsigned_paper, signed_steps[-1]):
        document = pypdfium2.PdfDocument(pdf)
        facts.append(document.get_metadata_dict())
        document.close()
    assert facts[0] == facts[1]
    assert facts[0]["ModDate"] == facts[0]["CreationDate"]  # no clock of this PC in a paper


def test_several_signers_one_after_the_other_stay_valid(signed_steps: list[bytes], pki: SyntheticPki) -> None:
    for step, pdf in enumerate(signed_steps, 1):
        result = verify_pdf(pdf, roots=[pki.root])
        assert len(result.signatures) == step
        assert result.all_intact
        assert result.last_covers_file
        assert result.findings == ()
        assert {each.trust for each in result.signatures} == {"trusted"}
    assert signed_steps[1].startswith(signed_steps[0])  # the earlier bytes stay where they are
    assert [field.signed for field in fields_of(signed_steps[1])].count(True) == 2


def test_the_first_signature_certifies_that_only_forms_may_be_filled(signed_steps: list[bytes]) -> None:
    for pdf in signed_steps:
        assert pdf.count(b"/DocMDP") == signed_steps[0].count(b"/DocMDP") > 0
        assert pdf.count(b"/TransformMethod /DocMDP") == 1
    assert b"/P 2" in signed_steps[0]


def test_the_report_says_who_why_and_when(signed_steps: list[bytes]) -> None:
    last = verify_pdf(signed_steps[-1]).signatures[-1]
    assert (last.field, last.signer, last.dni) == ("AUTOR_GM", "QUISPE ÑAUPARI JUAN JOSÉ", "40000001")
    assert last.reason == "Soy el autor del documento"
    assert last.signed_at == datetime(2024, 3, 8, 18, 2, 12, tzinfo=LIMA)


def test_the_visible_block_is_the_one_that_users_know(signed_steps: list[bytes], words) -> None:
    page = words(signed_steps[-1], stamps=True)[-1]
    assert (
        "Firmado digitalmente por QUISPE ÑAUPARI Juan José FAU 20123456789 soft "
        "Motivo: Soy el autor del documento Fecha: 08.03.2024 18:02:12 -05:00" in page
    )
    assert (
        "Firmado digitalmente por HUAMÁN PEÑA María Rosa FAU 20123456789 soft "
        "Motivo: Doy V° B° Fecha: 08.03.2024 18:00:12 -05:00" in page
    )


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2024, 3, 9, 1, 2, 3, tzinfo=UTC), "08.03.2024 20:02:03 -05:00"),
        (datetime(2024, 1, 1, 4, 59, 59, tzinfo=UTC), "31.12.2023 23:59:59 -05:00"),
        (datetime(2024, 7, 1, 8, 0, 0, tzinfo=timezone(timedelta(hours=9))), "30.06.2024 18:00:00 -05:00"),
    ],
)
def test_the_block_and_the_signature_are_in_lima_time(
    unsigned_paper: bytes, pki: SyntheticPki, words, moment: datetime, shown: str
) -> None:
    signer = open_pkcs12(pki.person("TITO NÚÑEZ ANA SOFÍA", "40000004"), pki.password)
    pdf = sign_field(unsigned_paper, field="VB1_OGAJ", signer=signer, reason="Doy fe", when=moment)
    assert f"Fecha: {shown}" in words(pdf, stamps=True)[-1]
    assert verify_pdf(pdf).signatures[0].signed_at == moment


def test_the_position_has_a_line_when_given(unsigned_paper: bytes, pki: SyntheticPki, when, words) -> None:
    signer = open_pkcs12(pki.person("TITO NÚÑEZ ANA SOFÍA", "40000004"), pki.password)
    given = sign_field(
        unsigned_paper,
        field="AUTOR_GM",
        signer=signer,
        reason="Doy fe",
        when=when,
        position="Gerente (e) & <b>",
    )
    assert "soft Cargo: Gerente (e) & <b> Motivo: Doy fe" in words(given, stamps=True)[-1]
    without = sign_field(unsigned_paper, field="AUTOR_GM", signer=signer, reason="Doy fe", when=when)
    assert "Cargo" not in words(without, stamps=True)[-1].split("Firmado digitalmente")[1]


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"kind": "FIR", "holder": "hard"}, "VARGAS LLANOS Rosa del Pilar FIR 40000009 hard"),
        ({"bare_names": True}, "VARGAS LLANOS ROSA DEL PILAR FAU 20123456789 soft"),
        ({"surnames": 1}, "VARGAS Llanos Rosa del Pilar FAU 20123456789 soft"),
    ],
)
def test_names_are_shown_as_the_certificate_tells_them(pki: SyntheticPki, changes: dict, shown: str) -> None:
    signer = open_pkcs12(pki.person("VARGAS LLANOS ROSA DEL PILAR", "40000009", **changes), pki.password)
    assert signer.stamp_name == shown
    assert signer.subject_name == "VARGAS LLANOS ROSA DEL PILAR"
    assert signer.ruc == "20123456789"
    assert signer.dni == ("" if "bare_names" in changes else "40000009")
    assert signer.hard is False
    assert signer.not_after.year == 2045


@pytest.mark.parametrize("width", [40, 90, 150, 300])
def test_long_names_shrink_and_never_leave_the_block(
    build, letters, pki: SyntheticPki, when, width: int
) -> None:
    name = "DE LA CRUZ-HUAYHUATAYPICHANA MARÍA ANA"
    signer = open_pkcs12(pki.person(name, "40000008", surnames=3), pki.password)
    box = FieldBox(0, 100, 100, 100 + width, 142)
    pdf = prepare_fields(build([], legend="").pdf, {"X": box})
    reason = "En señal de conformidad " * 5
    signed = sign_field(pdf, field="X", signer=signer, reason=reason, when=when)
    document = pypdfium2.PdfDocument(signed)
    document.init_forms()
    document[0].flatten()
    text = document[0].get_textpage()
    inside = [text.get_charbox(index) for index in range(text.count_chars())]
    inside = [(left, bottom, right, top) for left, bottom, right, top in inside if 90 < bottom < 150]
    document.close()
    assert len(inside) > 30
    for left, bottom, right, top in inside:
        assert left >= box.x1 - 0.5
        assert right <= box.x2 + 0.5
        assert bottom >= box.y1 - 0.5
        assert top <= box.y2 + 0.5


def test_one_signer_object_serves_a_whole_round(unsigned_paper: bytes, pki: SyntheticPki, when) -> None:
    signer = open_pkcs12(pki.person("TITO NÚÑEZ ANA SOFÍA", "40000004"), pki.password)
    pdf = unsigned_paper
    for field in ("VB1_OGAJ", "VB2_GDES", "AUTOR_GM"):
        pdf = sign_field(pdf, field=field, signer=signer, reason="Doy V° B°", when=when)
    result = verify_pdf(pdf, roots=[pki.root])
    assert result.all_intact
    assert result.unsigned_fields == ()


def test_the_input_bytes_are_not_touched_and_the_hash_on_record_is_respected(
    unsigned_paper: bytes, pki: SyntheticPki, when
) -> None:
    before = hashlib.sha256(unsigned_paper).hexdigest()
    signer = open_pkcs12(pki.person("TITO NÚÑEZ ANA SOFÍA", "40000004"), pki.password)
    signed = sign_field(
        unsigned_paper, field="AUTOR_GM", signer=signer, reason="Doy fe", when=when, sha256=before
    )
    assert hashlib.sha256(unsigned_paper).hexdigest() == before
    assert signed.startswith(unsigned_paper)


def test_any_reason_is_kept_whole_in_the_signature(unsigned_paper: bytes, pki: SyntheticPki, when) -> None:
    signer = open_pkcs12(pki.person("TITO NÚÑEZ ANA SOFÍA", "40000004"), pki.password)
    reason = "Doy V° B° & (paréntesis \\) <b> " + "muy largo " * 60
    signed = sign_field(unsigned_paper, field="AUTOR_GM", signer=signer, reason=reason, when=when)
    assert verify_pdf(signed).signatures[0].reason == " ".join(reason.split())


def test_pdfsig_agrees(signed_steps: list[bytes], tmp_path: Path) -> None:
    if shutil.which("pdfsig") is None:
        pytest.skip("pdfsig is not installed (Debian: apt-get install poppler-utils)")
    file = tmp_path / "firmado.pdf"
    file.write_bytes(signed_steps[-1])
    said = subprocess.run(
        ["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False
    ).stdout
    assert said.count("Signature is Valid.") == 3
    assert said.count("Not total document signed") == 2
    assert said.count("Total document signed") == 1
    file.write_bytes(signed_steps[-1].replace(b"/Count 1", b"/Count 2", 1) + b"cambio")
    said = subprocess.run(
        ["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False
    ).stdout
    assert "\n  - Total document signed" not in said


def test_pyhanko_itself_agrees(signed_steps: list[bytes], pki: SyntheticPki) -> None:
    import io

    from asn1crypto import pem, x509
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    root = x509.Certificate.load(pem.unarmor(pki.root)[2])
    for signature in PdfFileReader(io.BytesIO(signed_steps[-1])).embedded_regular_signatures:
        status = validate_pdf_signature(signature, ValidationContext(trust_roots=[root]))
        assert status.bottom_line, signature.field_name


def test_a_paper_without_a_zone_is_left_as_it_is(build, paper_format) -> None:
    built = build_paper([paragraph("x")], paper_format)
    assert fields_of(prepare_fields(built.pdf, built.boxes)) == []


def test_signed_fields_are_told_apart(signed_steps: list[bytes]) -> None:
    assert PdfField("VB1_OGAJ", True) in fields_of(signed_steps[0])
    assert PdfField("AUTOR_GM", False) in fields_of(signed_steps[0])


@pytest.mark.parametrize("chain", ["self-signed", "alone", "plain"])
def test_certificates_made_with_less_care_sign_as_well(unsigned_paper: bytes, when, chain: str) -> None:
    """Without key identifiers, without their issuer, or signed by themselves: odd, but nobody altered them."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import pkcs12
    from cryptography.x509.oid import NameOID

    def name(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    def certificate(subject: str, issuer: str, key, issuer_key) -> x509.Certificate:
        usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
        start = datetime(2024, 1, 1, tzinfo=LIMA)
        builder = x509.CertificateBuilder().subject_name(name(subject)).issuer_name(name(issuer))
        builder = builder.public_key(key.public_key()).serial_number(7).not_valid_before(start)
        builder = builder.not_valid_after(start + timedelta(days=9000)).add_extension(usage, critical=True)
        return builder.sign(issuer_key, hashes.SHA256())

    key, issuer_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer = "SOLO YO" if chain == "self-signed" else "OTRA"
    own = certificate("SOLO YO", issuer, key, key if chain == "self-signed" else issuer_key)
    others = [certificate("OTRA", "OTRA", issuer_key, issuer_key)] if chain == "plain" else None
    p12 = pkcs12.serialize_key_and_certificates(
        b"x", key, own, others, serialization.BestAvailableEncryption(b"clave")
    )
    signer = open_pkcs12(p12, "clave")
    assert signer.stamp_name == "SOLO YO soft"
    signed = sign_field(unsigned_paper, field="AUTOR_GM", signer=signer, reason="x", when=when)
    result = verify_pdf(signed)
    assert result.all_intact
    assert result.signatures[0].signer == "SOLO YO"
