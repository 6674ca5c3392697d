"""The blank row as a draft of this PC (`qtkit.record_draft`): what is typed in it and not registered, and back."""

from sisfoh_desktop.basics.dni import without_eight_figures
from sisfoh_desktop.basics.drafts import Draft, DraftField
from sisfoh_desktop.modules.kardex.view.register_cells import CELLS, EXTRAS, NAMES
from sisfoh_desktop.modules.kardex.view.register_entry import EntryRow

DRAFT_TITLE = "Fila del kardex sin registrar"
ROW_TAKEN = "La fila ya tiene algo escrito: regístrelo o vacíela con Esc, y después recupere lo de antes."
_DNI_LENGTH = 8
_NUMBERS = ("first", "last", "count")


def draft_key(campaign_id: int) -> str:
    """Under which name the row of a campaign is kept; "" without one."""
    return f"kardex:row:{campaign_id}" if campaign_id else ""


def typed_cells(row: EntryRow) -> tuple[DraftField, ...]:
    """What is typed, field by field; the date alone is nothing. A DNI is masked, wherever it was typed."""
    if not row.has_content():
        return ()
    texts = {name: _covered(row, name, text) for name, text in row.texts().items()}
    return tuple(
        DraftField(name, NAMES[name], "", texts[name], texts[name])
        for name in (*CELLS, *EXTRAS)
        if texts[name].strip()
    )


def bring_cells(row: EntryRow, draft: Draft) -> bool:
    """Fill an empty row as if typed, with the cursor in it; False for one that holds a movement of its own."""
    if row.has_content():
        row.tell(ROW_TAKEN, "warn")  # two halves would make a movement that nobody meant
        return False
    row.take_texts(
        {one.name: one.typed for one in draft.fields if one.name in NAMES and isinstance(one.typed, str)}
    )
    row.start()
    return True


def _covered(row: EntryRow, name: str, text: str) -> str:
    """Eight figures are a number only where the chosen form bears so many."""
    form_type = row.form_type
    if name in _NUMBERS and form_type is not None and form_type.number_width >= _DNI_LENGTH:
        return text
    return without_eight_figures(text)
