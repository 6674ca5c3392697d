"""The papers that follow a signature, by what they say: cargos two to a page, their codes, nothing promised."""

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
import segno

from sisfoh_desktop.documents.letterhead import Letterhead
from sisfoh_desktop.modules.expedientes.rules import Attachment
from sisfoh_desktop.modules.resoluciones.report.cargos import cargos_pdf
from sisfoh_desktop.modules.resoluciones.report.letter import letter_pdf
from sisfoh_desktop.modules.resoluciones.report.publication import publication_pdf
from sisfoh_desktop.modules.resoluciones.rules import Headings, Resolucion, Signer, SignerRole, State
from sisfoh_desktop.modules.resoluciones.rules.delivery import (
    Cargo,
    PrintedLetter,
    Publication,
    PublicationEntry,
    cargo_code,
)

HEAD = Letterhead("Municipalidad Provincial de Prueba", "Gerencia Municipal")
SIGNER = Signer(
    "AUTOR_GM", SignerRole.AUTHOR, 1, "Gerencia Municipal", "GM", "QUISPE JUAN", "Gerente Municipal"
)
CARGO = Cargo(
    code="SISFOH-CARGO:12:7QK2ZD",
    act="Resolución de Gerencia Municipal N° 091-2024-GM/MPP",
    dated=date(2024, 3, 8),
    subject="Aprobación del plan",
    recipient="Oficina de Abastecimiento",
    person="Ing. ROSA PRUEBA, Jefa",
    address="Calle de Prueba 123",
    channel="Personal, en su domicilio u oficina",
    channel_rule="El plazo se cuenta desde el día hábil siguiente.",
    attempt=1,
    folios=8,
    origin="C.c.",
)


def pages(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def sizes(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return {round(one.get_font_size(), 1) for one in document[0].get_objects() if one.type == 1}
    finally:
        document.close()


@pytest.fixture
def payloads(monkeypatch):
    """What was given to the maker of QR codes."""
    given = []
    make = segno.make
    monkeypatch.setattr(segno, "make", lambda content, **more: given.append(content) or make(content, **more))
    return given


@pytest.mark.parametrize("count", [1, 2, 3, 10, 11])
def test_two_to_a_page_each_with_its_own_code(count, payloads):
    cargos = [replace(CARGO, code=cargo_code(n, "091-2024", "k", 1)) for n in range(1, count + 1)]
    found = pages(cargos_pdf(cargos, HEAD))
    assert len(found) == (count + 1) // 2
    assert payloads == [cargo.code for cargo in cargos]
    for number, cargo in enumerate(cargos):
        assert cargo.code in found[number // 2]
    assert not any("http" in payload or "/" in payload for payload in payloads)


def test_a_cargo_says_all_that_is_delivered_and_asks_all_that_is_filled_in(payloads):
    (page,) = pages(cargos_pdf([CARGO], HEAD))
    for words in (
        "CARGO DE NOTIFICACIÓN",
        "Municipalidad Provincial de Prueba",
        "Resolución de Gerencia Municipal N° 091-2024-GM/MPP",
        "08 de marzo de 2024",
        "Aprobación del plan",
        "Oficina de Abastecimiento",
        "ROSA PRUEBA",
        "Calle de Prueba 123",
        "Recibí copia íntegra del documento, en 8 folios:",
        "Nombres y apellidos",
        "DNI",
        "Fecha",
        "Hora",
        "Firma o sello",
        "Vínculo o cargo",
        "Entregado",
        "Rehusado",
        "Devuelto",
        "día hábil siguiente",
        "Quien notifica",
        "testigo (con DNI) o características del domicilio",
    ):
        assert words in page
    assert min(sizes(cargos_pdf([CARGO], HEAD))) >= 7
    assert "Intento" not in page


def test_the_cargo_of_an_email_asks_for_its_receipt_and_for_no_hand(payloads):
    cargo = replace(CARGO, by_mail=True, address="ana@prueba.gob.pe", channel="Correo electrónico")
    (page,) = pages(cargos_pdf([cargo], HEAD))
    for words in (
        "Correo ana@prueba.gob.pe",
        "Respuesta de recepción",
        "Fecha del envío",
        "Responda a ese mensaje",
    ):
        assert words in page
    for words in ("Rehusado", "Firma o sello", "Recibí copia"):
        assert words not in page


def test_the_number_sign_is_never_left_alone_at_the_end_of_a_line():
    for extra in range(60):
        cargo = replace(CARGO, act=f"{'a' * extra} Resolución N° 091-2024-GM/MPP")
        document = pypdfium2.PdfDocument(cargos_pdf([cargo], HEAD))
        lines = document[0].get_textpage().get_text_range().splitlines()
        document.close()
        assert not any(line.rstrip().endswith("N°") for line in lines)


def test_a_second_try_and_a_practice_office_say_so():
    pdf = cargos_pdf([replace(CARGO, attempt=2, folios=1)], HEAD, watermark="PRÁCTICA, SIN VALOR")
    (page,) = pages(pdf)
    assert "Intento N° 2" in page
    assert "en 1 folio:" in page
    assert "PRÁCTICA, SIN VALOR" in page


def test_hostile_texts_stay_in_their_place():
    wild = "<b>&</b>\u202e\x00 " + "PALABRA " * 400
    cargo = replace(CARGO, recipient=wild, subject=wild, person=wild, address=wild, act=wild, channel=wild)
    found = pages(cargos_pdf([cargo, cargo], HEAD))
    assert len(found) == 1
    assert "<b>&</b>" in found[0]
    assert found[0].count("Firma o sello") == 2
    same = cargos_pdf([CARGO], HEAD)
    assert same == cargos_pdf([CARGO], HEAD), "the same cargo gives the same bytes"


def test_the_oficio_says_its_parts_and_holds_its_authors_box():
    letter = PrintedLetter(
        number="001-2024-GM/MPP",
        place="Prueba",
        dated=date(2024, 3, 11),
        addressee=("ROSA <PRUEBA>", "Directora", "Dirección General (DGFIS)"),
        subject="Remite copia",
        references=("Directiva", "Resolución"),
        paragraphs=("Uno & dos.", "Tres."),
        copies=("Archivo",),
    )
    built = letter_pdf(letter, HEAD, SIGNER, watermark="PROYECTO")
    (page,) = pages(built.pdf)
    for words in (
        "OFICIO N° 001-2024-GM/MPP",
        "Prueba, 11 de marzo de 2024",
        "ROSA <PRUEBA>",
        "Presente.-",
        "ASUNTO",
        "a) Directiva",
        "b) Resolución",
        "Uno & dos.",
        "Atentamente,",
        "Gerente Municipal",
    ):
        assert words in page
    assert list(built.boxes) == ["AUTOR_GM"]
    alone = letter_pdf(replace(letter, references=("Directiva",), copies=()), HEAD, SIGNER)
    assert "a) Directiva" not in pages(alone.pdf)[0]


def test_the_constancia_tells_hashes_and_makes_no_promise():
    act = Resolucion(
        1, 1, None, 1, "m", Headings(), date(2024, 3, 8), False, State.SIGNED, 1, "091-2024-GM/MPP", 1, 1
    )
    publication = Publication(
        1,
        1,
        PublicationEntry("https://www.prueba.gob.pe/091.pdf", date(2024, 3, 11), "EVA PRUEBA", 1, "Nota."),
        "Oficina de Prueba",
        Attachment("a" * 64, "091.pdf", 85_371, 7),
        Attachment("b" * 64, "captura.png", 1_000, 1),
        same=False,
        archived_sha256="c" * 64,
    )
    built = publication_pdf(act, publication, HEAD, SIGNER, place="Prueba", dated=date(2024, 3, 12))
    (page,) = pages(built.pdf)
    for words in (
        "CONSTANCIA DE PUBLICACIÓN",
        "no es idéntico",
        "aaaaaaaa",
        "bbbbbbbb",
        "cccccccc",
        "85 371 bytes",
        "Nota.",
        "La Oficina de Prueba deja constancia de que la Resolución",
        "Publicación de la Resolución N° 091-2024-GM/MPP",
        "Huella del archivo firmado",
    ):
        assert words in page.replace("\u00a0", " ")
    for promise in ("verificar", "contrastada", "código de verificación", "auténtica"):
        assert promise not in page
    assert list(built.boxes) == ["AUTOR_GM"]
    other = publication_pdf(
        replace(act, headings=Headings(act_name="ACUERDO DE CONCEJO")),
        replace(publication, unit="Órgano de Prueba"),
        HEAD,
        SIGNER,
        place="Prueba",
        dated=date(2024, 3, 12),
    )
    told = pages(other.pdf)[0]
    assert "El Órgano de Prueba deja constancia de que el Acuerdo de Concejo N° 091-2024-GM/MPP" in told
    assert "fue publicado el" in told
    assert "Publicación del Acuerdo N° 091-2024-GM/MPP" in told
