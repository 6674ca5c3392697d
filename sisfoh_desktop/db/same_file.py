"""Whether the file of an open base is still the file that was opened: moved, removed or replaced ones are told.

What is written into a file that no longer stands at its place would be lost with the last connection.
"""

from pathlib import Path

from sisfoh_desktop.basics.errors import DatabaseUnavailable


class SameFile:
    """The file at `path`, remembered when it is first looked at."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: tuple[int, int] | None = None

    def check(self) -> None:
        """DatabaseUnavailable when another file, or none, stands where the base was opened."""
        try:
            found = self._path.stat()
        except FileNotFoundError:
            raise DatabaseUnavailable(
                f"El archivo de la base ({self._path.name}) ya no está en su carpeta: alguien lo movió o lo borró "
                "mientras estaba abierto. Lo último no se guardó. Devuélvalo a su sitio o elija la base en «Cambiar "
                "de base…»; lo escrito sigue en la pantalla."
            ) from None
        except OSError:
            raise DatabaseUnavailable(
                f"No se puede llegar a la carpeta de la base ({self._path.name}); lo último no se guardó. "
                "Revise que el disco esté conectado y vuelva a intentar."
            ) from None
        identity = (found.st_dev, found.st_ino)
        if self._known is None:
            self._known = identity
        elif self._known != identity:
            raise DatabaseUnavailable(
                f"El archivo de la base ({self._path.name}) fue reemplazado por otro mientras estaba abierto; no se "
                "guardó nada más en ninguno. Elija la base otra vez en «Cambiar de base…»; lo escrito sigue en la "
                "pantalla hasta entonces."
            )

    def forget(self) -> None:
        """The base is closed: what stands there when it is next used is taken as its file."""
        self._known = None
