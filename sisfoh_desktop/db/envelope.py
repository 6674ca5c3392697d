"""The envelope beside an encrypted base: its key, wrapped by the recovery phrase that lies in a sealed envelope.

The file is in the age format (scrypt), so that `age --decrypt oficina.db.sobre` opens it on any PC with the phrase and
without this program: what comes out is the key as SQLCipher takes it.
"""

import json
from pathlib import Path

from sisfoh_desktop.basics.errors import FileFailed, RuleError
from sisfoh_desktop.basics.paths import atomic_write
from sisfoh_desktop.basics.recovery_phrase import read_phrase
from sisfoh_desktop.db.cipher import BaseKey

SUFFIX = ".sobre"
_LARGEST = 64 * 1024


def envelope_of(base: Path) -> Path:
    """Where the envelope of a base lies."""
    return base.with_name(base.name + SUFFIX)


def write_envelope(base: Path, key: BaseKey, phrase: str) -> Path:
    """Wrap the key by the phrase beside the base, over an earlier envelope; it is opened once before it counts.

    Takes about a second, on purpose. Raises FileFailed; then the earlier envelope is as it was.
    """
    from pyrage import passphrase

    content = json.dumps(
        {
            "base": base.name,
            "sqlcipher_key": key.text,
            "sqlcipher_salt": key.mark.hex(),
        }
    )
    wrapped = passphrase.encrypt(content.encode(), read_phrase(phrase))
    if _unwrap(wrapped, read_phrase(phrase)) != key:
        raise _damaged(base)
    path = envelope_of(base)
    atomic_write(path, wrapped)
    return path


def open_envelope(base: Path, phrase: str) -> BaseKey:
    """The key in the envelope of a base.

    RuleError for a phrase that was not copied well or is another one's; FileFailed when the envelope is not there.
    """
    wanted = read_phrase(phrase)
    path = envelope_of(base)
    try:
        with path.open("rb") as file:
            wrapped = file.read(_LARGEST)
    except FileNotFoundError:
        raise FileFailed(
            f"Falta el archivo {path.name}, que va siempre al lado de la base cifrada; no se abrió nada. "
            "Búsquelo donde estaba la base o en su último respaldo y cópielo aquí."
        ) from None
    except OSError as error:
        raise FileFailed(
            f"No se puede leer {path.name}; no se abrió nada. Revise los permisos del archivo y de la carpeta."
        ) from error
    key = _unwrap(wrapped, wanted)
    if key is None:
        if not wrapped.startswith(b"age-encryption.org/v1\n"):
            raise _damaged(base)
        raise RuleError(
            "phrase_of_another",
            "La frase está bien escrita y no abre esta base; no se abrió nada. "
            "Busque el sobre más reciente de esta base: si se emitió otra frase, la anterior ya no vale.",
        )
    return key


def _unwrap(wrapped: bytes, phrase: str) -> BaseKey | None:
    from pyrage import DecryptError, passphrase

    try:
        content = json.loads(passphrase.decrypt(wrapped, phrase))
        return BaseKey.from_text(content["sqlcipher_key"])
    except (DecryptError, ValueError, KeyError, TypeError):
        return None


def _damaged(base: Path) -> FileFailed:
    return FileFailed(
        f"El archivo {envelope_of(base).name} está dañado; no se abrió nada. Búsquelo en su último respaldo."
    )
