"""How a percentage is written, on every screen, grid and paper: a hundred is said of a hundred and of nothing else."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from sisfoh_desktop.basics.money import NBSP

_TENTH = Decimal("0.1")
_WHOLE = Decimal(100)


def percent_text(percent: Decimal | None) -> str:
    """`66.7 %`, `99.9 %`, `100 %`, `115.3 %`, as `percent_figure` has it; "" for None."""
    return f"{percent_figure(percent)}{NBSP}%" if percent is not None else ""


def percent_figure(percent: Decimal, places: Decimal = _TENTH) -> str:
    """The figure alone, rounded to `places`, without a zero at its end.

    It is never rounded up to a whole number that it does not reach: bands of the semaphore begin at whole numbers, and
    94.96 is not yet 95. What passes a hundred by less than it shows says one more.
    """
    told = percent.quantize(places, rounding=ROUND_HALF_UP)
    if told > percent and told == told.to_integral_value():
        told = percent.quantize(places, rounding=ROUND_DOWN)
    if told == _WHOLE != percent:
        told += places
    text = f"{told:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
