"""What the parts of the page share: the area that they change, how a paper is shown."""

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.qtkit.page import Desk

CHANGE = "handover"
MANAGE = "handover.make"


def show_pdf(over: QWidget, desk: Desk, pdf: bytes, title: str, file_name: str) -> None:
    """Show a paper over a window, to be printed or saved."""
    from sisfoh_desktop.documents import rendering
    from sisfoh_desktop.qtkit.preview import open_preview

    open_preview(
        rendering,
        desk.tasks,
        pdf,
        title,
        file_name=file_name,
        kind="handover",
        over=over,
    )
