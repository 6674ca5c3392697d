"""Checks of who can hold forms: people and places, their days in force and their crews."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sisfoh_desktop.basics.dni import check_dni
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import clean_name, clean_text
from sisfoh_desktop.modules.kardex.rules.catalogue import check_days, day_text
from sisfoh_desktop.modules.kardex.rules.facts import Holder, HolderKind

# As wide as their columns; the reason is kept in the trail.
LONGEST_NAME, LONGEST_DOCUMENT, LONGEST_REASON = 160, 200, 500
END_NOTICE_DAYS = 15  # a designation that ends is told from this many days before

# Places that every kardex has from its first day.
FIRST_PLACES: Sequence[Holder] = (
    Holder(HolderKind.WAREHOUSE, "Almacén ULE"),
    Holder(HolderKind.ARCHIVE, "Archivo"),
    Holder(HolderKind.GOVERNING_BODY, "Ente rector"),
    Holder(HolderKind.PRINTER, "Imprenta"),
)


def clean_holder(holder: Holder) -> Holder:
    """The holder with clean texts; a place has no DNI, only an empadronador has a crew chief.

    RuleError for texts, `dni_invalid` or days upside down.
    """
    what = "el nombre de la persona" if holder.kind.is_person else "el nombre del lugar"
    check_days(holder.valid_from, holder.valid_until, "El tiempo en funciones")
    return replace(
        holder,
        name=clean_name(holder.name, what=what, limit=LONGEST_NAME),
        dni=check_dni(holder.dni) if holder.dni.strip() and holder.kind.is_person else "",
        document=clean_text(
            holder.document,
            what="el documento que acredita a la persona"
            if holder.kind.is_person
            else "el documento del lugar",
            limit=LONGEST_DOCUMENT,
            one_line=True,
        ),
        chief_id=holder.chief_id if holder.kind is HolderKind.EMPADRONADOR else None,
    )


def check_new_holder(holder: Holder, others: Iterable[Holder]) -> None:
    """One person, one row at a time; `others` are all holders, itself may be among them.

    RuleError `holder_dni_taken`, `holder_name_taken`, `chief_unknown`.
    """
    known = {other.id: other for other in others}
    for other in known.values():
        if other.id == holder.id or not _overlap(holder, other):
            continue
        if holder.dni and other.dni == holder.dni:
            raise RuleError(
                "holder_dni_taken",
                f"Ese DNI ya es de {other.name}, {other.kind.label.lower()}{_while(other)}; ponga fin a esa función "
                "antes de registrar la nueva. No se cambió nada.",
            )
        same_name = other.kind is holder.kind and other.name.casefold() == holder.name.casefold()
        if same_name and not (holder.dni and other.dni):
            told_apart = "; si es otra persona, escriba el DNI de las dos" if holder.kind.is_person else ""
            raise RuleError(
                "holder_name_taken",
                f"Ya está registrado {other.name}, {other.kind.label.lower()}{_while(other)}{told_apart}. "
                "No se cambió nada.",
            )
    if holder.chief_id is not None:
        chief = known.get(holder.chief_id)
        if chief is None or chief.kind is not HolderKind.CREW_CHIEF:
            raise RuleError(
                "chief_unknown", "El jefe elegido no figura como jefe de brigada; elija otro de la lista."
            )


def check_holder_change(before: Holder, after: Holder, others: Iterable[Holder], *, has_moved: bool) -> None:
    """As `check_new_holder`; who has moved forms or leads a crew stays of its kind.

    RuleError `holder_kind_used`.
    """
    known = list(others)
    check_new_holder(after, known)
    if before.kind is after.kind:
        return
    crew = [other.name for other in known if other.chief_id == before.id]
    if has_moved or crew:
        why = "ya tiene movimientos" if has_moved else f"es jefe de {crew[0]}"
        raise RuleError(
            "holder_kind_used",
            f"{before.name} {why} como {before.kind.label.lower()}: no se cambia su función. Ponga fin a esta y "
            "registre la nueva desde el día siguiente.",
        )


def check_end(holder: Holder, until: date, reason: str) -> tuple[Holder, str]:
    """The holder until that day, and the reason as it is kept. RuleError `end_before_start` or for the reason."""
    if holder.valid_from is not None and until < holder.valid_from:
        raise RuleError(
            "end_before_start",
            f"{holder.name} entró en funciones el {day_text(holder.valid_from)}: no pudo cesar antes.",
        )
    check_days(None, until, "El tiempo en funciones")
    kept = clean_text(reason, what="el motivo del cese", limit=LONGEST_REASON, required=True)
    return replace(holder, valid_until=until), kept


def out_of_force(holder: Holder, day: date) -> str:
    """Why a holder is not in force on that day by its own dates, as a sentence without its full stop; "" if it is."""
    if holder.valid_from is not None and day < holder.valid_from:
        begins = "recién entra en funciones" if holder.kind.is_person else "recién se usa desde"
        return f"{holder.name} {begins} el {day_text(holder.valid_from)}"
    if holder.valid_until is not None and day > holder.valid_until:
        ends = "dejó de estar en funciones" if holder.kind.is_person else "dejó de usarse"
        return f"{holder.name} {ends} el {day_text(holder.valid_until)}"
    return ""


# --- inside ---


def _overlap(one: Holder, other: Holder) -> bool:
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    last = min(one.valid_until or date.max, other.valid_until or date.max)
    return first <= last


def _while(holder: Holder) -> str:
    if holder.valid_from and holder.valid_until:
        return f" del {day_text(holder.valid_from)} al {day_text(holder.valid_until)}"
    if holder.valid_from:
        return f" desde el {day_text(holder.valid_from)}"
    if holder.valid_until:
        return f" hasta el {day_text(holder.valid_until)}"
    return ""
