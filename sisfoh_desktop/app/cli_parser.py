"""An argument parser that speaks Spanish: usage, help and every complaint about what was typed.

Which commands exist is in cli.py and its neighbours; argparse's own English sentences stop here.
"""

import argparse
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any, NoReturn, TypeVar

from sisfoh_desktop.basics.errors import SisfohError

_Value = TypeVar("_Value")

_MOST_DIGITS = 9
_LONGEST_SHOWN = 60
_LONGEST_TEXT = 200  # more does not fit the visible block of a signature

# What argparse says, and how the person at the terminal reads it. What is not here gets a general sentence.
_COMPLAINTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"the following arguments are required: (?P<what>.+)"), "Falta indicar {what}"),
    (
        re.compile(r"one of the arguments (?P<what>.+) is required"),
        "Falta indicar uno de estos datos: {what}",
    ),
    (re.compile(r"unrecognized arguments: (?P<what>.+)"), "No se reconoce «{what}»"),
    (re.compile(r"ambiguous option: (?P<what>\S+) could match (?P<more>.+)"), "«{what}» puede ser {more}"),
    (re.compile(r"argument (?P<what>.+?): expected one argument"), "Falta el valor de {what}"),
    (re.compile(r"argument (?P<what>.+?): expected at least one argument"), "Falta el valor de {what}"),
    (re.compile(r"argument (?P<what>.+?): expected \d+ arguments?"), "Falta el valor de {what}"),
    (
        re.compile(r"argument (?P<what>.+?): not allowed with argument (?P<more>.+)"),
        "{what} no va junto con {more}",
    ),
    (re.compile(r"argument (?P<what>.+?): ignored explicit argument (?P<more>.+)"), "{what} no lleva valor"),
    (
        re.compile(
            r"argument (?P<what>.+?): invalid choice: (?P<more>'.*?'|[^\s,]+),?.*\(choose from (?P<rest>.+)\)"
        ),
        "{more} no sirve como {what}; puede ser {rest}",
    ),
    (re.compile(r"argument (?P<what>.+?): invalid \S+ value: (?P<more>.+)"), "{more} no sirve como {what}"),
    (re.compile(r"argument (?P<what>.+?): (?P<more>.+)", re.DOTALL), "{what}: {more}"),
)


class UsageError(SisfohError):
    """What was typed is no command of this program, or lacks something; nothing was done."""


class SpanishParser(argparse.ArgumentParser):
    """`ArgumentParser` whose usage, help and errors are Spanish; it raises UsageError and never exits by itself."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("formatter_class", _SpanishFormatter)
        kwargs.setdefault("allow_abbrev", False)
        super().__init__(**kwargs, add_help=False)
        self._positionals.title = "datos"
        self._optionals.title = "opciones"
        self.add_argument("-h", "--ayuda", "--help", action="help", help="muestra esta ayuda y termina")

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{_in_spanish(message)}; no se hizo nada. Vea «{self.prog} --ayuda».")


class _SpanishFormatter(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "Uso: " if prefix is None else prefix)


def typed(read: Callable[[str], _Value]) -> Callable[[str], _Value]:
    """A reader for one argument whose RuleError becomes a complaint about what was typed."""

    def reader(text: str) -> _Value:
        try:
            return read(text)
        except SisfohError as error:
            raise argparse.ArgumentTypeError(error.sentence.rstrip(".")) from error

    return reader


def whole_number(text: str) -> int:
    """A count typed as an argument; argparse's complaint about it is put into Spanish above."""
    if not re.fullmatch(r"-?[0-9]+", text.strip(), re.ASCII):
        raise argparse.ArgumentTypeError(f"«{text[:_LONGEST_SHOWN]}» no es un número entero")
    if len(text.strip()) > _MOST_DIGITS:
        raise argparse.ArgumentTypeError(f"«{text[:_LONGEST_SHOWN]}» es un número demasiado grande")
    return int(text)


def readable(text: str) -> str:
    """Words typed as an argument, trimmed; a terminal that is not UTF-8 hands over pieces of letters instead."""
    kept = " ".join(text.split())
    if any(unicodedata.category(sign) in ("Cs", "Cc") for sign in kept):
        raise argparse.ArgumentTypeError(
            "trae signos que no se pueden leer; revise que su terminal use UTF-8 y escríbalo otra vez"
        )
    if not kept:
        raise argparse.ArgumentTypeError("está vacío")
    if len(kept) > _LONGEST_TEXT:
        raise argparse.ArgumentTypeError(f"pasa de {_LONGEST_TEXT} letras; acórtelo")
    return kept


def _in_spanish(message: str) -> str:
    for pattern, sentence in _COMPLAINTS:
        found = pattern.fullmatch(message)
        if found:
            return sentence.format(**found.groupdict())
    return "No se entendió la orden"
