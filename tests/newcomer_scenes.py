"""Scenes of who comes new: the first day page by page, tours and guides of each role, help, a cargo handed over."""

from typing import Any

from PySide6.QtTest import QTest
from shiboken6 import isValid

DAY = "13-primer-dia"
GUIDE = "14-recorrido"
HELP = "15-ayuda"
CARGO = "12-entrega-de-cargo"


def draw_first_day(studio: Any) -> None:
    """The assistant on an empty base: empty, refusing, filled, and its last look."""
    studio.page("inbox")
    studio.window.first_day.open()
    studio.settle()
    dialog = studio.window.first_day.dialog
    for number, page in enumerate(dialog.pages, start=1):
        dialog.show_page(page.key)
        studio.shoot(f"{DAY}-{number}-{page.key}", dialog)
        if not page.check():
            studio.shoot(f"{DAY}-{number}-{page.key}-rechazo", dialog)
    dialog.municipality.form.set_values(
        {"name": "Municipalidad Provincial de Tacna", "short_name": "MPT", "place_name": "Tacna"}
    )
    dialog.municipality.ubigeo.set_value("230101")
    dialog.users.choose(dialog.users.with_form)
    dialog.copy.choose(dialog.copy.with_form)
    dialog.holidays.table.add_row({"day": "28/08", "name": "Reincorporación", "norm": "Ley 1"})
    for number, page in enumerate(dialog.pages, start=1):
        dialog.show_page(page.key)
        studio.shoot(f"{DAY}-{number}-{page.key}-lleno", dialog)
    dialog.reject()
    studio.settle()


def draw_tours(studio: Any) -> None:
    """What a newcomer is offered; every stop of every role; the guide of each role as it is previewed."""
    from sisfoh_desktop.modules.people.service import guides

    studio.page("inbox")
    studio.shoot(f"{GUIDE}-oferta")
    for notes in guides.role_notes():
        studio.window.orders.tours.walk(notes)
        tour, number = studio.window.orders.tours.tour, 0
        while studio.window.orders.tours.tour is tour:
            number += 1
            for _ in range(6):
                studio.settle()
                tour.follow()
            studio.shoot(f"{GUIDE}-{notes.key}-{number}")
            tour.go_on()
        studio.settle()
    studio.shoot_dialog(f"{GUIDE}-guia-elegir", studio.window.orders.tours.ask_guide)
    for notes in guides.role_notes():
        studio.shoot_dialog(f"{GUIDE}-guia-{notes.key}", lambda one=notes: _guide(studio, one))


def _guide(studio: Any, notes: Any) -> None:
    studio.window.orders.tours.show_guide(notes)
    studio.settle()


def draw_help(studio: Any) -> None:
    """Every topic of the help, a search in it, and one that finds nothing."""
    from sisfoh_desktop.basics.help_topics import help_topics
    from sisfoh_desktop.qtkit.help_dialog import HelpDialog

    dialog = HelpDialog("", studio.window)
    dialog.open()
    for topic in help_topics():
        dialog.show_topic(topic.key)
        studio.shoot(f"{HELP}-{topic.key.replace('/', '-')}", dialog)
    for typed, name in (("vencimiento", "buscar"), ("xyzzy", "buscar-nada")):
        dialog.field.setText(typed)
        QTest.qWait(400)
        studio.shoot(f"{HELP}-{name}", dialog)
    dialog.done(0)
    studio.settle()


def draw_handover(studio: Any) -> None:
    """The four steps of a handover, a secret refused, and the draft in the list."""
    from sisfoh_desktop.modules.handover.view.handover_dialog import HandoverDialog

    page = studio.page("handover")
    page.new_record()
    studio.settle()
    dialog = page.findChild(HandoverDialog)
    studio.shoot(f"{CARGO}-1-quien", dialog)
    dialog.try_submit()
    studio.shoot(f"{CARGO}-1-quien-rechazo", dialog)
    fields = dialog.who.form.fields
    fields["leaver"].set_value(0)
    fields["receiver"].set_value(1)
    fields["reason"].set_value("Término de su designación")
    dialog.try_submit()
    studio.shoot(f"{CARGO}-2-que", dialog)
    dialog.try_submit()
    studio.settle()
    step = dialog.systems
    step.form.set_values({"system": "SISFOH web", "place": "clave: Tacna2024!", "custodian": "Secretaría"})
    step.add_typed()
    studio.shoot(f"{CARGO}-3-sistemas-rechazo", dialog)
    step.form.set_values({"place": "Sobre lacrado N° 3, caja fuerte"})
    step.add_typed()
    studio.shoot(f"{CARGO}-3-sistemas", dialog)
    dialog.try_submit()
    studio.shoot(f"{CARGO}-4-revise", dialog)
    dialog.try_submit()
    studio.settle()
    if isValid(dialog) and dialog.isVisible():
        studio.shoot(f"{CARGO}-4-revise-rechazo", dialog)
        dialog.keep_draft()
        studio.settle()
    studio.page("handover")
    page.table().view.select_row(0)
    studio.shoot(f"{CARGO}-en-la-lista")
