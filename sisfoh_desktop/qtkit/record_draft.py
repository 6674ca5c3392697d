"""What is typed into a record that a page edits in place: kept on this PC until it is saved, offered after a power cut.

Dialogs have their own keeper (`draft_keeper`), which knows the fields of their forms; here the page says what differs
from what is saved, and how it is put back.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sisfoh_desktop.basics.drafts import Draft, DraftField
from sisfoh_desktop.qtkit.draft_keeper import IDLE_MS, DraftOffer, drafts


class RecordDraft(QObject):
    """Follows one record at a time. Pages call `follow` when another comes on view, `edited` after each change."""

    def __init__(
        self,
        place: QVBoxLayout,
        title: str,
        differing: Callable[[], Sequence[DraftField]],
        bring: Callable[[Draft], object],
        parent: QWidget,
        *,
        row: int = 1,
    ) -> None:
        """The offer stands in `row` of `place`; `title` names what is edited, for the list of recovered drafts.

        `differing` gives what is typed and not saved, `bring` puts a draft on the screen as if it were typed.
        """
        super().__init__(parent)
        self._place, self._row, self._title = place, row, title
        self._differing, self._bring = differing, bring
        self.offer: DraftOffer | None = None
        self._key = self._of = ""
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self.keep)
        app = QCoreApplication.instance()
        assert app is not None
        app.aboutToQuit.connect(self.leave)  # whoever closes the window was asked about what is not saved

    def follow(self, key: str, of: str = "") -> None:
        """The record of this key is on view: offer what was typed into it and never saved. "" keeps nothing.

        `of` tells it from others of its kind, in the list of recovered drafts.
        """
        self.leave()
        self._of = of
        drafts.settle()  # what was saved here a moment ago is gone before it is looked for
        self._key = key
        found = drafts.box.find(key) if key and drafts.box is not None else None
        if found is not None and found.fields:
            self.offer = DraftOffer(found, self)
            self._place.insertWidget(self._row, self.offer)
            self.offer.show()  # at once: what is hidden until it is painted counts as answered

    def edited(self) -> None:
        """Something was typed, saved or taken back."""
        self._idle.start()

    def keep(self) -> None:
        """Write what differs from what is saved; an earlier draft is not written over before it was looked at."""
        self._idle.stop()
        if not self._key or self._is_offered():
            return
        fields = tuple(self._differing())
        if fields:
            title = ": ".join(filter(None, (self._title, self._of)))
            drafts.keep(Draft(self._key, title, drafts.clock.now(), fields))
        else:
            drafts.remove(self._key)

    def take(self, draft: Draft) -> None:
        """Put what was kept back on the screen."""
        self._bring(draft)
        self.keep()

    def forget(self) -> None:
        """Nothing of it stays kept."""
        self._idle.stop()
        if self._key:
            drafts.remove(self._key)

    def leave(self) -> None:
        """The record was left on purpose: saved, or not wanted. What was only offered stays kept."""
        if not self._is_offered():
            self.forget()
        self._idle.stop()
        self._key = ""
        if self.offer is not None:
            self.offer.deleteLater()
            self.offer = None

    def _is_offered(self) -> bool:
        return self.offer is not None and not self.offer.isHidden()
