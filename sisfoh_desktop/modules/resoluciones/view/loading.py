"""What the page asks the services for, on the worker: the list, one act, the choices of a new one, a certificate."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.document_numbers import NumberMask
from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import PaperLine
from sisfoh_desktop.modules.plans import service as plans
from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.rules import Resolucion, ResolucionLine, State
from sisfoh_desktop.modules.resoluciones.service import ResolucionView
from sisfoh_desktop.modules.resoluciones.view.dialogs import NewChoices
from sisfoh_desktop.modules.resoluciones.view.signer_rows import Head, load_heads
from sisfoh_desktop.modules.responsibilities import service as responsibilities
from sisfoh_desktop.qtkit.sign_dialog import SignChoice

if TYPE_CHECKING:
    from sisfoh_desktop.documents.signing import Signer

_LARGEST_CERTIFICATE = 1_000_000


@dataclass(frozen=True)
class ListRow:
    """A resolución in the list, with its paper's round once it is frozen."""

    line: ResolucionLine
    paper: PaperLine | None

    @property
    def id(self) -> int:
        return self.line.id

    @property
    def signatures(self) -> str:
        return f"{self.paper.signed_count} de {self.paper.signer_count}" if self.paper else ""

    @property
    def waits_for(self) -> str:
        """Whom it waits for, in words."""
        if self.line.state is State.DRAFT:
            return "Terminar el borrador"
        return self.paper.next_signer if self.paper else ""


@dataclass(frozen=True)
class RecordData:
    """One act with all that its record shows; `heads` is empty once it is frozen."""

    view: ResolucionView
    heads: tuple[Head, ...]

    @property
    def act(self) -> Resolucion:
        return self.view.resolucion


def load_list(db: Any) -> list[ListRow]:
    """Every resolución, the newest first."""
    by_id = {line.id: line for line in papers.list_papers(db)}
    return [ListRow(line, by_id.get(line.paper_id or 0)) for line in service.list_resoluciones(db)]


def load_record(db: Any, resolucion_id: int, today: date) -> RecordData:
    """One act with its surroundings."""
    view = service.view_resolucion(db, resolucion_id, today)
    act = view.resolucion
    return RecordData(view, load_heads(db, act.dated) if act.state is State.DRAFT else ())


def load_choices(db: Any) -> NewChoices:
    """What a new act can be made from."""
    lines = tuple(expedientes.list_expedientes(db))
    plan_titles, matrix_titles = {}, {}
    known = {line.id: line.title for line in responsibilities.list_matrices(db)}
    for line in lines:
        if line.plan_id is None:
            continue
        plan = plans.load_plan(db, line.plan_id)
        plan_titles[line.id] = plan.title
        if plan.matrix_id is not None:
            matrix_titles[line.id] = known.get(plan.matrix_id, "")
    told = frozenset(line.expediente_id for line in service.list_resoluciones(db))
    return NewChoices(lines, tuple(papers.list_series(db)), plan_titles, matrix_titles, told)


def number_to_come(db: Any, act: Resolucion) -> str:
    """The number that follows in the act's series and year, as it would be printed; empty without a series."""
    series = next((one for one in papers.list_series(db) if one.id == act.series_id), None)
    if series is None:
        return ""
    last = max((line.last for line in papers.number_register(db, series.id, act.dated.year)), default=0)
    return NumberMask(series.mask).format(last + 1, act.dated.year)


def warm_signing() -> None:
    """Import what signing needs, while the person still types the password."""
    from sisfoh_desktop.documents import signers, signing, verifying  # noqa: F401


def signer_opener(choice: SignChoice) -> "Callable[[], AbstractContextManager[Signer]]":
    """How the service opens the certificate, on the worker; FileFailed or SigningFailed with their sentence."""
    return partial(_opened, choice)


@contextmanager
def _opened(choice: SignChoice) -> "Iterator[Signer]":
    from sisfoh_desktop.documents.signing import open_pkcs11, open_pkcs12

    if choice.kind == "p12":
        yield open_pkcs12(_certificate_bytes(Path(choice.path)), choice.password)
        return
    with open_pkcs11(choice.library, choice.label, choice.password) as signer:
        yield signer


def _certificate_bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST_CERTIFICATE:
            raise FileFailed(
                f"«{path.name}» es demasiado grande para ser un certificado; no se firmó. Elija el archivo .p12 o .pfx."
            )
        return path.read_bytes()
    except OSError:
        raise FileFailed(
            f"No se pudo leer el certificado «{path.name}»; no se firmó. Revise que el archivo siga ahí."
        ) from None
