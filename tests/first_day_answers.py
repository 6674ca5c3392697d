"""Answers at the assistant of the first day, and what the base has afterwards, for its tests."""

from sisfoh_desktop.modules.office.service import first_day as office
from sisfoh_desktop.qtkit.messages import Toast

PASSWORD = "tres casas azules"


def standing(window):
    """What the base has, read as another program would."""
    from sisfoh_desktop.db.database import Database

    db = Database.open(window.desk.db.path if window.desk else window._opened.db.path)
    from sisfoh_desktop.db.database import allow_current_thread, forbid_current_thread

    allow_current_thread()
    try:
        return office.load_standing(db, window.clock.now().date())
    finally:
        forbid_current_thread()
        db.close()


def fill(dialog, settle) -> None:
    """Everything that has to be answered, one person, no copy."""
    dialog.municipality.form.set_values(
        {"name": "Municipalidad Provincial de Tacna", "short_name": "MPT", "place_name": "Tacna"}
    )
    dialog.municipality.ubigeo.set_value("230101")
    dialog.show_page("officers")
    write(dialog.officers.table, "GM", "name", "Rosa Quispe Mamani")
    dialog.holidays.table.add_row({"day": "28/08", "name": "Reincorporación", "norm": "Ley 1"})
    dialog.copy.choose(dialog.copy.LATER)
    dialog.show_page("review")
    settle()


def write(table, unit: str, key: str, text: str) -> None:
    place = [column.key for column in table._columns].index(key)
    row = [row["unit"] for row in table.rows()].index(unit)
    table.item(row, place).setText(text)


def toasts(window) -> str:
    return " ".join(one.accessibleName() for one in window.findChildren(Toast) if not one.isHidden())
