"""Each fault of a signature has its own sentence, and nothing changes."""

import hashlib
from collections.abc import Callable
from datetime import datetime

import pypdfium2
import pytest
from synthetic_pki import SyntheticPki

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import SigningFailed
from sisfoh_desktop.documents.signature_zone import FieldBox
from sisfoh_desktop.documents.signing import fields_of, open_pkcs12, prepare_fields, sign_field


@pytest.fixture
def sign(unsigned_paper: bytes, pki: SyntheticPki, when: datetime) -> Callable[..., bytes]:
    """Sign with everything right, but for what a test changes."""

    def run(**changes) -> bytes:
        p12 = changes.pop("p12", None) or pki.person("QUISPE ÑAUPARI JUAN JOSÉ", "40000001")
        asked = {
            "field": "AUTOR_GM",
            "signer": open_pkcs12(p12, changes.pop("password", pki.password)),
            "reason": "Doy fe",
            "when": when,
        }
        return sign_field(changes.pop("pdf", unsigned_paper), **(asked | changes))

    return run


def _refused(run: Callable[[], object]) -> str:
    with pytest.raises(SigningFailed) as refusal:
        run()
    sentence = refusal.value.sentence
    assert "Traceback" not in sentence
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    return sentence


@pytest.mark.parametrize("password", ["", "otra", "clave-de-prueba ", "ñ" * 40, "\udc80"])
def test_wrong_password(sign, password: str) -> None:
    assert "contraseña del certificado no es correcta" in _refused(lambda: sign(password=password))


def test_damaged_certificate_files(sign, pki: SyntheticPki) -> None:
    whole = pki.person("QUISPE ÑAUPARI JUAN JOSÉ", "40000001")
    for data in (b"x", whole[:900], whole[:-1], b"%PDF-1.7", pki.root, whole + b"x", bytes(3000)):
        assert "no es un certificado .p12" in _refused(lambda data=data: sign(p12=data)), data[:20]


def test_an_empty_certificate_file(pki: SyntheticPki) -> None:
    assert "no es un certificado .p12" in _refused(lambda: open_pkcs12(b"", pki.password))


def test_key_of_another_certificate(pki: SyntheticPki) -> None:
    sentence = _refused(lambda: open_pkcs12(pki.p12_with_foreign_key(), pki.password))
    assert "clave privada del archivo no corresponde" in sentence


def test_certificate_file_without_its_key(pki: SyntheticPki) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.serialization import pkcs12

    identity = pki.identity("QUISPE ÑAUPARI JUAN JOSÉ", "40000001")
    encryption = serialization.BestAvailableEncryption(pki.password.encode())
    alone = pkcs12.serialize_key_and_certificates(b"x", None, identity.certificate, None, encryption)
    assert "no trae la clave privada" in _refused(lambda: open_pkcs12(alone, pki.password))
    no_certificate = pkcs12.serialize_key_and_certificates(b"x", identity.key, None, None, encryption)
    assert "ningún certificado" in _refused(lambda: open_pkcs12(no_certificate, pki.password))


def test_expired_certificate(sign, pki: SyntheticPki) -> None:
    sentence = _refused(lambda: sign(p12=pki.expired()))
    assert "RAMOS LÓPEZ PEDRO PABLO venció el 31/12/2019" in sentence  # 1 January 2020 in UTC


def test_certificate_not_yet_valid(sign, pki: SyntheticPki) -> None:
    assert "recién vale desde el 31/12/2043" in _refused(lambda: sign(p12=pki.not_yet_valid()))


def test_certificate_that_is_not_for_documents(sign, pki: SyntheticPki) -> None:
    assert "no es para firmar documentos" in _refused(lambda: sign(p12=pki.without_non_repudiation()))


def test_authorities_do_not_sign(sign, pki: SyntheticPki) -> None:
    assert "no es para firmar documentos" in _refused(lambda: sign(p12=pki.p12(pki.ca_identity)))


def test_unknown_field_tells_the_available_ones(sign, signed_steps: list[bytes]) -> None:
    sentence = _refused(lambda: sign(field="VB9_NADIE"))
    for name in ("«VB9_NADIE»", "«VB1_OGAJ»", "«VB2_GDES»", "«AUTOR_GM»"):
        assert name in sentence
    later = _refused(lambda: sign(field="VB9_NADIE", pdf=signed_steps[1]))
    assert "«AUTOR_GM»" in later
    assert "«VB1_OGAJ»" not in later
    assert "ni otro que espere firma" in _refused(lambda: sign(field="VB9_NADIE", pdf=signed_steps[2]))


def test_field_already_signed(sign, signed_steps: list[bytes]) -> None:
    sentence = _refused(lambda: sign(field="VB1_OGAJ", pdf=signed_steps[0]))
    assert "«VB1_OGAJ» ya está firmado" in sentence


@pytest.mark.parametrize(
    "data", [b"", b"hola", b"PK\x03\x04", b"%PDF-1.7\n%%EOF\n", b"\xef\xbb\xbf%PDF-1.4\n%%EOF"]
)
def test_what_is_no_pdf(sign, data: bytes) -> None:
    assert "no es un PDF que se pueda firmar" in _refused(lambda: sign(pdf=data))
    assert "no es un PDF que se pueda firmar" in _refused(lambda: fields_of(data))
    assert "no es un PDF que se pueda firmar" in _refused(
        lambda: prepare_fields(data, {"A": FieldBox(0, 0, 0, 9, 9)})
    )


def test_paper_changed_since_the_freeze(sign, unsigned_paper: bytes) -> None:
    frozen = hashlib.sha256(unsigned_paper).hexdigest()
    middle = len(unsigned_paper) // 2
    changed = unsigned_paper[:middle] + bytes([unsigned_paper[middle] ^ 1]) + unsigned_paper[middle + 1 :]
    for pdf in (changed, unsigned_paper + b"\n", unsigned_paper[:-1]):
        assert "cambiado después de congelarse" in _refused(lambda pdf=pdf: sign(pdf=pdf, sha256=frozen))


@pytest.mark.parametrize("tail", [b"x", b"\n<html>error</html>\n", b"\x00" * 20, b"%%EOF junto"])
def test_bytes_after_the_last_revision(sign, unsigned_paper: bytes, tail: bytes) -> None:
    assert "cambiado después de congelarse" in _refused(lambda: sign(pdf=unsigned_paper + tail))


def test_signed_paper_changed_afterwards(sign, signed_steps: list[bytes]) -> None:
    pdf = signed_steps[0]
    place = pdf.index(b"stream") + 40
    flipped = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
    for changed in (pdf + b"\n", flipped):
        sentence = _refused(lambda changed=changed: sign(field="VB2_GDES", pdf=changed))
        assert "cambiado después de las firmas" in sentence


def test_page_laid_over_between_two_signatures(sign, signed_steps: list[bytes], add_revision) -> None:
    overlaid = add_revision(signed_steps[0], "overlay")
    assert "cambiado después de las firmas" in _refused(lambda: sign(field="VB2_GDES", pdf=overlaid))


def test_paper_locked_by_its_first_signature(sign, lock_with_first_signature) -> None:
    locked = lock_with_first_signature()
    assert "no admite esta firma" in _refused(lambda: sign(field="VB2_GDES", pdf=locked))


def test_paper_with_a_password(sign, unsigned_paper: bytes, encrypt) -> None:
    assert "protegido con contraseña" in _refused(lambda: sign(pdf=encrypt(unsigned_paper)))


def test_fields_after_a_signature_and_twice(signed_steps: list[bytes], unsigned_paper: bytes) -> None:
    box = {"OTRO": FieldBox(0, 10, 10, 90, 40)}
    assert "no admite campos nuevos" in _refused(lambda: prepare_fields(signed_steps[0], box))
    again = {"VB1_OGAJ": FieldBox(0, 10, 10, 90, 40)}
    assert "ya tiene el campo de firma «VB1_OGAJ»" in _refused(lambda: prepare_fields(unsigned_paper, again))


def test_a_field_on_a_page_that_is_not_there(unsigned_paper: bytes) -> None:
    pages = len(pypdfium2.PdfDocument(unsigned_paper))
    _refused(lambda: prepare_fields(unsigned_paper, {"OTRO": FieldBox(pages + 3, 10, 10, 90, 40)}))


def test_the_moment_must_be_within_the_certificate(sign) -> None:
    assert "venció" in _refused(lambda: sign(when=datetime(2050, 1, 1, tzinfo=LIMA)))
    assert "recién vale" in _refused(lambda: sign(when=datetime(2020, 1, 1, tzinfo=LIMA)))
