"""What is told of the base in use: where it lies, how large it is, how it is protected. Nothing here looks at it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class BaseState:
    """The base as it is now; `byte_count` None where the server does not tell.

    Of an encrypted base: whether this PC's keyring has the key and the envelope lies beside it. `plain_copies` are
    names of files beside an encrypted base that can be read without any key.
    """

    name: str
    place: str
    local: bool
    engine: str
    byte_count: int | None
    revision: str
    entry_count: int
    encrypted: bool = False
    key_kept: bool = False
    envelope: bool = False
    plain_copies: tuple[str, ...] = ()


def protection_words(state: BaseState) -> str:
    """One sentence: whether who takes the disk away could read the base."""
    if not state.local:
        return "La base está en el servidor de la oficina; su disco lo protege quien lo administra."
    if not state.encrypted:
        return "Sin cifrar: quien se lleve este equipo o una copia del archivo puede leer los datos."
    if not state.envelope:
        return "Cifrada, pero falta su sobre: emita una frase nueva para no depender de este equipo."
    if not state.key_kept:
        return "Cifrada. Este equipo no guarda la clave: pide la frase al abrir."
    return "Cifrada. La clave está en el llavero de este equipo y, bajo la frase, en el sobre."
