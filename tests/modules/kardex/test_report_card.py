"""The kardex card by what it says: the opening balance, and on every page sums that follow from the page before."""

import re
from datetime import date, timedelta

import pypdfium2
import pytest

from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.documents.letterhead import Letterhead
from sisfoh_desktop.modules.kardex.report.card import card_pdf
from sisfoh_desktop.modules.kardex.rules import FormType, Holder, HolderKind, MovementKind
from sisfoh_desktop.modules.kardex.rules.reading import Card, CardEntry

HEAD = Letterhead("Municipalidad Provincial de Prueba", "Unidad Local de Empadronamiento")
FSU = FormType(1, "FSU", "Ficha Socioeconómica Única", id=1, minimum_stock=1000)
ANA = Holder(HolderKind.EMPADRONADOR, "EMPADRONADOR UNO PRUEBA", "40000011", id=6)
OPENING = 1200


def made(count, *, holder=None, opening=OPENING):
    balance, entries = opening, []
    for number in range(1, count + 1):
        received, issued = (500, 0) if number % 7 == 0 else (0, 30 + number % 5)
        balance += received - issued
        entries.append(
            CardEntry(
                number,
                number,
                date(2024, 3, 1) + timedelta(number // 4),
                MovementKind.RECEPTION if received else MovementKind.HAND_OUT,
                "Ente rector" if received else ANA.name,
                FormRanges.single(number * 1000, number * 1000 + (received or issued) - 1),
                received,
                issued,
                balance,
                document="Guía de remisión N° 12" if received else "",
            )
        )
    return Card(FSU, holder, date(2024, 3, 1), None, opening, tuple(entries))


def pages(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            " ".join(page.get_textpage().get_text_range().split()).replace("\u00a0", " ") for page in document
        ]
    finally:
        document.close()


def sums(label, *figures):
    return " ".join([label, *(f"{figure:,}".replace(",", " ") for figure in figures)])


@pytest.mark.parametrize("count", [60, 97, 200])
def test_van_and_vienen_on_every_page_that_it_crosses(count):
    card = made(count)
    printed = pages(card_pdf(card, "Campaña 2024", date(2024, 6, 30), HEAD))
    assert len(printed) > 2
    done = 0
    for number, page in enumerate(printed):
        rows = len(re.findall(r"\d\d/\d\d/\d{4} \d{6}", page))
        before = card.entries[done - 1].balance if done else OPENING
        if number:
            received = sum(one.received for one in card.entries[:done])
            issued = sum(one.issued for one in card.entries[:done])
            assert sums("VIENEN", received, issued, before) in page
        else:
            assert "SALDO ANTERIOR 1 200" in page
            assert "VIENEN" not in page
        done += rows
        received = sum(one.received for one in card.entries[:done])
        issued = sum(one.issued for one in card.entries[:done])
        label = "VAN" if number < len(printed) - 1 else "SALDO FINAL"
        assert sums(label, received, issued, card.entries[done - 1].balance) in page
        assert OPENING + received - issued == card.entries[done - 1].balance
    assert done == count
    assert card.closing == card.entries[-1].balance


def test_a_card_of_one_page_has_neither():
    (page,) = pages(card_pdf(made(3), "Campaña 2024", date(2024, 6, 30), HEAD))
    assert "VAN" not in page
    assert "VIENEN" not in page
    assert "Almacenes" in page
    assert "Del 01/03/2024 al 30/06/2024" in page


def test_a_card_without_entries_keeps_its_balance():
    card = Card(FSU, ANA, None, date(2024, 3, 31), 40, ())
    (page,) = pages(card_pdf(card, "Campaña 2024", date(2024, 6, 30), HEAD))
    assert "SALDO ANTERIOR 40" in page
    assert "SALDO FINAL 0 0 40" in page
    assert "Hasta el 31/03/2024" in page


def test_a_card_of_a_person_shows_no_dni_and_the_practice_mark():
    (page,) = pages(
        card_pdf(made(2, holder=ANA), "Campaña", date(2024, 6, 30), HEAD, watermark="PRÁCTICA, SIN VALOR")
    )
    assert ANA.name in page
    assert ANA.dni not in page
    assert "PRÁCTICA, SIN VALOR" in page


def test_the_same_card_gives_the_same_bytes():
    first, second = (card_pdf(made(80), "Campaña", date(2024, 6, 30), HEAD) for _ in range(2))
    assert first == second
