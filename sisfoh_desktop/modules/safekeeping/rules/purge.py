"""What goes when a practice base is purged, and what must never go. Plain Python."""

from dataclasses import dataclass
from pathlib import Path

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import counted


@dataclass(frozen=True)
class PurgePlan:
    """The files of one practice base: itself with what SQLite keeps beside it, copies, papers, drafts.

    `archive` is the folder of its papers, removed when nothing else is left in it; `byte_count` is all of them.
    """

    base: Path
    files: tuple[Path, ...]
    archive: Path | None
    drafts: tuple[Path, ...]
    byte_count: int

    @property
    def file_count(self) -> int:
        return len(self.files) + len(self.drafts)


@dataclass(frozen=True)
class Purged:
    """What it came to: `overwritten` False where some file could only be removed; `left` are those that stayed.

    `stopped`: the person wanted no more of it; the base is there, and what had not gone by then.
    """

    removed: int
    overwritten: bool
    left: tuple[Path, ...]
    stopped: bool = False


def check_may_purge(*, local: bool, practice: bool, name: str) -> None:
    """RuleError `purge_server` or `purge_real`: only a practice base in a file may go."""
    if not local:
        raise RuleError(
            "purge_server",
            "La base está en un servidor y no se purga desde aquí; no se borró nada. Pídalo a quien lo administra.",
        )
    if not practice:
        raise RuleError(
            "purge_real",
            f"«{name}» no es una base de práctica, sino una de verdad; no se purga ni se borró nada. "
            "Abra la de práctica.",
        )


def purged_words(done: Purged) -> str:
    """What is said after it."""
    if done.stopped:
        gone = counted(done.removed, "archivo borrado", "archivos borrados")
        return (
            f"La purga se detuvo a su pedido: {gone}. La base de práctica sigue en su lugar; lo borrado no vuelve. "
            "Para terminar, ábrala y púrguela otra vez."
        )
    told = [f"La base de práctica se purgó: {counted(done.removed, 'archivo borrado', 'archivos borrados')}."]
    if done.overwritten:
        told.append(
            "Cada uno se sobrescribió antes de borrarlo. Un disco de estado sólido o una copia del sistema pueden "
            "guardar restos: contra eso ayuda el cifrado del disco entero."
        )
    else:
        told.append("Este disco no permitió sobrescribirlos todos: algunos solo se borraron.")
    if done.left:
        names = ", ".join(path.name for path in done.left[:3])
        told.append(
            f"No se pudieron borrar {len(done.left)} ({names}): ciérrelos en otros programas y bórrelos a mano."
        )
    return " ".join(told)
