"""Who decides a conflict in a test: answers by field label, and what was asked."""

from collections.abc import Callable
from typing import Any

from sisfoh_desktop.qtkit.conflict_dialog import ConflictDialog

Asked = list[dict[str, Any]]


def decider(monkeypatch: Any) -> Callable[..., Asked]:
    """`decide({"Asunto": Side.MINE}, None)`: what the person answers to the next conflicts; None goes on editing.

    A field that is not named takes the side that was proposed. The conflicts are gathered by label.
    """
    asked: Asked = []

    def decide(*answers: Any) -> Asked:
        left = list(answers)

        def ask(clashes: Any, **_how: Any) -> Any:
            asked.append({one.label: one for one in clashes})
            answer = left.pop(0)
            if answer is None:
                return None
            return {one.key: answer.get(one.label) or one.proposed for one in clashes}

        monkeypatch.setattr(ConflictDialog, "ask", ask)
        return asked

    return decide
