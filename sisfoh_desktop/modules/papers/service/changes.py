"""What a version of a paper says otherwise than the one that it replaces."""

from dataclasses import dataclass

from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.papers import rules
from sisfoh_desktop.modules.papers.rules import Change, Paper
from sisfoh_desktop.modules.papers.service.issuing import load_paper


@dataclass(frozen=True)
class VersionChanges:
    """The version before and the passages that differ; `reason` is why that one was observed or annulled."""

    before: Paper
    changes: tuple[Change, ...]

    @property
    def reason(self) -> str:
        """`Jefa de Legal: «El monto no cuadra.»`, or why it was annulled."""
        refusal = self.before.refusal
        if refusal is None:
            return self.before.annul_reason
        return f"{refusal.label}: «{refusal.refuse_reason}»"


def changes_since_previous(db: Database, archive: Archive, paper_id: int) -> VersionChanges | None:
    """The frozen bytes of both versions compared by their printed text; None for a first version.

    What stands outside the text's frame (feet, legends, running heads) is left out. FileFailed when the archive fails.
    """
    paper = load_paper(db, paper_id)
    if paper.replaces_id is None:
        return None
    from sisfoh_desktop.documents.page_text import page_texts

    before = load_paper(db, paper.replaces_id)
    old, new = (
        rules.passages(page_texts(archive.get(one.frozen_sha256), framed=True)) for one in (before, paper)
    )
    return VersionChanges(before, tuple(rules.text_changes(old, new)))
