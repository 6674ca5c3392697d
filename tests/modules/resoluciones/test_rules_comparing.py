"""What changed between two texts: nothing is lost on either side, and a part is found again by what it says."""

from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.word_changes import Stretch, StretchKind
from sisfoh_desktop.modules.resoluciones import rules
from sisfoh_desktop.modules.resoluciones.rules import ChangeKind, Part

texts = st.text(alphabet="abc ,.ñÑ\n\u00a01", max_size=60)
parts = st.lists(
    st.builds(Part, st.sampled_from(["considerando", "articulo"]), st.just("x"), texts), max_size=8
)


@given(parts, parts)
def test_every_part_of_both_sides_is_told_once(old: list[Part], new: list[Part]) -> None:
    changes = rules.compare_parts(old, new)
    assert [change.new for change in changes if change.new is not None] == new
    assert sorted((change.old for change in changes if change.old is not None), key=repr) == sorted(
        old, key=repr
    )
    for change in changes:
        assert without(StretchKind.ADDED, change.stretches) == (change.old.text if change.old else "")
        assert without(StretchKind.REMOVED, change.stretches) == (change.new.text if change.new else "")


def without(kind: StretchKind, stretches: tuple[Stretch, ...]) -> str:
    return "".join(one.text for one in stretches if one.kind is not kind)


def part(name: str, text: str) -> Part:
    return Part("considerando", name, text)


def test_a_part_put_in_between_leaves_the_others_the_same() -> None:
    old = [
        part("Considerando 1", "Que, la ley manda."),
        part("Considerando 2", "Que, el plan pide tres carros."),
    ]
    new = [old[0], part("Considerando 2", "Que, llegó otro oficio."), part("Considerando 3", old[1].text)]
    changes = rules.compare_parts(old, new)
    assert [change.kind for change in changes] == [ChangeKind.SAME, ChangeKind.ADDED, ChangeKind.SAME]
    assert [change.name for change in rules.changes_only(changes)] == ["Considerando 2"]


def test_a_reworded_part_shows_its_words() -> None:
    old = [part("Considerando 1", "Que, el plazo es de tres días hábiles desde la emisión.")]
    new = [part("Considerando 1", "Que, el plazo es de cinco días hábiles desde la emisión.")]
    (change,) = rules.compare_parts(old, new)
    assert change.kind is ChangeKind.CHANGED
    assert [(one.kind, one.text) for one in change.stretches if one.kind is not StretchKind.SAME] == [
        (StretchKind.REMOVED, " tres"),
        (StretchKind.ADDED, " cinco"),
    ]


def test_a_part_that_only_moved_says_so() -> None:
    a, b, c = (part(name, f"Que, {name} {name} manda otra cosa {name}.") for name in ("uno", "dos", "tres"))
    kinds = {change.name: change.kind for change in rules.compare_parts([a, b, c], [c, a, b])}
    assert ChangeKind.MOVED in kinds.values()
    assert ChangeKind.REMOVED not in kinds.values()


def test_another_part_is_not_taken_for_the_old_one() -> None:
    changes = rules.compare_parts(
        [part("1", "Que, el plan pide carros.")], [part("1", "Visto lo resuelto ayer;")]
    )
    assert [change.kind for change in changes] == [ChangeKind.ADDED, ChangeKind.REMOVED]
