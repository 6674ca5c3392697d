"""Says what was just taken away and offers for ten seconds to have it back; only for acts that a service can reverse.

What is undone is one more act with its own right and its own entry in the trail: nothing is erased. What does not come
back with it (the password of an access that was ended) is said in `undone`. Legal acts (what is
signed, frozen, notified, a movement of forms) are never offered here: they have their own reversals, with a document.
"""

import uuid
from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.qtkit.messages import Toast
from sisfoh_desktop.qtkit.tasks import Tasks

WHY_UNDONE = "Se deshizo enseguida: fue una equivocación."
"""The reason that the trail keeps where a reversal asks for one."""


def offer_undo(
    over: QWidget,
    tasks: Tasks,
    said: str,
    undo: Callable[[str], object],
    touches: Iterable[str],
    *,
    undone: str,
    then: Callable[[], object] | None = None,
) -> Toast:
    """Show `said` with «Deshacer»; `undo` runs on the worker with a token, then `undone` is shown.

    Pages that follow `touches` show what is back by themselves; `then` runs for what does not follow them.
    The offer goes with `over`: whoever comes next has pages of their own. A refusal (somebody changed the record
    meanwhile) shows its sentence, and nothing is undone.
    """
    window = over.window()
    token = str(uuid.uuid4())

    def told(_answer: object) -> None:
        if then is not None:
            then()
        Toast.show_over(window, undone)

    def take_back() -> None:
        tasks.run_change(partial(undo, token), touches, on_done=told, owner=window)

    return Toast.show_over(over, said, take_back)
