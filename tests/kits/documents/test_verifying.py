"""What verification says: no more than was checked; missing and wrong signers, trust, revocation."""

import hashlib
import re
from datetime import datetime

import pytest
from synthetic_pki import SyntheticPki

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import SigningFailed
from sisfoh_desktop.documents.signing import open_pkcs12, sign_field
from sisfoh_desktop.documents.verifying import ExpectedSigner, verify_pdf

EXPECTED = {
    "VB1_OGAJ": ExpectedSigner("HUAMÁN PEÑA MARÍA ROSA", "40000002"),
    "VB2_GDES": ExpectedSigner("CCOPA ZÚÑIGA LUIS ÁNGEL", "40000003"),
    "AUTOR_GM": ExpectedSigner("QUISPE ÑAUPARI JUAN JOSÉ", "40000001"),
}


def test_without_roots_and_lists_nothing_is_claimed_of_them(signed_steps: list[bytes]) -> None:
    result = verify_pdf(signed_steps[-1])
    assert {each.trust for each in result.signatures} == {"unknown"}
    assert {each.revocation for each in result.signatures} == {"not_checked"}
    assert result.all_intact
    assert result.findings == ()


def test_with_the_root_the_issuer_is_trusted(signed_steps: list[bytes], pki: SyntheticPki) -> None:
    result = verify_pdf(signed_steps[-1], roots=[pki.root])
    assert {each.trust for each in result.signatures} == {"trusted"}
    assert {each.revocation for each in result.signatures} == {"not_checked"}


def test_a_root_may_be_given_as_der(signed_steps: list[bytes], pki: SyntheticPki) -> None:
    result = verify_pdf(signed_steps[-1], roots=[pki.root_identity.der])
    assert {each.trust for each in result.signatures} == {"trusted"}


def test_another_root_trusts_nobody(signed_steps: list[bytes], pki: SyntheticPki) -> None:
    result = verify_pdf(signed_steps[-1], roots=[pki.false_identity.pem])
    assert {each.trust for each in result.signatures} == {"rejected"}
    assert result.all_intact  # bytes are one thing, the issuer another
    assert "no viene de una autoridad en la que esta oficina confía" in " ".join(result.findings)


def test_expected_signers_who_signed_are_no_finding(signed_steps: list[bytes]) -> None:
    assert verify_pdf(signed_steps[-1], expected=EXPECTED).findings == ()


def test_missing_signers_and_empty_fields_are_reported(signed_steps: list[bytes]) -> None:
    result = verify_pdf(signed_steps[0], expected=EXPECTED)
    assert sorted(result.unsigned_fields) == ["AUTOR_GM", "VB2_GDES"]
    assert "Falta la firma de CCOPA ZÚÑIGA LUIS ÁNGEL (campo «VB2_GDES»)." in result.findings
    assert "Falta la firma de QUISPE ÑAUPARI JUAN JOSÉ (campo «AUTOR_GM»)." in result.findings
    assert result.all_intact


def test_another_person_than_expected_is_reported(signed_steps: list[bytes]) -> None:
    wrong = EXPECTED | {"AUTOR_GM": ExpectedSigner("QUISPE ÑAUPARI JUAN JOSÉ", "40000099")}
    findings = verify_pdf(signed_steps[-1], expected=wrong).findings
    assert len(findings) == 1
    assert (
        "debía firmar QUISPE ÑAUPARI JUAN JOSÉ, pero firmó QUISPE ÑAUPARI JUAN JOSÉ, con otro DNI"
        in findings[0]
    )
    assert "40000001" not in findings[0]


def test_an_unexpected_signer_is_reported(signed_steps: list[bytes]) -> None:
    fewer = {field: person for field, person in EXPECTED.items() if field != "VB2_GDES"}
    findings = verify_pdf(signed_steps[-1], expected=fewer).findings
    assert findings == (
        "El campo «VB2_GDES» lo firmó CCOPA ZÚÑIGA LUIS ÁNGEL, a quien nadie esperaba en este documento.",
    )


def test_a_certificate_without_dni_is_not_taken_for_anyone(
    unsigned_paper: bytes, pki: SyntheticPki, when
) -> None:
    signer = open_pkcs12(pki.person("TITO NÚÑEZ ANA", "40000004", bare_names=True), pki.password)
    pdf = sign_field(unsigned_paper, field="AUTOR_GM", signer=signer, reason="x", when=when)
    with_dni = verify_pdf(pdf, expected={"AUTOR_GM": ExpectedSigner("TITO NÚÑEZ ANA", "40000004")})
    assert "no dice el DNI" in with_dni.findings[0]
    without = verify_pdf(pdf, expected={"AUTOR_GM": ExpectedSigner("TITO NÚÑEZ ANA")})
    assert "no dice el DNI" not in " ".join(without.findings)


def test_an_unsigned_paper_has_no_signature_to_praise(unsigned_paper: bytes) -> None:
    result = verify_pdf(unsigned_paper)
    assert result.signatures == ()
    assert not result.all_intact
    assert not result.last_covers_file
    assert len(result.unsigned_fields) == 3
    assert "no tiene ninguna firma digital" in result.findings[0]


def test_the_hash_on_record_is_compared(signed_steps: list[bytes]) -> None:
    true = hashlib.sha256(signed_steps[-1]).hexdigest()
    assert verify_pdf(signed_steps[-1], sha256=true).findings == ()
    assert verify_pdf(signed_steps[-1]).sha256 == true
    assert "huella (SHA-256) no coincide" in verify_pdf(signed_steps[-1], sha256="0" * 64).findings[0]


def test_revocation_with_lists(signed_steps: list[bytes], pki: SyntheticPki) -> None:
    good = verify_pdf(signed_steps[-1], roots=[pki.root], crls=[pki.crl(), pki.root_crl()])
    assert {each.revocation for each in good.signatures} == {"good"}
    assert good.findings == ()
    revoked = pki.crl(pki.identity("CCOPA ZÚÑIGA LUIS ÁNGEL", "40000003"))
    result = verify_pdf(signed_steps[-1], roots=[pki.root], crls=[revoked, pki.root_crl()])
    assert [each.revocation for each in result.signatures] == ["good", "revoked", "good"]
    assert [each.trust for each in result.signatures] == ["trusted", "rejected", "trusted"]
    assert "CCOPA ZÚÑIGA LUIS ÁNGEL figura como revocado" in result.findings[0]


def test_lists_that_do_not_reach_check_nothing(signed_steps: list[bytes], pki: SyntheticPki) -> None:
    only_root = verify_pdf(signed_steps[-1], roots=[pki.root], crls=[pki.root_crl()])
    assert {each.revocation for each in only_root.signatures} == {"not_checked"}
    assert {each.trust for each in only_root.signatures} == {"trusted"}
    without_root = verify_pdf(signed_steps[-1], crls=[pki.crl(), pki.root_crl()])
    assert {each.revocation for each in without_root.signatures} == {"not_checked"}


def test_a_certificate_expired_since_is_said_and_not_called_trusted(
    signed_steps: list[bytes], pki: SyntheticPki
) -> None:
    result = verify_pdf(signed_steps[-1], roots=[pki.root], moment=datetime(2050, 1, 1, tzinfo=LIMA))
    assert {each.trust for each in result.signatures} == {"unknown"}
    assert result.all_intact
    assert "venció el 31/12/2044; sin un sello de tiempo no se puede probar" in result.findings[0]


def test_a_moment_before_the_signature_is_odd(signed_steps: list[bytes], pki: SyntheticPki) -> None:
    result = verify_pdf(signed_steps[-1], roots=[pki.root], moment=datetime(2024, 1, 1, tzinfo=LIMA))
    assert "declara una fecha que todavía no llega" in result.findings[0]


@pytest.mark.parametrize("fault", ["expired", "not_yet_valid", "without_non_repudiation"])
def test_signatures_by_unfit_certificates_are_rejected(
    unsigned_paper: bytes, sign_raw, pki: SyntheticPki, fault: str
) -> None:
    pdf = sign_raw(unsigned_paper, "AUTOR_GM", getattr(pki, fault)())
    for roots in ([], [pki.root]):
        result = verify_pdf(pdf, roots=roots)
        assert result.signatures[0].intact
        assert result.signatures[0].trust == "rejected"
        assert "RAMOS LÓPEZ PEDRO PABLO" in result.findings[0]


def test_the_false_authority_with_the_same_name_is_rejected(
    unsigned_paper: bytes, sign_raw, pki: SyntheticPki
) -> None:
    pdf = sign_raw(unsigned_paper, "AUTOR_GM", pki.from_false_authority())
    assert verify_pdf(pdf, roots=[pki.root]).signatures[0].trust == "rejected"
    assert verify_pdf(pdf).signatures[0].trust == "unknown"


@pytest.mark.parametrize("data", [b"", b"hola", b"%PDF-1.7\n%%EOF\n"])
def test_what_is_no_pdf_is_told(data: bytes) -> None:
    with pytest.raises(SigningFailed, match="no es un PDF que se pueda leer"):
        verify_pdf(data)


def test_a_paper_behind_a_password_is_told(unsigned_paper: bytes, encrypt) -> None:
    with pytest.raises(SigningFailed, match="protegido con contraseña"):
        verify_pdf(encrypt(unsigned_paper))


@pytest.mark.parametrize(
    "root", [b"no es un certificado", b"-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n"]
)
def test_an_unreadable_root_is_told(signed_steps: list[bytes], root: bytes) -> None:
    with pytest.raises(SigningFailed, match="No se verificó ninguna firma"):
        verify_pdf(signed_steps[-1], roots=[root])


def test_an_unreadable_list_is_told(signed_steps: list[bytes], pki: SyntheticPki) -> None:
    with pytest.raises(SigningFailed, match="listas de certificados revocados no se puede leer"):
        verify_pdf(signed_steps[-1], roots=[pki.root], crls=[b"no es una lista"])


def test_verification_keeps_names_out_of_the_log(
    signed_steps: list[bytes], pki: SyntheticPki, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    verify_pdf(signed_steps[-1])
    verify_pdf(signed_steps[-1], roots=[pki.false_identity.pem])
    assert "QUISPE" not in caplog.text
    assert "40000001" not in caplog.text


def test_no_dni_in_what_a_log_or_a_crash_would_print(signed_steps: list[bytes], pki: SyntheticPki) -> None:
    signer = open_pkcs12(pki.person("SOTO VARGAS ANA", "40000007", kind="FIR"), pki.password)
    told = [*verify_pdf(signed_steps[-1]).signatures, *EXPECTED.values(), signer]
    assert all(not re.search(r"\b\d{8}\b", repr(each)) for each in told), told
    assert verify_pdf(signed_steps[-1]).signatures[0].dni == "40000002"
