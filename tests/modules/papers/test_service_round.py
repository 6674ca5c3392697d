"""The round by its three routes, what is refused on the way, the version after a refusal, two people at once."""

import threading
from datetime import date, timedelta

import pytest
from paper_round import KIND, PEOPLE, png, printed

from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.documents.signing import open_pkcs12, sign_field
from sisfoh_desktop.modules.papers import service
from sisfoh_desktop.modules.papers.rules import ChangeKind, NumberState, PaperState, Route


def refused(round_, call, *args, **kwargs):
    """The code of the refusal, after which everything is as before."""
    before = round_.state()
    with pytest.raises(RuleError) as caught:
        call(*args, **kwargs)
    assert caught.value.sentence.endswith(".")
    assert round_.state() == before
    return caught.value.code


def test_a_round_by_all_three_routes_to_its_end(either):
    paper_id = either.freeze()
    assert either.inside(paper_id, 0).state is PaperState.SIGNING
    either.bring(paper_id, either.signed_outside(paper_id, 1, own_box=(300, 20, 480, 60)))
    either.ink(paper_id)
    signed = either.bring(paper_id, either.signed_outside(paper_id, 3))
    assert signed.state is PaperState.SIGNED
    assert [one.route for one in signed.signers] == [Route.INSIDE, Route.OUTSIDE, Route.INK, Route.OUTSIDE]
    assert Route.INSIDE.label == "No acreditado ante IOFE"
    by_hand = signed.signers[2]
    assert (by_hand.signed_on, by_hand.pages, by_hand.recorded_by) == (
        date(2024, 3, 8),
        str(signed.pages),
        "prueba",
    )
    assert service.ink_scan(either.db, either.archive, paper_id=paper_id, signer_id=by_hand.id) == png()
    deputy = signed.signers[1]
    assert (deputy.acting, deputy.appointed_by, deputy.signed_field) == (
        True, "Memorando N° 12-2024", "Refirma VB2_OGPP",
    )  # fmt: skip
    result = service.verify_paper(either.db, either.archive, paper_id=paper_id)
    assert (result.findings, result.headline) == (
        (), "3 firmas íntegras y 1 en tinta; los bytes son los del archivo",
    )  # fmt: skip
    assert [line.route for line in result.lines] == [
        "No acreditado ante IOFE", "Fuera del programa", "Fuera del programa", "En tinta",
    ]  # fmt: skip
    (line,) = service.number_register(either.db, either.series_id, 2024)
    assert line.state is NumberState.FIXED
    actions = [action for action, _, _ in either.trail(paper_id)]
    assert actions == ["paper.freeze", "paper.sign", "paper.export", "paper.sign", "paper.sign", "paper.export",
                       "paper.sign"]  # fmt: skip
    assert service.check_archive(either.db, either.archive) == []


def test_a_round_all_in_ink_ends_without_a_digital_signature(desk_of):
    paper_id = desk_of.freeze()
    for _ in PEOPLE:
        desk_of.ink(paper_id)
    result = service.verify_paper(desk_of.db, desk_of.archive, paper_id=paper_id)
    assert (result.paper.state, result.sound) == (PaperState.SIGNED, True)
    assert result.headline == "4 en tinta, ninguna digital; los bytes son los que se congelaron"


def test_what_goes_out_are_the_archived_bytes_and_it_is_noted(desk_of):
    paper_id = desk_of.freeze()
    exported = desk_of.export(paper_id)
    paper = desk_of.paper(paper_id)
    assert (
        exported.data
        == service.paper_bytes(desk_of.db, desk_of.archive, paper_id)
        == desk_of.export(paper_id).data
    )
    assert (exported.file_name, exported.field) == ("001-2024-GM-MPT_VB1_OGAJ.pdf", "VB1_OGAJ")
    assert paper.signers[0].exported_at == desk_of.who["now"]
    assert paper.version == 1, "a paper does not change by going out"


def test_each_file_that_is_not_taken(desk_of):
    paper_id, other_id = (
        desk_of.freeze(),
        desk_of.freeze("oficio:2", printed("S/ 9.00", ["Otra cosa. "] * 40)),
    )
    before_first = desk_of.export(paper_id).data
    desk_of.inside(paper_id, 0)
    frozen = desk_of.export(paper_id).data
    good = desk_of.signed_outside(paper_id, 1)
    cases = {
        "same_version": frozen,
        "other_person": desk_of.sign_outside(frozen, "VB2_OGPP", desk_of.person(2)),
        "earlier_signature_missing": desk_of.sign_outside(before_first, "VB2_OGPP", desk_of.person(1)),
        "other_place": desk_of.sign_outside(frozen, "AUTOR_GM", desk_of.person(3)),
        "several_signatures": desk_of.sign_outside(good, "VB3_GDES", desk_of.person(2)),
    }
    for expected, data in cases.items():
        assert refused(desk_of, desk_of.bring, paper_id, data) == expected
    other = desk_of.sign_outside(desk_of.export(other_id).data, "VB1_OGAJ", desk_of.person(0))
    assert refused(desk_of, desk_of.bring, paper_id, other) in ("other_document", "page_changed")
    assert desk_of.bring(paper_id, good).signers[1].route is Route.OUTSIDE


def test_the_missing_signature_is_named(desk_of):
    paper_id = desk_of.freeze()
    out = desk_of.export(paper_id).data
    desk_of.inside(paper_id, 0)
    with pytest.raises(RuleError, match="Falta la firma anterior de HUAMÁN PEÑA MARÍA ROSA"):
        desk_of.bring(paper_id, desk_of.sign_outside(out, "VB2_OGPP", desk_of.person(1)))


def test_ink_is_checked(desk_of):
    paper_id = desk_of.freeze()
    for changes, expected in (
        ({"pages": ""}, "pages_missing"),
        ({"pages": "uno"}, "pages_invalid"),
        ({"pages": "1-99"}, "pages_outside"),
        ({"pages": "1"}, "pages_without_box"),
        ({"pages": "todas"}, "scan_short"),
        ({"signed_on": date(2024, 3, 9)}, "ink_in_future"),
        ({"signed_on": date(2024, 3, 7)}, "ink_before_freeze"),
        ({"note": "x" * 501}, "note_long"),
        ({"scan": b"GIF89a"}, "scan_kind"),
        ({"scan": b"\x89PNG\r\n\x1a\n roto"}, "scan_damaged"),
        ({"scan": b"%PDF-1.4 roto"}, "scan_damaged"),
    ):
        assert refused(desk_of, desk_of.ink, paper_id, **changes) == expected
    assert refused(
        desk_of, service.ink_scan, desk_of.db, desk_of.archive, paper_id=paper_id,
        signer_id=desk_of.paper(paper_id).signers[0].id,
    ) == "not_in_ink"  # fmt: skip


def test_every_page_signed_with_a_scan_of_as_many(desk_of):
    built = printed()
    paper_id = desk_of.freeze(built=built)
    signed = desk_of.ink(paper_id, pages="todas", scan=built.pdf).signers[0]
    assert signed.pages == f"1-{built.pages}"


def test_a_scan_that_is_gone_is_found(desk_of):
    paper_id = desk_of.freeze()
    scan = desk_of.ink(paper_id).signers[0].scan_sha256
    desk_of.archive.path(scan).unlink()
    assert not service.verify_paper(desk_of.db, desk_of.archive, paper_id=paper_id).sound
    (problem,) = service.check_archive(desk_of.db, desk_of.archive)
    assert problem.startswith("001-2024-GM/MPT, firma en tinta de OGAJ")


def test_a_refusal_gives_version_two_the_same_number_and_shows_what_changed(either):
    first = either.freeze()
    either.inside(first, 0)
    seen = []
    observed = either.refuse(
        first, " El monto no cuadra. ", on_refused=lambda _session, paper_id: seen.append(paper_id)
    )
    assert (seen, observed.state) == ([first], PaperState.REFUSED)
    assert (observed.refusal.label, observed.refusal.refuse_reason) == (
        "RAMOS LÓPEZ PEDRO PABLO", "El monto no cuadra.",
    )  # fmt: skip
    assert observed.signers[0].signed_at is not None, "what was signed stays visible"
    assert either.trail(first)[-1][0::2] == ("paper.refuse", "El monto no cuadra.")
    (line,) = service.number_register(either.db, either.series_id, 2024)
    assert line.state is NumberState.RESERVED
    second = either.freeze(built=printed("S/ 312 665.00", ["Que se agrega este considerando."]))
    paper = either.paper(second)
    assert (paper.number_text, paper.edition, paper.replaces_id) == ("001-2024-GM/MPT", 2, first)
    changes = service.changes_since_previous(either.db, either.archive, second)
    assert changes.reason == "RAMOS LÓPEZ PEDRO PABLO: «El monto no cuadra.»"
    (change,) = changes.changes
    assert (change.kind, change.before) == (ChangeKind.CHANGED, "Que el plan cuesta S/ 312 656.00.")
    assert change.after == "Que el plan cuesta S/ 312 665.00. Que se agrega este considerando."
    assert service.changes_since_previous(either.db, either.archive, first) is None
    assert service.find_paper(either.db, kind=KIND, number_text="001-2024-GM/MPT").id == second
    for number in range(4):
        either.inside(second, number)
    assert either.paper(second).state is PaperState.SIGNED
    assert [one.text for one in service.number_register(either.db, either.series_id, 2024)] == [
        "001-2024-GM/MPT"
    ]


def test_whoever_signs_later_may_observe_now_but_not_after_signing(desk_of):
    paper_id = desk_of.freeze()
    desk_of.inside(paper_id, 0)
    slots = desk_of.paper(paper_id).signers
    assert refused(desk_of, desk_of.refuse, paper_id, signer_id=slots[0].id) == "already_signed"
    assert refused(desk_of, desk_of.refuse, paper_id, " ") == "reason_missing"
    desk_of.refuse(paper_id, signer_id=slots[3].id)
    assert refused(desk_of, desk_of.inside, paper_id, 1) == "paper_refused"
    assert refused(desk_of, desk_of.refuse, paper_id) == "paper_refused"
    version = desk_of.paper(paper_id).version
    assert refused(
        desk_of, service.annul_paper, desk_of.db, **desk_of.who, paper_id=paper_id, expected_version=version, reason="x"
    ) == "already_refused"  # fmt: skip


def test_the_version_is_looked_at_before_a_pin_is_asked(desk_of):
    paper_id = desk_of.freeze()

    def asked():
        raise AssertionError("the PIN was asked although somebody changed the paper")

    with pytest.raises(StaleRow):
        service.sign_paper(
            desk_of.db, desk_of.archive, **desk_of.who, open_signer=asked,
            **desk_of.turn(paper_id, expected_version=7),
        )  # fmt: skip


def test_the_same_token_does_each_thing_once(desk_of):
    paper_id = desk_of.freeze()
    data = desk_of.signed_outside(paper_id, 0)
    turn = desk_of.turn(paper_id)
    for _ in range(2):
        service.bring_back_paper(
            desk_of.db, desk_of.archive, **desk_of.who, data=data, token="t-fuera", **turn
        )
    turn = desk_of.turn(paper_id)
    for _ in range(2):
        desk_of.ink(paper_id, **turn, token="t-tinta")
    turn = desk_of.turn(paper_id)
    for _ in range(2):
        desk_of.refuse(paper_id, **turn, token="t-obs")
    assert [one.route for one in desk_of.paper(paper_id).signers] == [Route.OUTSIDE, Route.INK, None, None]


def test_a_paper_whose_module_has_not_said_what_follows_is_not_signed(desk_of):
    """A resolución signed from a list that does not know it would be signed without approving its plan."""
    paper_id = desk_of.freeze(kind="otra_clase")
    data = desk_of.signed_outside(paper_id, 0)
    before = desk_of.paper(paper_id)
    for act in (
        lambda: desk_of.inside(paper_id, 0),
        lambda: desk_of.ink(paper_id, **desk_of.turn(paper_id)),
        lambda: desk_of.refuse(paper_id, on_refused=None),
        lambda: service.bring_back_paper(
            desk_of.db, desk_of.archive, **desk_of.who, data=data, **desk_of.turn(paper_id)
        ),
    ):
        with pytest.raises(RuleError, match="se firma en la página de donde salió"):
            act()
    assert desk_of.paper(paper_id).signers == before.signers


def test_two_people_at_once_on_one_place(either):
    paper_id = either.freeze()
    turn = either.turn(paper_id)
    data = either.signed_outside(paper_id, 0)
    start, results, lock = threading.Barrier(3), [], threading.Lock()

    def attempt(call):
        start.wait()
        try:
            call()
            found = "done"
        except (StaleRow, RuleError) as error:
            found = type(error).__name__
        with lock:
            results.append(found)

    signer = either.opener(0)
    calls = [
        lambda: service.bring_back_paper(either.db, either.archive, **either.who, data=data, **turn),
        lambda: service.sign_paper(either.db, either.archive, **either.who, open_signer=signer, **turn),
        lambda: either.refuse(paper_id, **turn),
    ]
    threads = [threading.Thread(target=attempt, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results.count("done") == 1
    assert len(results) == 3
    paper = either.paper(paper_id)
    assert paper.version == 2
    assert len([one for one in either.trail(paper_id) if one[0] in ("paper.sign", "paper.refuse")]) == 1
    assert service.check_archive(either.db, either.archive) == []


def test_an_annulled_version_is_followed_too(desk_of):
    first = desk_of.freeze()
    service.annul_paper(
        desk_of.db, **desk_of.who, paper_id=first, expected_version=1, reason="Error de fecha"
    )
    second = desk_of.paper(desk_of.freeze())
    assert (second.edition, second.replaces_id, second.number_text) == (2, first, "002-2024-GM/MPT")
    changes = service.changes_since_previous(desk_of.db, desk_of.archive, second.id)
    assert (changes.reason, changes.changes) == ("Error de fecha", ())


def test_a_signature_dated_ahead_of_this_pc_is_recorded_as_of_now(desk_of):
    paper_id = desk_of.freeze()
    brought = desk_of.bring(paper_id, desk_of.signed_outside(paper_id, 0))
    assert brought.signers[0].signed_at == desk_of.who["now"], (
        "the other program signed today, later than the test's now"
    )


def test_a_signature_dated_before_the_freeze_is_recorded_as_of_now(desk_of):
    paper_id = desk_of.freeze()
    signer = open_pkcs12(desk_of.person(0), desk_of.pki.password)
    early = desk_of.who["now"] - timedelta(days=20)
    returned = sign_field(
        desk_of.export(paper_id).data, field="VB1_OGAJ", signer=signer, reason="Doy V° B°", when=early
    )
    assert desk_of.bring(paper_id, returned).signers[0].signed_at == desk_of.who["now"]
