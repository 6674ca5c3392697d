"""Signing with a card or token (PKCS#11; SoftHSM stands for it) and the faults that a clerk meets."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from soft_hsm import PIN, SoftHsm
from synthetic_pki import SyntheticPki

from sisfoh_desktop.basics.errors import SigningFailed
from sisfoh_desktop.documents.signing import open_pkcs11, open_pkcs12, sign_field
from sisfoh_desktop.documents.verifying import verify_pdf


@pytest.fixture
def card(softhsm: SoftHsm, pki: SyntheticPki, request: pytest.FixtureRequest) -> Callable[..., str]:
    """Make a card of this test's own; gives its label."""

    def make(*identities, **options) -> str:
        label = f"DNIe-{abs(hash(request.node.nodeid)) % 10**9}"
        return softhsm.token(label, *identities, **options)

    return make


def _juan(pki: SyntheticPki, **changes):
    return pki.identity("QUISPE ÑAUPARI JUAN JOSÉ", "40000001", kind="FIR", holder="hard", **changes)


def test_a_card_signs_and_a_file_signs_after_it(
    softhsm: SoftHsm, card, pki: SyntheticPki, unsigned_paper: bytes, when: datetime, words
) -> None:
    label = card(_juan(pki, non_repudiation=False), _juan(pki))
    with open_pkcs11(softhsm.library, label, PIN) as signer:
        assert signer.hard
        assert (signer.subject_name, signer.dni, signer.ruc) == (
            "QUISPE ÑAUPARI JUAN JOSÉ",
            "40000001",
            pki.ruc,
        )
        pdf = sign_field(unsigned_paper, field="VB1_OGAJ", signer=signer, reason="Doy V° B°", when=when)
        pdf = sign_field(pdf, field="VB2_GDES", signer=signer, reason="Doy V° B°", when=when)
    last = open_pkcs12(pki.person("TITO NÚÑEZ ANA SOFÍA", "40000004"), pki.password)
    pdf = sign_field(pdf, field="AUTOR_GM", signer=last, reason="Soy el autor del documento", when=when)
    result = verify_pdf(pdf)
    assert result.all_intact
    assert [each.dni for each in result.signatures] == ["40000001", "40000001", "40000004"]
    assert "QUISPE ÑAUPARI Juan José FIR 40000001 hard" in words(pdf, stamps=True)[-1]


def test_the_card_may_be_used_again_afterwards(softhsm: SoftHsm, card, pki: SyntheticPki) -> None:
    label = card(_juan(pki))
    for _ in range(3):
        with open_pkcs11(softhsm.library, label, PIN) as signer:
            assert signer.dni == "40000001"
    with pytest.raises(ZeroDivisionError), open_pkcs11(softhsm.library, label, PIN):
        1 / 0  # noqa: B018 - a fault inside must close the session as well
    with open_pkcs11(softhsm.library, label, PIN) as signer:
        assert signer.hard


def _refused(library: str, label: str, pin: str) -> str:
    with pytest.raises(SigningFailed) as refusal, open_pkcs11(library, label, pin):
        pass
    assert "No se firmó nada" in refusal.value.sentence
    return refusal.value.sentence


@pytest.mark.parametrize("pin", ["000000", "1", "", "x" * 300])
def test_a_wrong_pin_is_told_and_tried_once(softhsm: SoftHsm, card, pki: SyntheticPki, pin: str) -> None:
    label = card(_juan(pki))
    sentence = _refused(softhsm.library, label, pin)
    assert "PIN de la tarjeta" in sentence
    assert "No se intentó otra vez" in sentence
    with open_pkcs11(softhsm.library, label, PIN) as signer:
        assert signer.hard


def test_a_card_that_is_not_there(softhsm: SoftHsm) -> None:
    assert "No se encontró la tarjeta «OTRA»" in _refused(softhsm.library, "OTRA", PIN)


def test_a_program_of_the_card_that_is_not_there(tmp_path: Path) -> None:
    assert "No se encontró el programa de la tarjeta" in _refused(str(tmp_path / "nada.so"), "X", PIN)


def test_a_file_that_is_no_program_of_cards(tmp_path: Path) -> None:
    pytest.importorskip("pkcs11")
    file = tmp_path / "hola.so"
    file.write_bytes(b"no soy una biblioteca")
    assert "no es un programa de tarjetas" in _refused(str(file), "X", PIN)


def test_a_card_without_a_certificate_for_documents(softhsm: SoftHsm, card, pki: SyntheticPki) -> None:
    label = card(_juan(pki, non_repudiation=False))
    assert "no tiene un certificado para firmar documentos" in _refused(softhsm.library, label, PIN)


def test_an_empty_card(softhsm: SoftHsm, card) -> None:
    assert "no tiene un certificado" in _refused(softhsm.library, card(), PIN)


def test_an_expired_card(softhsm: SoftHsm, card, pki: SyntheticPki, unsigned_paper: bytes, when) -> None:
    label = card(_juan(pki, valid_from=2015, valid_until=2019))
    with (
        open_pkcs11(softhsm.library, label, PIN) as signer,
        pytest.raises(SigningFailed, match="venció el 31/12/2018"),
    ):
        sign_field(unsigned_paper, field="VB1_OGAJ", signer=signer, reason="x", when=when)


def test_a_renewed_card_signs_with_its_new_certificate(softhsm: SoftHsm, card, pki: SyntheticPki) -> None:
    label = card(_juan(pki, valid_from=2015, valid_until=2019), _juan(pki))
    with open_pkcs11(softhsm.library, label, PIN) as signer:
        assert signer.not_after.year == 2045


def test_a_certificate_with_another_key_is_noticed(
    softhsm: SoftHsm, card, pki: SyntheticPki, unsigned_paper: bytes, when
) -> None:
    other = pki.identity("TITO NÚÑEZ ANA SOFÍA", "40000004", valid_until=2044)
    label = card(_juan(pki), other, swapped_keys=True)
    with (
        open_pkcs11(softhsm.library, label, PIN) as signer,
        pytest.raises(SigningFailed, match="la clave no corresponde al certificado"),
    ):
        sign_field(unsigned_paper, field="VB1_OGAJ", signer=signer, reason="x", when=when)


def test_a_card_pulled_out_before_signing(
    softhsm: SoftHsm, card, pki: SyntheticPki, unsigned_paper: bytes, when
) -> None:
    with open_pkcs11(softhsm.library, card(_juan(pki)), PIN) as signer:
        pass
    with pytest.raises(SigningFailed, match="dejó de responder"):
        sign_field(unsigned_paper, field="VB1_OGAJ", signer=signer, reason="x", when=when)


def test_a_card_already_in_use(softhsm: SoftHsm, card, pki: SyntheticPki) -> None:
    label = card(_juan(pki))
    with open_pkcs11(softhsm.library, label, PIN):
        assert "en uso" in _refused(softhsm.library, label, PIN)
