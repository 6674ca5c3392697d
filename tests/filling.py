"""A person before the dialogs that save by themselves: fills the next one and presses its primary button, or leaves."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtWidgets import QApplication, QLabel

from sisfoh_desktop.basics.errors import DatabaseUnavailable

AWAY = "La base no responde en este momento; lo escrito sigue aquí."


@dataclass
class Met:
    """What a dialog said when it was left."""

    title: str
    told: str
    refusal: str
    kept: dict[str, Any] = field(default_factory=dict)
    retry: str = ""


def fills(
    monkeypatch: Any,
    tasks: Any,
    dialog_class: type,
    *,
    leave: bool = False,
    act: Callable[[Any], object] | None = None,
    **values: Any,
) -> list[Met]:
    """From now on dialogs of that class get these values and are saved; `leave` presses Esc instead."""
    met: list[Met] = []

    def answer(dialog: Any) -> int:
        _type(dialog, values)
        if act is not None:
            act(dialog)
        if not leave:
            dialog.try_submit()
            _settle(tasks)
        met.append(_met(dialog))
        return int(dialog.result())

    monkeypatch.setattr(dialog_class, "exec", answer)
    return met


def loses_the_base_once(
    monkeypatch: Any, tasks: Any, dialog_class: type, place: Any, verb: str, **values: Any
) -> list[Met]:
    """The first press of the next dialog finds no base (`place.verb` fails); then «Reintentar» is pressed.

    What each said and held in between is gathered.
    """
    met: list[Met] = []

    def away(*_what: Any, **_how: Any) -> Any:
        raise DatabaseUnavailable(AWAY)

    def answer(dialog: Any) -> int:
        _type(dialog, values)
        with monkeypatch.context() as cable:
            cable.setattr(place, verb, away)
            dialog.try_submit()
            _settle(tasks)
        assert dialog.result() == 0, "it closed before the base had taken it"
        met.append(_met(dialog))
        dialog.form.summary.retry_button.click()
        _settle(tasks)
        return int(dialog.result())

    monkeypatch.setattr(dialog_class, "exec", answer)
    return met


def _type(dialog: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        dialog.form.fields[name].set_value(value)


def _settle(tasks: Any) -> None:
    for _ in range(4):
        tasks.wait_idle()
        QApplication.processEvents()


def _met(dialog: Any) -> Met:
    summary = dialog.form.summary
    wrong = [label.text() for label in summary.findChildren(QLabel)]
    wrong += [one.error for one in dialog.form.fields.values() if one.error]
    button = getattr(summary, "retry_button", None)
    return Met(
        dialog.windowTitle(),
        "\n".join(label.text() for label in dialog.findChildren(QLabel)),
        "\n".join(wrong),
        {name: one.raw() for name, one in dialog.form.fields.items()},
        button.text() if button is not None and not button.isHidden() else "",
    )
