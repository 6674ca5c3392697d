"""The history of an act: its draft, its papers and their signatures, and what followed the signature."""

from sisfoh_desktop.basics.history import HistoryLine
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.history import history_of
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules.history import HISTORY_WORDS as PAPER_WORDS
from sisfoh_desktop.modules.resoluciones.rules.history import HISTORY_WORDS
from sisfoh_desktop.modules.resoluciones.service.delivery.publication import CONSTANCIA_KIND
from sisfoh_desktop.modules.resoluciones.service.delivery.remission import LETTER_KIND
from sisfoh_desktop.modules.resoluciones.service.drafts import subject_of


def history(db: Database, resolucion_id: int) -> list[HistoryLine]:
    """What happened to an act, newest first: every version of its paper, its number, its deliveries."""
    subject = subject_of(resolucion_id)
    made = papers.subjects_of(db, subject)
    named = {one: _other_paper(db, int(one.partition(":")[2])) for one in made}
    return history_of(db, [subject, *made], [HISTORY_WORDS, PAPER_WORDS], named=named)


def _other_paper(db: Database, paper_id: int) -> str:
    """What a line calls an oficio or a constancia; nothing for the act itself, whose history it is."""
    paper = papers.load_paper(db, paper_id)
    if paper.kind not in (LETTER_KIND, CONSTANCIA_KIND):
        return ""
    return paper.title.partition(": ")[0]
