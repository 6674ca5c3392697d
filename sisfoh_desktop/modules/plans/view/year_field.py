"""A year in a form: a whole number written without the space of thousands."""

from sisfoh_desktop.modules.plans.rules.writing import FIRST_YEAR, LAST_YEAR
from sisfoh_desktop.qtkit.forms import NumberField


class YearField(NumberField):
    """The fiscal year of a plan."""

    def __init__(self) -> None:
        super().__init__("Año fiscal", required=True, minimum=FIRST_YEAR, maximum=LAST_YEAR)

    def shown(self, value: int) -> str:
        return str(value)
