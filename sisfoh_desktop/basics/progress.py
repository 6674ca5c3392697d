"""How a long action tells how far it is, and how it is asked to stop."""

from collections.abc import Callable

from sisfoh_desktop.basics.errors import RuleError

# called now and then with what is done and the whole; raises Cancelled when the person no longer wants it
Progress = Callable[[int, int], None]


class Cancelled(RuleError):
    """The person stopped a long action; whoever raises it inside a transaction undoes the whole of it."""

    def __init__(self) -> None:
        super().__init__("cancelled", "Se canceló a su pedido; no se cambió nada.")


def silent(_done: int, _total: int) -> None:
    """For callers who do not look."""
