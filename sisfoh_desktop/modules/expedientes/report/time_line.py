"""The timeline for the gerente: on one page, where the days went, who has it, what is expected. Loads reportlab."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.documents.page import bookmark, build_paper, space
from sisfoh_desktop.documents.tables import Column, ruled_table
from sisfoh_desktop.documents.text import bold, paragraph, rich_paragraph, safe
from sisfoh_desktop.modules.expedientes.report.surround import Surround, code_of, cut, tied
from sisfoh_desktop.modules.expedientes.rules import (
    Expediente,
    Holder,
    HolderTime,
    LoopBack,
    OpinionLine,
    SequelStep,
    TimeSpent,
)

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from sisfoh_desktop.modules.expedientes.report.bars import Bar

_BODY_WIDTH = 165 * 72 / 25.4
_MOST_LABEL = 60  # signs of a row's label
# (rows of the drawing, opinions, ways back, characters of a long text), from roomy to certain to fit
_SIZES = ((14, 6, 4, 400), (10, 4, 3, 220), (7, 3, 2, 120), (5, 2, 1, 80))


@dataclass(frozen=True)
class TimeLineFacts:
    """What the page tells besides the days; `deadline` is the next one in words, "" when none runs.

    `running` are the terms after the act in words, the first to end first; `followed` the act and what came after.
    """

    holder: Holder | None
    opinions: Sequence[OpinionLine]
    deadline: str = ""
    running: Sequence[str] = ()
    followed: Sequence[SequelStep] = ()


def linea_tiempo_pdf(
    expediente: Expediente, spent: TimeSpent | None, facts: TimeLineFacts, surround: Surround
) -> bytes:
    """Always one page: what does not fit is folded together, and said to be."""
    paper_format = surround.paper_format("Línea de tiempo", expediente)
    built = None
    for rows, opinions, loops, letters in _SIZES:
        story = _story(expediente, spent, facts, rows, opinions, loops, letters)
        built = build_paper(story, paper_format)
        if built.pages == 1:
            break
    assert built is not None
    return built.pdf


def _story(
    expediente: Expediente,
    spent: TimeSpent | None,
    facts: TimeLineFacts,
    most_rows: int,
    most_opinions: int,
    most_loops: int,
    letters: int,
) -> "list[Flowable]":
    story = [
        bookmark("Línea de tiempo", "linea"),
        space(2),
        paragraph("LÍNEA DE TIEMPO DEL EXPEDIENTE", "act"),
        paragraph(tied(cut(code_of(expediente), letters)), "title"),
        paragraph(tied(cut(expediente.title, letters)), "centred"),
    ]
    if spent is None:
        return [*story, paragraph("El expediente todavía no tiene documentos que contar.", "centred")]
    story += [
        rich_paragraph(_headline(expediente, spent)),
        paragraph(tied(cut(spent.start_reason, letters)), "note"),
        space(2),
        *_chart(expediente, spent, facts, most_rows),
        space(2),
        *_ways_back(spent.loops, most_loops),
        space(2),
        *_now(expediente, facts, most_opinions, letters),
    ]
    return story


def _headline(expediente: Expediente, spent: TimeSpent) -> str:
    days = "1 día calendario" if spent.calendar_days == 1 else f"{spent.calendar_days} días calendario"
    workdays = "1 hábil" if spent.workdays == 1 else f"{spent.workdays} hábiles"
    ended = "hasta la firma de la resolución" if expediente.resolved_on is not None else "hasta hoy"
    lead = (
        f"{bold(days)} ({workdays}), del {format_date(spent.since)} al {format_date(spent.until)}, {ended}."
    )
    longest = max(spent.holders, key=lambda one: one.calendar_days)
    if longest.calendar_days:
        share = round(longest.calendar_days * 100 / spent.calendar_days)
        times = "" if len(longest.stays) == 1 else f", en {len(longest.stays)} veces"
        name = safe(cut(longest.party.name or longest.party.label, 120))
        lead += f" Quien más tiempo lo tuvo: {name}, {_days(longest.calendar_days)} ({share} %{times})."
    return lead


def _chart(
    expediente: Expediente, spent: TimeSpent, facts: TimeLineFacts, most_rows: int
) -> "list[Flowable]":
    from sisfoh_desktop.modules.expedientes.report.bars import bars_drawing, shows_weekends

    rows = _rows(spent.holders, most_rows)
    has_it = ""
    if facts.holder is not None and expediente.resolved_on is None:
        has_it = cut(facts.holder.party.label, _MOST_LABEL)
    notes = ["A escala de días calendario."]
    if shows_weekends(spent.since, spent.until, _BODY_WIDTH):
        notes = ["A escala de días calendario; las franjas claras son sábados y domingos."]
    if any(stay.sent_back for stay in spent.stays):
        notes.append("La barra oscura, con la flecha de quien lo envió: devuelto a quien ya lo había tenido.")
    if any(row.label == has_it for row in rows):
        notes.append("La punta señala a quien lo tiene.")
    marks = [(step.day, step.title) for step in facts.followed if step.is_act]
    drawing = bars_drawing(
        rows, since=spent.since, until=spent.until, width=_BODY_WIDTH, has_it=has_it, marks=marks
    )
    return [drawing, paragraph(" ".join(notes), "note")]


def _rows(holders: Sequence[HolderTime], most: int) -> "list[Bar]":
    """Holders by the day they first had it; those beyond `most` share a row, so that the days still add up."""
    from sisfoh_desktop.modules.expedientes.report.bars import Bar

    shown = list(holders) if len(holders) <= most else list(holders[: most - 1])
    rest = holders[len(shown) :]
    bars = [
        Bar(
            cut(one.party.label, _MOST_LABEL),
            cut(one.party.name if one.party.name != one.party.label else "", 120),
            one.calendar_days,
            one.workdays,
            one.stays,
        )
        for one in shown
    ]
    if rest:
        bars.append(
            Bar(
                f"Otros {len(rest)}",
                "",
                sum(one.calendar_days for one in rest),
                sum(one.workdays for one in rest),
                tuple(stay for one in rest for stay in one.stays),
            )
        )
    return bars


def _ways_back(loops: Sequence[LoopBack], most: int) -> "list[Flowable]":
    if not loops:
        return [paragraph("No volvió a ninguna unidad que ya lo hubiera tenido.")]
    texts = []
    for loop in loops[:most]:
        by, to = cut(loop.sent_by.label, 40), cut(loop.sent_to.label, 40)
        how = f"Volvió atrás: {by} lo devolvió a {to} el {format_date(loop.since)} ({cut(loop.document.title, 80)})"
        if loop.until is None:
            texts.append(f"{how}; sigue ahí, van {_days(loop.calendar_days)}.")
        else:
            texts.append(
                f"{how}; la vuelta duró {_days(loop.calendar_days)}, hasta el {format_date(loop.until)}."
            )
    if len(loops) > most:
        rest = len(loops) - most
        texts.append("Y 1 vuelta más." if rest == 1 else f"Y {rest} vueltas más.")
    return [paragraph(tied(text)) for text in texts]


def _now(expediente: Expediente, facts: TimeLineFacts, most_opinions: int, letters: int) -> "list[Flowable]":
    story: list[Flowable] = []
    if expediente.resolved_on is not None:
        story.append(paragraph(f"Su resolución se firmó el {format_date(expediente.resolved_on)}."))
    elif facts.holder is not None:
        name = cut(facts.holder.party.name or facts.holder.party.label, letters)
        held = f"desde el {format_date(facts.holder.since)}, {_workdays(facts.holder.workdays)}."
        story.append(rich_paragraph(f"{bold('Lo tiene ahora:')} {safe(name)}, {held}"))
    story += _after(facts.followed, most_opinions, letters)
    story += _deadlines(facts, most_opinions, letters)
    waiting = [line for line in facts.opinions if line.is_open]
    if not waiting:
        story.append(rich_paragraph(f"{bold('Opiniones pendientes:')} ninguna."))
        return story
    columns = [
        Column("OPINIÓN PENDIENTE"),
        Column("UNIDAD", width_mm=30),
        Column("PEDIDA", width_mm=20, align="center"),
        Column("VENCE", width_mm=20, align="center"),
        Column("ESTADO", width_mm=32),
    ]
    rows = [
        (
            f"Ampliación, {line.kind.label.lower()}" if line.is_extension else line.kind.label,
            cut(line.unit, 40),
            format_date(line.asked_on),
            format_date(line.due),
            line.chip,
        )
        for line in waiting[:most_opinions]
    ]
    story.append(ruled_table(columns, rows, font_size=8.5))
    if len(waiting) > most_opinions:
        story.append(paragraph(f"Y {len(waiting) - most_opinions} más; vea el expediente.", "note"))
    return story


def _after(followed: Sequence[SequelStep], most: int, letters: int) -> "list[Flowable]":
    """The act and what came after it, a line each."""
    if not followed:
        return []
    lines = [
        ". ".join(
            cut(text, letters) for text in (f"{format_date(step.day)}, {step.title}", step.action) if text
        )
        for step in followed[:most]
    ]
    if len(followed) > most:
        lines.append(f"Y {len(followed) - most} más; vea la hoja de ruta.")
    return [rich_paragraph(bold("La resolución y lo que siguió:")), *(paragraph(tied(one)) for one in lines)]


def _deadlines(facts: TimeLineFacts, most: int, letters: int) -> "list[Flowable]":
    """The next one, or each of those that the act set running."""
    if len(facts.running) < 2:
        told = [*facts.running, facts.deadline or "no corre ningún plazo registrado."][0]
        return [rich_paragraph(f"{bold('Próximo vencimiento:')} {safe(tied(cut(told, letters)))}")]
    lines = [tied(cut(one, letters)) for one in facts.running[:most]]
    if len(facts.running) > most:
        lines.append(f"Y {len(facts.running) - most} más.")
    return [rich_paragraph(bold("Plazos que corren:")), *(paragraph(one) for one in lines)]


def _days(days: int) -> str:
    return "1 día" if days == 1 else f"{days} días"


def _workdays(days: int) -> str:
    return "1 día hábil" if days == 1 else f"{days} días hábiles"
