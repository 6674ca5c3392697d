"""Whether the kardex holds together: balances, forms, ledger and numbering say the same. Told, never repaired."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.basics.serials import format_number
from sisfoh_desktop.db.checks import Check
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.rules.facts import Condition
from sisfoh_desktop.modules.kardex.store import checking as store
from sisfoh_desktop.modules.kardex.store.checking import BadMovement, BalanceSums

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_ADVICE = " Restaure el último respaldo o avise a su técnico."


def check_kardex(db: Database) -> list[Check]:
    """`kardex saldos`: balance, ledger and forms agree, and what was received is what there is, type by type.

    `kardex libro`: every form is where its ledger line left it, and every line begins where the one before it ended.
    `kardex numeración`: the movements of each campaign are numbered from 1 without holes.
    """
    jobs: list[tuple[str, str, Callable[[Session], list[str]]]] = [
        ("kardex saldos", "Cada saldo es la suma del libro y de los formularios.", _balances),
        ("kardex libro", "Cada formulario está donde lo dejó el libro.", _ledger),
        ("kardex numeración", "Los movimientos de cada campaña están numerados sin huecos.", _numbering),
    ]
    return [_checked(db, name, sound, job) for name, sound, job in jobs]


def _checked(db: Database, name: str, sound: str, job: "Callable[[Session], list[str]]") -> Check:
    try:
        with db.reading() as session:
            findings = job(session)
    except SisfohError as error:
        return Check(name, False, error.sentence)
    if not findings:
        return Check(name, True, sound)
    return Check(name, False, " ".join(findings) + _ADVICE)


def _balances(session: "Session") -> list[str]:
    differences = store.balances_that_differ(session)
    told = [_balance_sentence(one) for one in differences[: store.MOST_TOLD]]
    if len(differences) > store.MOST_TOLD:
        told.append(f"Hay {len(differences) - store.MOST_TOLD} saldos más que no cuadran.")
    told += [
        f"{one.type_code}: se recibieron {one.received} y los saldos suman {one.there}."
        for one in store.receptions_that_differ(session)[: store.MOST_TOLD]
    ]
    return told


def _balance_sentence(one: BalanceSums) -> str:
    try:
        condition = Condition(one.condition).label.lower()
    except ValueError:
        condition = f"condición desconocida «{one.condition}»"
    sums = f"el saldo dice {one.balance}, el libro suma {one.ledger}"
    forms = "" if one.forms is None else f" y los formularios son {one.forms}"
    return f"{one.type_code}, {one.holder}, {condition}: {sums}{forms}."


def _ledger(session: "Session") -> list[str]:
    told = []
    forms = store.forms_off_their_line(session)
    if forms:
        numbers = ", ".join(
            f"{form.type_code} N° {format_number(form.number, form.number_width, form.prefix)}"
            for form in forms
        )
        told.append(f"No están donde dice el libro: {numbers}{_and_more(forms)}.")
    for movements, what in (
        (
            store.lines_off_their_chain(session),
            "parten de un estado que no es el que dejó el movimiento anterior",
        ),
        (
            store.lines_not_passed_on_once(session),
            "dejaron formularios que hoy faltan o que siguieron dos veces",
        ),
        (store.movements_off_their_lines(session), "no suman lo que dicen sus líneas o lo que revierten"),
    ):
        if movements:
            told.append(f"Estos movimientos {what}: {_names(movements)}{_and_more(movements)}.")
    return told


def _names(movements: Sequence[BadMovement]) -> str:
    return ", ".join(f"N° {one.number:06d} de {one.campaign}" for one in movements)


def _and_more(found: Sequence[object]) -> str:
    return " (puede haber más)" if len(found) == store.MOST_TOLD else ""


def _numbering(session: "Session") -> list[str]:
    told = []
    for one in store.list_numbering(session):
        if one.first_missing is not None:
            told.append(f"Falta el movimiento N° {one.first_missing:06d} de {one.campaign}.")
        if one.highest != one.last_given:
            told.append(
                f"El contador de {one.campaign} está en {one.last_given} y su último movimiento es el {one.highest}."
            )
    return told
