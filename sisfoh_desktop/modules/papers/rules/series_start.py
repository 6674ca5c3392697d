"""What is told of a series while it is being made: the first number that it will give. Plain Python."""

from sisfoh_desktop.basics.document_numbers import NumberMask, mask_of
from sisfoh_desktop.basics.errors import RuleError


def first_to_come(first: str, last_used: int, year: int) -> str:
    """The number that the program will give first, as it is printed, after `last_used` (0: none was used).

    `first` is the first of the year as people write it, or a mask; a text that cannot number says so.
    """
    try:
        number = NumberMask(mask_of(first)).format(last_used + 1, year)
    except RuleError:
        return "Todavía no se distinguen el número y el año: escriba, por ejemplo, como 001-2024-GM/MPT."
    if last_used:
        return f"El primero que dará el programa: {number}."
    return f"Los números serán como {number}, que es el primero que dará el programa."
