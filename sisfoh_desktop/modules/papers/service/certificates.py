"""How the chosen certificate file or card is opened for signing; nothing of it is kept."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sisfoh_desktop.basics.errors import FileFailed

if TYPE_CHECKING:
    from sisfoh_desktop.documents.signing import Signer

_LARGEST_CERTIFICATE = 1_000_000


class CertificateChoice(Protocol):
    """What a person chose to sign with: a file (`kind` "p12") or a card; `password` is also the card's PIN."""

    @property
    def kind(self) -> str: ...

    @property
    def path(self) -> str: ...

    @property
    def library(self) -> str: ...

    @property
    def label(self) -> str: ...

    @property
    def password(self) -> str: ...


def chosen_certificate(choice: CertificateChoice) -> "Callable[[], AbstractContextManager[Signer]]":
    """Opens what was chosen when called, on the worker; FileFailed or SigningFailed with their sentence."""
    if choice.kind == "p12":
        return certificate_file(choice.path, choice.password)
    return certificate_card(choice.library, choice.label, choice.password)


def certificate_file(path: str, password: str) -> "Callable[[], AbstractContextManager[Signer]]":
    """Opens a .p12 or .pfx when called, on the worker; FileFailed or SigningFailed with their sentence."""
    return partial(_opened_file, Path(path), password)


def certificate_card(library: str, label: str, pin: str) -> "Callable[[], AbstractContextManager[Signer]]":
    """Opens a card or token when called, on the worker."""
    return partial(_opened_card, library, label, pin)


def warm_signing() -> None:
    """Import what signing needs, while the person still types the password."""
    from sisfoh_desktop.documents import signers, signing, verifying  # noqa: F401


@contextmanager
def _opened_file(path: Path, password: str) -> "Iterator[Signer]":
    from sisfoh_desktop.documents.signing import open_pkcs12

    try:
        if path.stat().st_size > _LARGEST_CERTIFICATE:
            raise FileFailed(
                f"«{path.name}» es demasiado grande para ser un certificado; no se firmó. Elija el archivo .p12 o .pfx."
            )
        data = path.read_bytes()
    except OSError:
        raise FileFailed(
            f"No se pudo leer el certificado «{path.name}»; no se firmó. Revise que el archivo siga ahí."
        ) from None
    yield open_pkcs12(data, password)


@contextmanager
def _opened_card(library: str, label: str, pin: str) -> "Iterator[Signer]":
    from sisfoh_desktop.documents.signing import open_pkcs11

    with open_pkcs11(library, label, pin) as signer:
        yield signer
