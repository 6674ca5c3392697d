"""A signed act rectified by another: drafted from its errors, checked against what was printed, chained both ways."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import text

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.documents.signing import open_pkcs12
from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.expedientes.rules import ExpedienteState
from sisfoh_desktop.modules.office.rules import CountsFrom
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.plans import service as plans
from sisfoh_desktop.modules.resoluciones import service
from sisfoh_desktop.modules.resoluciones.rules import BlockKind, MaterialError, SignerRole, State
from sisfoh_desktop.modules.resoluciones.rules.delivery import DeliveryWhat
from sisfoh_desktop.modules.resoluciones.service import delivery

LATER = datetime(2024, 4, 12, 9, 0, tzinfo=LIMA)
AMOUNT = MaterialError("el artículo primero", "S/ 312 656.00", "S/ 312 665.00")
REGISTRY = MaterialError("los vistos", "10784-2024", "16784-2024")


class Office:
    """Orders over the case, signed by its author alone so that a round is one signature."""

    def __init__(self, case, archive, pki):
        self.case, self.db, self.archive, self.pki = case, case.db, archive, pki

    def who(self, now=LATER):
        return {"actor": self.case.desk["actor"], "now": now}

    def act(self, resolucion_id):
        return service.load_resolucion(self.db, resolucion_id)

    def draft(self):
        resolucion_id = self.case.draft()
        self.only_author(resolucion_id, self.case.desk["now"])
        return resolucion_id

    def only_author(self, resolucion_id, now=LATER):
        act = self.act(resolucion_id)
        author = tuple(place for place in act.places if place.role is SignerRole.AUTHOR)
        self.save(replace(act, places=author), now)

    def save(self, act, now=LATER):
        return service.save_resolucion(self.db, **self.who(now), resolucion=act, expected_version=act.version)

    def freeze(self, resolucion_id, now=LATER):
        service.freeze_resolucion(
            self.db,
            self.archive,
            **self.who(now),
            resolucion_id=resolucion_id,
            expected_version=self.act(resolucion_id).version,
        )

    def sign(self, resolucion_id, now=LATER):
        paper = papers.load_paper(self.db, self.act(resolucion_id).paper_id)
        signer = open_pkcs12(self.pki.person("QUISPE ÑAUPARI JUAN JOSÉ", "40000001"), self.pki.password)
        service.sign_resolucion(
            self.db,
            self.archive,
            **self.who(now),
            resolucion_id=resolucion_id,
            signer_id=paper.signers[0].id,
            expected_version=paper.version,
            open_signer=lambda: nullcontext(signer),
        )

    def signed(self):
        resolucion_id = self.draft()
        self.freeze(resolucion_id, self.case.desk["now"])
        self.sign(resolucion_id, self.case.desk["now"])
        return resolucion_id

    def rectify(self, resolucion_id, *errors, **changes):
        return service.create_rectification(
            self.db,
            self.archive,
            **self.who(),
            resolucion_id=resolucion_id,
            errors=errors or (AMOUNT,),
            **changes,
        )

    def chain(self, resolucion_id):
        return service.rectifications_of(self.db, resolucion_id)

    def problems(self, resolucion_id):
        view = service.view_resolucion(self.db, resolucion_id, LATER.date())
        return [problem.code for problem in view.problems]


@pytest.fixture
def desk_of(case, archive, pki):
    return Office(case, archive, pki)


def code(call, *arguments, **named):
    with pytest.raises(RuleError) as caught:
        call(*arguments, **named)
    return caught.value.code


def texts(act, kind):
    return [block.text for block in act.blocks if block.kind is kind]


def test_a_rectification_is_drafted_from_its_errors_and_chained_both_ways(desk_of, text_of):
    old = desk_of.signed()
    before = service.resolucion_bytes(desk_of.db, desk_of.archive, old)
    new = desk_of.rectify(old, AMOUNT, REGISTRY)
    act = desk_of.act(new)
    assert act.state is State.DRAFT
    assert (act.plan_id, act.with_annex, act.series_id) == (None, False, desk_of.act(old).series_id)
    assert act.matter == (
        "rectificación de errores materiales de la Resolución de Gerencia Municipal N° 091-2024-GM/MPP"
    )
    first, second, third, fourth = texts(act, BlockKind.ARTICLE)
    assert first.startswith("RECTIFICAR, con efecto retroactivo, los errores materiales contenidos en la ")
    assert (
        "a) En el artículo primero, en el extremo donde dice «S/ 312 656.00», debe decir «S/ 312 665.00»;"
        in first
    )
    assert "b) En los vistos, en el extremo donde dice «10784-2024», debe decir «16784-2024»." in first
    assert second.startswith(
        "MANTENER subsistentes los demás extremos de la Resolución de Gerencia Municipal"
    )
    assert third.startswith("ENCARGAR la notificación")
    assert fourth.startswith(
        "ENCARGAR la remisión de una copia de la presente Resolución a la Dirección General"
    )
    assert texts(act, BlockKind.VISTOS)[0].startswith(
        "La Resolución de Gerencia Municipal N° 091-2024-GM/MPP, de"
    )
    assert any("artículo 212 del Texto Único Ordenado" in one for one in texts(act, BlockKind.CONSIDERANDO))
    assert desk_of.problems(new) == []
    assert desk_of.chain(new).rectifies.number_text == "091-2024-GM/MPP"
    assert desk_of.chain(new).errors == (AMOUNT, REGISTRY)
    assert [(one.id, one.signed) for one in desk_of.chain(old).rectified_by] == [(new, False)]

    desk_of.only_author(new)
    desk_of.freeze(new)
    desk_of.sign(new)
    assert [(one.number_text, one.signed) for one in desk_of.chain(old).rectified_by] == [
        ("092-2024-GM/MPP", True)
    ]
    words = text_of(service.resolucion_bytes(desk_of.db, desk_of.archive, new))
    assert "donde dice «S/ 312 656.00», debe decir «S/ 312 665.00»" in words
    assert "ANEXO" not in words
    assert service.resolucion_bytes(desk_of.db, desk_of.archive, old) == before
    assert service.verify_resolucion(desk_of.db, desk_of.archive, old).sound


def test_signing_it_leaves_the_plan_and_the_expediente_as_the_first_act_left_them(desk_of):
    old = desk_of.signed()
    plan = plans.load_plan(desk_of.db, desk_of.case.plan_id)
    new = desk_of.rectify(old)
    desk_of.only_author(new)
    desk_of.freeze(new)
    desk_of.sign(new)
    assert plans.load_plan(desk_of.db, desk_of.case.plan_id) == plan
    assert (
        expedientes.load_expediente(desk_of.db, desk_of.case.expediente_id).state is ExpedienteState.RESOLVED
    )


def test_only_a_signed_act_is_rectified(desk_of):
    draft = desk_of.draft()
    assert code(desk_of.rectify, draft) == "rectify_unsigned"
    desk_of.freeze(draft, desk_of.case.desk["now"])
    assert code(desk_of.rectify, draft) == "rectify_unsigned"


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (None, "errors_missing"),
        (replace(AMOUNT, says="S/ 999 999.99"), "not_printed"),
        (replace(AMOUNT, must_say=" S/ 312 656.00 "), "nothing_to_rectify"),
        (replace(AMOUNT, says=""), "text_missing"),
        (replace(AMOUNT, must_say=""), "text_missing"),
        (replace(AMOUNT, where=""), "text_missing"),
    ],
)
def test_an_error_must_stand_in_what_was_printed(desk_of, error, expected):
    old = desk_of.signed()
    count = len(service.list_resoluciones(desk_of.db))
    errors = [] if error is None else [error]
    named = {**desk_of.who(), "resolucion_id": old, "errors": errors}
    assert code(service.create_rectification, desk_of.db, desk_of.archive, **named) == expected
    assert len(service.list_resoluciones(desk_of.db)) == count
    assert desk_of.chain(old).rectified_by == ()


def test_what_counts_is_the_paper_and_not_what_its_data_say_today(desk_of):
    """A clerk may have mended the registry in the expediente before the act is rectified."""
    old = desk_of.signed()
    with desk_of.db.transaction() as session:
        session.execute(
            text("UPDATE expediente_document SET registry_number = '16784-2024' WHERE registry_number <> ''")
        )
    assert code(desk_of.rectify, old, MaterialError("los vistos", "16784-2024", "x")) == "not_printed"
    places = service.rectifiable_act(desk_of.db, desk_of.archive, old, LATER.date()).places
    assert "los vistos" not in [place.name for place in places]
    assert "10784-2024" in places[-1].text
    desk_of.rectify(old, REGISTRY)


def test_words_that_cross_lines_tables_and_the_annex_are_found(desk_of):
    old = desk_of.signed()
    printed = service.rectifiable_act(desk_of.db, desk_of.archive, old, LATER.date())
    assert [place.name for place in printed.places][:2] == ["los vistos", "el considerando primero"]
    long = next(place.text for place in printed.places if place.name == "el artículo primero").split("\n")[0]
    for says in (long, "DESARROLLO DE CAPACIDADES", "Informar cada semana."):
        desk_of.rectify(old, MaterialError("otra parte", says, "x"))
    assert len(desk_of.chain(old).rectified_by) == 3


def test_a_rectifying_act_can_be_rectified(desk_of):
    old = desk_of.signed()
    new = desk_of.rectify(old)
    desk_of.only_author(new)
    desk_of.freeze(new)
    desk_of.sign(new)
    third = desk_of.rectify(new, MaterialError("el artículo primero", "S/ 312 665.00", "S/ 312 656.10"))
    assert desk_of.chain(new).rectifies.id == old
    assert [one.id for one in desk_of.chain(new).rectified_by] == [third]
    assert desk_of.problems(third) == []


def test_articles_that_lost_the_correction_stop_the_freeze(desk_of):
    new = desk_of.rectify(desk_of.signed())
    act = desk_of.act(new)
    blocks = tuple(
        replace(block, text=block.text.replace("312 665", "312 666"))
        if block.kind is BlockKind.ARTICLE
        else block
        for block in act.blocks
    )
    desk_of.save(replace(act, blocks=blocks))
    assert desk_of.problems(new) == ["rectification_differs"]
    act = desk_of.act(new)
    desk_of.save(replace(act, dated=date(2024, 3, 1)))
    assert "rectified_later" in desk_of.problems(new)


def test_other_errors_are_written_anew_where_the_earlier_ones_stood(desk_of):
    new = desk_of.rectify(desk_of.signed())
    act = desk_of.act(new)
    count = len(act.blocks)
    named = {**desk_of.who(), "resolucion_id": new, "expected_version": act.version}
    version = service.change_errors(desk_of.db, desk_of.archive, **named, errors=[REGISTRY])
    changed = desk_of.act(new)
    assert (changed.version, len(changed.blocks)) == (version, count)
    assert "10784-2024" in texts(changed, BlockKind.ARTICLE)[0]
    assert not any("312 656" in one for one in texts(changed, BlockKind.ARTICLE))
    assert desk_of.chain(new).errors == (REGISTRY,)
    assert desk_of.problems(new) == []
    with pytest.raises(StaleRow):
        service.change_errors(desk_of.db, desk_of.archive, **named, errors=[AMOUNT])
    assert desk_of.chain(new).errors == (REGISTRY,)


def test_its_documents_are_those_that_came_after_the_rectified_act(desk_of):
    old = desk_of.signed()
    new = desk_of.rectify(old)
    assert service.view_resolucion(desk_of.db, new, LATER.date()).untold == ()
    later = replace(desk_of.case, desk={**desk_of.case.desk, "now": LATER})
    later.register("ULE", "GM", "090-2024-ULE/MPP", date(2024, 4, 10), says=("advierte el error.",))
    assert len(service.view_resolucion(desk_of.db, new, LATER.date()).untold) == 1
    service.bring_documents(
        desk_of.db, **desk_of.who(), resolucion_id=new, expected_version=desk_of.act(new).version
    )
    act = desk_of.act(new)
    assert "advertido en ella; y el {doc." in texts(act, BlockKind.VISTOS)[0]
    assert texts(act, BlockKind.VISTOS)[0].count(".vistos}") == 1
    assert desk_of.problems(new) == []


def test_the_next_act_of_the_series_does_not_take_its_words(desk_of):
    desk_of.rectify(desk_of.signed())
    draft = service.load_resolucion(desk_of.db, desk_of.case.draft())
    assert not any(one.startswith("RECTIFICAR") for one in texts(draft, BlockKind.ARTICLE))


def test_a_repeated_order_makes_one_draft_and_both_histories_tell_it(desk_of):
    old = desk_of.signed()
    new = desk_of.rectify(old, token="t1")
    assert desk_of.rectify(old, token="t1") == new
    assert len(desk_of.chain(old).rectified_by) == 1
    assert any("Rectificación preparada" in line.what for line in service.history(desk_of.db, new))
    assert any("Otra resolución la rectifica" in line.what for line in service.history(desk_of.db, old))


def test_what_rectifies_a_remitted_act_is_remitted_too(desk_of):
    old = desk_of.signed()
    new = desk_of.rectify(old)
    desk_of.only_author(new)
    desk_of.freeze(new)
    desk_of.sign(new)
    again = desk_of.rectify(new, MaterialError("el artículo primero", "S/ 312 665.00", "S/ 312 656.10"))
    desk_of.only_author(again)
    desk_of.freeze(again)
    desk_of.sign(again)
    for one in (new, again):
        shown = delivery.view_delivery(desk_of.db, one, LATER.date())
        assert shown.must_remit
        assert (shown.clock.event, shown.clock.event_on) == (CountsFrom.ISSUE, LATER.date())
        assert shown.clock.due == date(2024, 4, 17)
    owed = [
        line
        for line in delivery.list_deliveries(desk_of.db, LATER.date())
        if line.what is DeliveryWhat.REMISSION
    ]
    assert [line.resolucion_id for line in owed] == [again, new, old]
