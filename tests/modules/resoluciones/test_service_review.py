"""Findings of an act on a real base: what stops the freeze, accepting with a reason, taking that back."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from sisfoh_desktop.basics.errors import FileFailed, RuleError, StaleRow
from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.resoluciones import rules, service
from sisfoh_desktop.modules.resoluciones.rules import Severity, State
from sisfoh_desktop.modules.resoluciones.service import review as reviewing

MALFORMED = "S/ 41 18 230.00"


def refusal(expected: str, call, *arguments, **named) -> str:
    with pytest.raises(RuleError) as caught:
        call(*arguments, **named)
    assert caught.value.code == expected
    return caught.value.sentence


def write(case, resolucion_id: int, *words: str, block: int = 1) -> int:
    """Add sentences to a block of the draft."""
    act = service.load_resolucion(case.db, resolucion_id)
    changed = rules.rewritten(act.blocks, block, " ".join((act.blocks[block].text, *words)))
    return service.save_resolucion(
        **case.desk, resolucion=replace(act, blocks=changed), expected_version=act.version
    )


def freeze(case, archive, resolucion_id: int) -> int:
    return service.freeze_resolucion(
        case.db,
        archive,
        actor=case.desk["actor"],
        now=case.desk["now"],
        resolucion_id=resolucion_id,
        expected_version=service.load_resolucion(case.db, resolucion_id).version,
    )


def blocking(case, resolucion_id: int) -> rules.Finding:
    (found,) = service.review_resolucion(case.db, resolucion_id).blocking
    return found


def accept(
    case, resolucion_id: int, found: rules.Finding, reason: str = "Así vino el oficio", **more: Any
) -> None:
    service.accept_finding(
        **case.desk,
        resolucion_id=resolucion_id,
        code=found.code,
        fingerprint=found.fingerprint,
        reason=reason,
        **more,
    )


def trail(case, resolucion_id: int) -> list[tuple[str, str]]:
    with case.db.reading() as session:
        rows = session.execute(
            text("SELECT action, reason FROM audit_entry WHERE subject = :subject ORDER BY id"),
            {"subject": f"resolucion:{resolucion_id}"},
        )
        return [
            (row.action, row.reason) for row in rows if "finding" in row.action or "acceptance" in row.action
        ]


def test_the_small_office_contradicts_itself_in_nothing_that_blocks(case) -> None:
    review = service.review_resolucion(case.db, case.draft())
    assert {(one.code, one.severity) for one in review.findings} == {
        ("not_in_vistos", Severity.WARNS),
        ("period_before_approval", Severity.WARNS),
        ("chain_incomplete", Severity.WARNS),
        ("chain_name_differs", Severity.STYLE),
    }
    assert review.blocking == ()


def test_a_contradiction_stops_the_freeze_and_says_what_to_do(case, archive) -> None:
    draft = case.draft()
    write(case, draft, f"Que, se asignó {MALFORMED}.", "En tres (05) días hábiles.")
    sentence = refusal("amount_malformed", freeze, case, archive, draft)
    assert MALFORMED in sentence
    assert "acéptelo con motivo" in sentence
    assert "Hay 1 observación más" in sentence
    assert service.load_resolucion(case.db, draft).state is State.DRAFT
    assert papers.number_register(case.db, case.series_id, 2024)[-1].last == 90


def test_the_screen_hears_of_it(case) -> None:
    draft = case.draft()
    write(case, draft, f"Que, se asignó {MALFORMED}.")
    view = service.view_resolucion(case.db, draft, date(2024, 3, 8))
    assert view.problems == ()
    assert [problem.code for problem in view.obstacles] == ["amount_malformed"]
    assert view.obstacles[0].block == 1


def test_accepted_with_a_reason_it_stops_nothing_and_the_trail_knows(case, archive) -> None:
    draft = case.draft()
    write(case, draft, f"Que, se asignó {MALFORMED}.")
    found = blocking(case, draft)
    accept(case, draft, found)
    review = service.review_resolucion(case.db, draft)
    assert review.blocking == ()
    (acceptance,) = review.accepted
    assert (acceptance.accepted_by, acceptance.reason) == ("prueba", "Así vino el oficio")
    assert acceptance.accepted_at == case.desk["now"]
    assert found in review.findings, "accepted findings stay in sight"
    assert trail(case, draft) == [("resolucion.accept_finding", "Así vino el oficio")]
    freeze(case, archive, draft)
    frozen = service.review_resolucion(case.db, draft)
    assert frozen.accepted == review.accepted
    assert MALFORMED in frozen.accepted[0].sentence


def test_it_holds_only_while_what_was_compared_stays_the_same(case) -> None:
    draft = case.draft()
    write(case, draft, f"Que, se asignó {MALFORMED}.")
    accept(case, draft, blocking(case, draft))
    write(case, draft, "Que, nada más.", block=2)
    assert service.review_resolucion(case.db, draft).blocking == (), "another text changed"
    write(case, draft, "Y también S/ 4 1 230.00.")
    assert "S/ 4 1 230.00" in blocking(case, draft).sentence
    act = service.load_resolucion(case.db, draft)
    fixed = rules.rewritten(act.blocks, 1, "Que, ya se corrigió a S/ 41 118 230.00.")
    service.save_resolucion(**case.desk, resolucion=replace(act, blocks=fixed), expected_version=act.version)
    assert service.review_resolucion(case.db, draft).accepted == ()
    assert len(service.list_acceptances(case.db, draft)) == 1, "what was accepted is not forgotten"


def test_taken_back_it_counts_again(case, archive) -> None:
    draft = case.draft()
    write(case, draft, f"Que, se asignó {MALFORMED}.")
    found = blocking(case, draft)
    named = {**case.desk, "resolucion_id": draft, "code": found.code, "fingerprint": found.fingerprint}
    refusal("finding_not_accepted", service.withdraw_acceptance, **named)
    accept(case, draft, found)
    refusal("finding_accepted", accept, case, draft, found)
    service.withdraw_acceptance(**named, reason="Llegó el oficio corregido")
    assert service.review_resolucion(case.db, draft).blocking == (found,)
    refusal("amount_malformed", freeze, case, archive, draft)
    accept(case, draft, found, "Al final no llegó")
    assert [action for action, _ in trail(case, draft)] == [
        "resolucion.accept_finding",
        "resolucion.withdraw_acceptance",
        "resolucion.accept_finding",
    ]
    assert [one.withdrawn for one in service.list_acceptances(case.db, draft)] == [False, True, False]


def test_without_a_reason_or_for_a_finding_that_is_gone_nothing_is_kept(case) -> None:
    draft = case.draft()
    write(case, draft, f"Que, se asignó {MALFORMED}.")
    found = blocking(case, draft)
    refusal("reason_missing", accept, case, draft, found, "  ")
    refusal("text_too_long", accept, case, draft, found, "x" * 1001)
    assert "cambió" in refusal("finding_gone", accept, case, draft, replace(found, fingerprint="0" * 32))
    assert service.list_acceptances(case.db, draft) == []


def test_several_findings_are_accepted_together_or_not_at_all(case) -> None:
    draft = case.draft()
    write(case, draft, f"Que, se asignó {MALFORMED}.", "En tres (05) días hábiles.")
    keys = [(one.code, one.fingerprint) for one in service.review_resolucion(case.db, draft).blocking]
    named = {**case.desk, "resolucion_id": draft, "reason": "Así consta"}
    refusal("finding_gone", service.accept_findings, **named, keys=[*keys, ("amount_malformed", "0")])
    assert service.list_acceptances(case.db, draft) == []
    service.accept_findings(**named, keys=keys)
    assert service.review_resolucion(case.db, draft).blocking == ()


def test_the_same_token_accepts_once(case) -> None:
    draft = case.draft()
    write(case, draft, f"Que, se asignó {MALFORMED}.")
    found = blocking(case, draft)
    accept(case, draft, found, token="once")
    accept(case, draft, found, token="once")
    assert len(service.list_acceptances(case.db, draft)) == 1


def test_a_frozen_act_is_reviewed_and_accepts_nothing_more(case, archive) -> None:
    draft = case.draft()
    freeze(case, archive, draft)
    view = service.view_resolucion(case.db, draft, date(2024, 3, 8))
    assert view.review.findings
    assert view.obstacles == ()
    found = view.review.findings[0]
    refusal("not_draft", accept, case, draft, found)
    refusal(
        "not_draft",
        service.withdraw_acceptance,
        **case.desk,
        resolucion_id=draft,
        code=found.code,
        fingerprint=found.fingerprint,
    )


def test_an_acceptance_taken_back_at_the_last_moment_stops_the_freeze(case, archive, monkeypatch) -> None:
    draft = case.draft()
    write(case, draft, f"Que, se asignó {MALFORMED}.")
    found = blocking(case, draft)
    accept(case, draft, found)
    reserve = papers.reserve_number
    once = []

    def taken_back_meanwhile(*arguments, **named):
        number = reserve(*arguments, **named)
        once.append(number)
        return number

    monkeypatch.setattr(papers, "reserve_number", taken_back_meanwhile)
    build = service.issuing.build

    def build_and_withdraw(*arguments, **named):
        built = build(*arguments, **named)
        service.withdraw_acceptance(
            **case.desk, resolucion_id=draft, code=found.code, fingerprint=found.fingerprint
        )
        return built

    monkeypatch.setattr(service.issuing, "build", build_and_withdraw)
    with pytest.raises(StaleRow):
        freeze(case, archive, draft)
    assert once
    assert service.load_resolucion(case.db, draft).state is State.DRAFT


def test_found_by_number_or_by_id(case, archive) -> None:
    draft = case.draft()
    assert service.find_for_review(case.db, f" {draft} ").id == draft
    freeze(case, archive, draft)
    assert service.find_for_review(case.db, "091-2024-GM/MPP").id == draft
    refusal("resolucion_unknown", service.find_for_review, case.db, "999-2024-GM/MPP")
    refusal("resolucion_unknown", service.find_for_review, case.db, "4242")
    refusal("resolucion_unknown", service.review_resolucion, case.db, 4242)


def test_an_act_without_plan_nor_annex_is_reviewed_too(case) -> None:
    expediente_id = expedientes.create_expediente(**case.desk, title="Sin plan")
    expedientes.register_document(
        **case.desk,
        expediente_id=expediente_id,
        entry=expedientes.load_expediente(case.db, case.expediente_id).documents[0].entry,
        even_if_duplicate=True,
    )
    draft = service.create_resolucion(**case.desk, expediente_id=expediente_id, series_id=case.series_id)
    assert service.review_resolucion(case.db, draft).blocking == ()


def test_what_other_organs_and_styles_begin_with_contradicts_itself_in_nothing_that_blocks(case) -> None:
    service.bring_models(**case.desk)
    models = service.list_models(case.db)
    assert {model.style for model in models} >= {"ARTÍCULO {n}.-", "Artículo {n}°.-"}
    for model in models:
        review = service.review_resolucion(case.db, case.draft(model_id=model.id))
        assert review.blocking == (), model.name


def test_rows_of_acceptances_are_only_added(case) -> None:
    draft = case.draft()
    write(case, draft, f"Que, se asignó {MALFORMED}.")
    accept(case, draft, blocking(case, draft))
    for statement in ("UPDATE resolucion_acceptance SET reason = 'x'", "DELETE FROM resolucion_acceptance"):
        with pytest.raises(Exception, match="append-only"), case.db.transaction() as session:
            session.execute(text(statement))


def test_a_damaged_file_of_words_is_told_in_a_sentence(case, monkeypatch, tmp_path) -> None:
    draft = case.draft()
    bad = tmp_path / "fixed_words.toml"
    bad.write_text("synonyms = [", encoding="utf-8")
    monkeypatch.setattr(reviewing, "resource", lambda *_parts: bad)
    reviewing._vocabulary.cache_clear()
    with pytest.raises(FileFailed) as caught:
        service.review_resolucion(case.db, draft)
    assert "fixed_words.toml" in caught.value.sentence
    monkeypatch.undo()
    reviewing._vocabulary.cache_clear()
