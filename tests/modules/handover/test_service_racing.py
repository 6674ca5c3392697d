"""Two people work on one handover at once: one acta, one number, and the other is told."""

import threading

import pytest

from sisfoh_desktop.basics.errors import StaleRow
from sisfoh_desktop.modules.handover.rules.checks import PAPER_KIND
from sisfoh_desktop.modules.handover.service import drafts, issuing
from sisfoh_desktop.modules.papers import service as papers


def test_two_who_issue_at_once_make_one_acta(either_cargo, archive, now, monkeypatch):
    """The second comes while the first builds the paper, when its number is not reserved yet."""
    db, who = either_cargo.db, {"actor": either_cargo.admin, "now": now}
    handover_id = drafts.add_handover(db, **who, handover=either_cargo.draft())
    collect, inside = issuing.collecting.collect, []

    def slow(*what, **how):
        lines = collect(*what, **how)
        if not inside:
            inside.append(1)
            other = threading.Thread(
                target=issuing.issue_acta,
                args=(db, archive),
                kwargs={**who, "handover_id": handover_id, "expected_version": 1},
            )
            other.start()
            other.join(60)
        return lines

    monkeypatch.setattr(issuing.collecting, "collect", slow)
    with pytest.raises(StaleRow):
        issuing.issue_acta(db, archive, **who, handover_id=handover_id, expected_version=1)
    assert drafts.load_handover(db, handover_id).number_text.startswith("001-")
    assert len(papers.list_papers(db, kinds=(PAPER_KIND,))) == 1
    again = either_cargo.issue(archive, now)
    assert again.number_text.startswith("002-"), "no number is left without a paper"
