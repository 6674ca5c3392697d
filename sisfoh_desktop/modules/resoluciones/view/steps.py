"""What to do next: in the list, and with the act on view. The words of "Siguiente paso" and why it waits."""

from collections.abc import Callable

from sisfoh_desktop.modules.papers.rules import Paper, PaperSigner, next_signer
from sisfoh_desktop.modules.resoluciones.rules import State
from sisfoh_desktop.modules.resoluciones.service import ResolucionView
from sisfoh_desktop.modules.resoluciones.view.loading import ListRow
from sisfoh_desktop.qtkit.page import NextStep

Run = Callable[[], object]


def who_signs(slot: PaperSigner) -> str:
    """The person with their post, or the office while nobody is registered."""
    return f"{slot.label}, {slot.position}" if slot.position else slot.label


def step_in_list(row: ListRow | None, *, new: Run, open_row: Run) -> NextStep:
    """With the list on view: go on with the chosen act, or begin one."""
    if row is None:
        return NextStep(
            "Redacte la resolución",
            "VISTOS y considerandos salen de los documentos del expediente; usted completa la prosa.",
            "Nueva resolución",
            run=new,
        )
    name = row.line.number_text or "Borrador de resolución"
    if row.line.state is State.DRAFT:
        text, button = "Revise el texto y congélelo para numerarlo y firmarlo.", "Abrir el borrador"
    elif row.line.state in (State.FROZEN, State.SIGNING):
        text, button = f"Sigue {row.waits_for}. Tiene {row.signatures} firmas.", "Abrir para firmar"
    else:
        text = "Tiene todas sus firmas. Ábrala para verificarlas o imprimirla."
        button = "Abrir la resolución"
    return NextStep(name, text, button, run=open_row)


def step_to_save(*, busy: bool, save: Run) -> NextStep:
    """Something was edited that is only on the screen."""
    return NextStep(
        "Guarde los cambios",
        "Lo escrito está solo en esta pantalla. Al guardar se revisa si ya se puede congelar.",
        "Guardar",
        enabled=not busy,
        reason="Un momento: se está guardando.",
        run=save,
    )


def step_of_draft(view: ResolucionView, *, kept: str, busy: bool, freeze: Run) -> NextStep:
    """Freeze it, or see what stops that; `kept` is the number of a version that was observed."""
    obstacles, untold = view.obstacles, len(view.untold)
    reason = "Un momento: se está guardando."
    if obstacles:
        more = f" Y {len(obstacles) - 1} más, en Observaciones (F9)." if len(obstacles) > 1 else ""
        reason = f"{obstacles[0].sentence}{more}"
    late = ""
    if untold:
        what = "un documento" if untold == 1 else f"{untold} documentos"
        late = f" El texto todavía no cuenta {what} del expediente."
    signers = len(view.resolucion.places)
    number = f"Conserva el número {kept}" if kept else "Toma el número que sigue"
    return NextStep(
        f"Congelar la versión {view.resolucion.draft_round}" if kept else "Congelar y numerar",
        f"{number} y fija el PDF que firmarán sus {signers} firmantes.{late}",
        "Congelar" if kept else "Congelar y numerar",
        enabled=not obstacles and not busy,
        reason=reason,
        run=freeze,
    )


def step_of_paper(paper: Paper | None, *, busy: bool, sign: Run, bring: Run, verify: Run) -> NextStep:
    """The next signature, bringing back what went out to be signed, or looking at all signatures."""
    turn = next_signer(paper) if paper is not None else None
    if turn is not None and turn.exported_at is not None:
        return NextStep(
            f"Traer la firma de {turn.label}",
            f"El PDF salió el {turn.exported_at:%d/%m/%Y a las %H:%M}. Cuando vuelva firmado, tráigalo; también "
            "se puede firmar aquí o registrar la firma en tinta.",
            "Traer de vuelta…",
            enabled=not busy,
            reason="Un momento: se está firmando.",
            run=bring,
        )
    if paper is not None and turn is not None:
        return NextStep(
            f"Firmar: sigue {turn.label}",
            f"Firma {turn.order} de {len(paper.signers)}, {who_signs(turn)}: «{turn.motive}».",
            "Firmar…",
            enabled=not busy,
            reason="Un momento: se está firmando.",
            run=sign,
        )
    return NextStep(
        "Verificar",
        "Tiene todas sus firmas. Compruébelas antes de notificar la resolución.",
        "Verificar firmas",
        run=verify,
    )
