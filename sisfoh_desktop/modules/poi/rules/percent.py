"""How a percentage is written, on every screen, grid and paper: a hundred is said of a hundred and of nothing else."""

from decimal import ROUND_DOWN, Decimal

from sisfoh_desktop.basics.money import NBSP

_TENTH = Decimal("0.1")
_WHOLE = Decimal(100)


def percent_text(percent: Decimal | None) -> str:
    """`99.9 %`, `100 %`, `115.2 %`: one place, cut and not rounded; "" for None."""
    return f"{cut_percent(percent)}{NBSP}%" if percent is not None else ""


def cut_percent(percent: Decimal, places: Decimal = _TENTH) -> str:
    """The figure alone, cut to `places`, without a zero at its end; what passes a hundred by less says one more."""
    cut = percent.quantize(places, rounding=ROUND_DOWN)
    if cut == _WHOLE != percent:
        cut += places
    text = f"{cut:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
