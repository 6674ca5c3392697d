"""The chain of documents: its order, the working days between steps, who has it now, what comes next."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sisfoh_desktop.basics.workdays import Calendar, workdays_between
from sisfoh_desktop.modules.expedientes.rules.facts import (
    Document,
    DocumentEntry,
    DocumentKind,
    Holder,
    Mark,
    Party,
    Step,
)


def in_chain_order(documents: Sequence[Document]) -> list[Document]:
    """Oldest first; documents of one day in the order in which they were registered."""
    return sorted(documents, key=lambda document: (document.entry.on, document.id))


def marks_of(document: Document, chain: Sequence[Document]) -> tuple[Mark, ...]:
    """Out of order (a later document was registered before it), backdated, year of the number."""
    found = []
    if any(other.entry.on > document.entry.on and other.id < document.id for other in chain):
        found.append(Mark.OUT_OF_ORDER)
    received = document.entry.received_on
    if received is not None and received < document.registered_at.date():
        found.append(Mark.BACKDATED)
    number = document.entry.number
    if number is not None and number.year != document.entry.on.year:
        found.append(Mark.YEAR_DIFFERS)
    return tuple(found)


def timeline(documents: Sequence[Document], calendar: Calendar) -> list[Step]:
    """The chain with the working days between each document and the one before (LPAG art. 134)."""
    steps: list[Step] = []
    for document in in_chain_order(documents):
        before = steps[-1].document.entry.on if steps else None
        workdays = None if before is None else workdays_between(before, document.entry.on, calendar)
        steps.append(Step(document, workdays, marks_of(document, documents)))
    return steps


def holder_of(documents: Sequence[Document], calendar: Calendar, today: date) -> Holder | None:
    """Who has it now, None while nothing is registered; since the day of receipt when it was told."""
    if not documents:
        return None
    last = in_chain_order(documents)[-1]
    since = last.entry.received_on or last.entry.on
    return Holder(last.entry.receiver, since, workdays_between(since, today, calendar), last)


def next_expected(documents: Sequence[Document], today: date) -> DocumentEntry:
    """The next document prefilled: sent by who has it now; a reply goes back to who asked."""
    if not documents:
        return DocumentEntry(DocumentKind.INFORME, "", today, Party(), Party(), "")
    last = in_chain_order(documents)[-1]
    asked = last.entry.asks_reply
    return DocumentEntry(
        kind=DocumentKind.INFORME if asked else DocumentKind.MEMORANDO,
        number_text="",
        on=today,
        sender=replace(last.entry.receiver),
        receiver=replace(last.entry.sender) if asked else Party(),
        subject=last.entry.subject,
        responds_to_id=last.id if asked else None,
        received_on=today,
    )


def siglas_hint(documents: Sequence[Document], sender: Party, year: int) -> str:
    """How the sender's numbers end, `-2024-OGAJ/MPT`, after an earlier one in the chain; empty if none."""
    for document in reversed(in_chain_order(documents)):
        number = document.entry.number
        if number is not None and number.siglas and document.entry.sender.same_as(sender):
            return f"-{year}-{number.siglas}"
    return ""
