"""What waits for each person, and several papers signed at once with one PIN."""

from contextlib import contextmanager, nullcontext

import pytest
from paper_round import KIND, PEOPLE, printed

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.progress import Cancelled
from sisfoh_desktop.documents.signing import open_pkcs12
from sisfoh_desktop.modules.papers import service
from sisfoh_desktop.modules.papers.service import KindHooks, SignRequest


def test_what_each_person_has_to_sign(desk_of):
    first, second = desk_of.freeze(), desk_of.freeze("oficio:2", printed("S/ 2.00"))
    desk_of.inside(first, 0)
    people = {one.label: one for one in service.list_round_people(desk_of.db)}
    assert [people[name].waiting for _, name, _ in PEOPLE] == [1, 1, 0, 0]
    ramos = people["RAMOS LÓPEZ PEDRO PABLO"]
    assert [(one.id, one.before) for one in service.list_waiting(desk_of.db, ramos.key)] == [
        (first, ""), (second, "HUAMÁN PEÑA MARÍA ROSA"),
    ]  # fmt: skip
    assert len(service.list_waiting(desk_of.db)) == 7


def test_several_at_once_with_one_pin(desk_of, monkeypatch):
    monkeypatch.setattr("sisfoh_desktop.modules.papers.service.hooks._kinds", {})
    followed = []
    service.register_kind(
        KIND,
        KindHooks(
            lambda _session, _moment, paper, slot: followed.append((paper.id, slot.field)), lambda *_: None
        ),
    )
    good, damaged, late, also_good, elsewhere = (
        desk_of.freeze(f"oficio:{n}", printed(f"S/ {n}.00"), KIND if n < 5 else "otra_clase")
        for n in range(1, 6)
    )
    stored = desk_of.archive.path(desk_of.paper(damaged).current_sha256)
    stored.chmod(0o644)
    stored.write_bytes(b"%PDF-roto")
    requests = [SignRequest(**desk_of.turn(one)) for one in (good, damaged, late, also_good, elsewhere)]
    desk_of.inside(late, 0)
    followed.clear()
    opened = []

    @contextmanager
    def opener():
        opened.append(1)
        yield open_pkcs12(desk_of.person(0), desk_of.pki.password)

    def run():
        return service.sign_papers(
            desk_of.db, desk_of.archive, **desk_of.who, requests=requests, open_signer=opener, token="lote"
        )

    outcomes = run()
    assert [one.signed for one in outcomes] == [True, False, False, True, False]
    assert "alterado" in outcomes[1].refusal
    assert "ya firmó" in outcomes[2].refusal
    assert "página de donde salió" in outcomes[4].refusal
    assert (followed, opened) == ([(good, "VB1_OGAJ"), (also_good, "VB1_OGAJ")], [1])
    assert [action for action, _, _ in desk_of.trail(good)] == ["paper.freeze", "paper.sign"]
    again = run()
    assert [one.signed for one in again] == [True, False, False, True, False]
    assert followed == [(good, "VB1_OGAJ"), (also_good, "VB1_OGAJ")], "asked again, nothing is signed twice"


def test_a_batch_that_is_stopped_keeps_what_was_signed_and_leaves_the_rest(desk_of):
    first, second, third = (desk_of.freeze(f"oficio:{n}", printed(f"S/ {n}.00")) for n in range(1, 4))
    requests = [SignRequest(**desk_of.turn(one)) for one in (first, second, third)]
    told = []

    def progress(done: int, total: int) -> None:
        told.append((done, total))
        if done:
            raise Cancelled

    outcomes = service.sign_papers(
        desk_of.db, desk_of.archive, **desk_of.who, requests=requests,
        open_signer=lambda: nullcontext(open_pkcs12(desk_of.person(0), desk_of.pki.password)), progress=progress,
    )  # fmt: skip
    assert told == [(0, 3), (1, 3)]
    assert [one.signed for one in outcomes] == [True, False, False]
    assert all("canceló" in one.refusal for one in outcomes[1:])
    assert [action for action, _, _ in desk_of.trail(second)] == ["paper.freeze"]


def test_a_batch_with_nothing_to_sign_asks_no_pin_and_too_many_are_refused(desk_of):
    paper_id = desk_of.freeze()

    def asked():
        raise AssertionError("asked for a PIN in vain")

    stale = SignRequest(**desk_of.turn(paper_id, expected_version=9))
    common = {"open_signer": asked, **desk_of.who}
    (outcome,) = service.sign_papers(desk_of.db, desk_of.archive, requests=[stale], **common)
    assert not outcome.signed
    with pytest.raises(RuleError):
        service.sign_papers(desk_of.db, desk_of.archive, requests=[stale] * 101, **common)
