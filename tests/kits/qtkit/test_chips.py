"""A state is shape + word + colour."""

from sisfoh_desktop.qtkit.chips import SHAPES, Chip, marked


def test_each_state_has_its_own_shape():
    told = {tone: SHAPES[tone] for tone in ("ok", "warn", "danger", "dim", "accent")}
    assert len(set(told.values())) == len(told)


def test_the_chip_says_its_word(qtbot):
    chip = Chip("danger", "Vencido")
    qtbot.addWidget(chip)
    assert chip.text() == marked("danger", "Vencido") == "■ Vencido"
    assert chip.accessibleName() == "Estado: Vencido"
    chip.set_state("ok", "Vigente")
    assert chip.word == "Vigente"
    assert chip.property("chip") == "ok"


def test_an_empty_chip_takes_no_colour(qtbot):
    chip = Chip()
    qtbot.addWidget(chip)
    assert chip.text() == ""
    assert not chip.property("chip")
