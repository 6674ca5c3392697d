"""Hides for good what the person in front of the program may never do; what the state forbids is only disabled.

Who has which rights is the module `people`'s; a change without its right is refused below the window as well.
"""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics import rights
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.qtkit.page import NextStep

Needed = str | tuple[str, ...]  # a right's key, or several of which one is enough


def may_any(actor: Actor, right: Needed) -> bool:
    """Whether the actor has the right, or one of several."""
    return any(actor.may(key) for key in ((right,) if isinstance(right, str) else right))


def only_for(actor: Actor, right: Needed, *things: QAction | QWidget) -> bool:
    """Hide the actions and widgets for good unless the actor has the right (or one of several).

    A later `setVisible(True)` or `show()` does not bring them back; a hidden action answers no key. Gives whether
    the actor has the right, for what else depends on it.
    """
    if may_any(actor, right):
        return True
    for thing in things:
        if isinstance(thing, QAction):
            _HiddenAction(thing)
        else:
            _HiddenWidget(thing)
    return False


def why_only_read(actor: Actor, right: Needed) -> str:
    """Why a grid or form is only read by the actor, in one sentence; "" for whoever has the right."""
    return (
        ""
        if may_any(actor, right)
        else f"Solo se consulta: lo cambia quien tiene el permiso {_titles(right)}."
    )


def step_for(actor: Actor, right: Needed, step: NextStep) -> NextStep:
    """The next step as it is for whoever has the right; for others without its button, saying who does it."""
    if may_any(actor, right):
        return step
    return replace(
        step, button="", enabled=False, reason=f"Lo hace quien tiene el permiso {_titles(right)}.", run=None
    )


def trigger_offered(action: QAction) -> bool:
    """A key's answer by an action: it is triggered; False where it is hidden, as if there were none."""
    if not action.isVisible():
        return False
    action.trigger()
    return True


def _titles(right: Needed) -> str:
    keys = (right,) if isinstance(right, str) else right
    return " o ".join(f"«{rights.right(key).title}»" for key in keys)


class _HiddenAction(QActionGroup):
    """Lives as long as its action: a group that is off keeps it out of sight, and from its key and `trigger()`."""

    def __init__(self, action: QAction) -> None:
        super().__init__(action)
        self.setExclusive(False)
        self.addAction(action)
        self.setVisible(False)
        self.setEnabled(False)


class _HiddenWidget(QObject):
    """Lives as long as its widget and takes it away again whenever somebody shows it."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.installEventFilter(self)
        widget.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = event.type() in (QEvent.Type.Show, QEvent.Type.ShowToParent)
        if shown and isinstance(watched, QWidget) and not watched.isHidden():
            watched.hide()
        return False
