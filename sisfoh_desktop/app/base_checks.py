"""Every check of a base, its archive and its numbers, for `comprobar` and for the window: which ones, in which order.

What each of them looks at is its own module's.
"""

from collections.abc import Callable
from datetime import datetime

from sisfoh_desktop.basics.errors import EnvironmentFailed
from sisfoh_desktop.basics.progress import Progress
from sisfoh_desktop.db.checks import Check, check_database
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.guards import check_structure
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.safekeeping.service.checking import register_checks


def check_base(
    db: Database, archive: Callable[[], Archive], now: datetime, progress: Progress
) -> list[Check]:
    """The report, line by line; reads only, but for what an interrupted write left in the archive.

    `progress` is told between two checks and may stop them there.
    """
    from sisfoh_desktop.modules.expedientes import service as expedientes
    from sisfoh_desktop.modules.handover.service.checking import check_handovers
    from sisfoh_desktop.modules.kardex.service.checking import check_kardex
    from sisfoh_desktop.modules.papers import service as papers
    from sisfoh_desktop.modules.people.service.checking import check_users
    from sisfoh_desktop.modules.poi.service import evidence
    from sisfoh_desktop.modules.poi.service.checking import check_poi
    from sisfoh_desktop.modules.resoluciones.service import delivery
    from sisfoh_desktop.modules.responsibilities import service as responsibilities

    def archived_papers() -> list[str]:
        kept = archive()
        kept.tidy(now)
        return papers.check_archive(db, kept)

    def kept_files() -> list[str]:
        kept = archive()
        return [
            *expedientes.check_attachments(db, kept),
            *delivery.check_delivery_files(db, kept),
            *responsibilities.check_evidence_files(db, kept),
            *evidence.check_evidence_files(db, kept),
        ]

    jobs: tuple[Callable[[], list[Check]], ...] = (
        lambda: check_database(db),
        lambda: check_structure(db),
        lambda: check_users(db),
        lambda: [_told("archivo", archived_papers, "Todo papel guardado coincide con su huella.")],
        lambda: [_told("adjuntos", kept_files, "Todo archivo adjunto coincide con su huella.")],
        lambda: [
            _told("correlativos", lambda: papers.check_numbers(db), "Ningún número falta en los registros.")
        ],
        lambda: check_kardex(db),
        lambda: check_poi(db),
        lambda: check_handovers(db),
    )
    checks: list[Check] = []
    for done, job in enumerate(jobs):
        progress(done, len(jobs))
        checks += job()
    progress(len(jobs), len(jobs))
    return checks


def _told(name: str, job: Callable[[], list[str]], sound: str) -> Check:
    try:
        problems = job()
    except EnvironmentFailed as error:  # a damaged part must not hide what the other checks find
        problems = [error.sentence]
    return Check(name, not problems, " ".join(problems) or sound)


register_checks(check_base)
