"""The acta says who, what and until when; a secret is never in it and hostile words stay words."""

from dataclasses import replace
from datetime import date

import pypdfium2

from sisfoh_desktop.modules.handover.rules.facts import Credential, Section
from sisfoh_desktop.modules.handover.service import drafts, issuing

HOSTILE = "<b>&amp; =1+1 «Ñ»"


def printed(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = " ".join(page.get_textpage().get_text_range() for page in document)
        return " ".join(text.split()).replace("\u00a0", " ")
    finally:
        document.close()


def test_the_acta_tells_the_cargo_part_by_part(cargo, now, archive):
    who = {"actor": cargo.admin, "now": now}
    handover_id = drafts.add_handover(cargo.db, **who, handover=cargo.draft(note="Quedan dos cajas"))
    issuing.issue_acta(cargo.db, archive, **who, handover_id=handover_id, expected_version=1)
    text = printed(issuing.acta_pdf(cargo.db, archive, handover_id, now))
    for words in (
        "ACTA DE ENTREGA Y RECEPCIÓN DE CARGO",
        "N° 001-2024-ULE/MPP",
        "ROSA QUISPE PRUEBA, Encargada del kardex, de ULE, entrega su cargo a LUIS NUEVO PRUEBA, Técnico",
        "Término de contrato",
        "Memorando N° 014-2024-ULE/MPP",
        "Plazos que corren",
        "Formularios en poder",
        "000041-000500",
        "Sobre lacrado N° 3, caja fuerte",
        "Quedan dos cajas",
        "ENTREGA",
        "RECIBE",
        "30/04/2024",
    ):
        assert words in text, words


def test_a_project_says_that_it_is_one_and_words_stay_as_typed(cargo, now):
    draft = cargo.draft(
        reason=HOSTILE,
        note=HOSTILE * 10,
        sections=(Section.POI,),
        credentials=(Credential(HOSTILE, "", HOSTILE, HOSTILE),),
    )
    text = printed(issuing.preview_acta(cargo.db, now=now, handover=draft))
    assert "PROYECTO" in text
    assert "____-2024-ULE/MPP" in text
    assert HOSTILE in text
    assert "No corre ningún plazo." in text
    assert "Nada pendiente." in text
    assert drafts.list_handovers(cargo.db) == []


def test_without_document_unit_or_place_the_words_still_hold(cargo, now):
    draft = cargo.draft(document="", credentials=(), handed_on=date(2024, 3, 11))
    draft = replace(draft, leaver=replace(draft.leaver, unit=""), receiver=replace(draft.receiver, unit=""))
    text = printed(issuing.preview_acta(cargo.db, now=now, handover=draft))
    assert "ROSA QUISPE PRUEBA, Encargada del kardex, entrega su cargo" in text
    assert "con efecto desde el 11/03/2024" in text
    assert "Documento:" not in text
