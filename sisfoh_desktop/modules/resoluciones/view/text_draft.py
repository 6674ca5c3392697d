"""The text of a draft as it is typed: kept on this PC while it is not saved, offered again after a power cut.

The forms of dialogs have their own keeper; here what is kept are the parts of the act that differ from the saved ones.
"""

import json
from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sisfoh_desktop.basics.drafts import Draft, DraftField
from sisfoh_desktop.modules.resoluciones import rules
from sisfoh_desktop.modules.resoluciones.rules import Block, BlockKind, Origin, Resolucion
from sisfoh_desktop.modules.resoluciones.view.block_rows import rows_of
from sisfoh_desktop.qtkit.draft_keeper import IDLE_MS, DraftOffer, drafts

_TITLE = "Texto de la resolución en borrador"
_WHOLE = "="  # before a field's name: parts were added, moved or removed, and all of them are kept


class TextDraft(QObject):
    """Keeps the typed text of the act on view; `act` and `saved` are as the record has them."""

    def __init__(
        self,
        place: QVBoxLayout,
        act: Callable[[], Resolucion],
        saved: Callable[[], Resolucion | None],
        read: Callable[[str], str],
        bring: Callable[[Sequence[Block]], object],
        parent: QWidget,
    ) -> None:
        """`place` is where the offer stands, `read` gives a text as one reads it, `bring` puts blocks on the screen."""
        super().__init__(parent)
        self._place, self._act, self._saved, self._read, self._bring = place, act, saved, read, bring
        self.offer: DraftOffer | None = None
        self._key = ""
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self.keep)
        app = QCoreApplication.instance()
        assert app is not None
        app.aboutToQuit.connect(self.leave)  # whoever closes the window was asked about what is not saved

    def follow(self, act: Resolucion, *, editable: bool) -> None:
        """Another act is on view: offer what was typed into it and never saved."""
        self.leave()
        if not editable:
            return
        self._key = f"resolucion:text:{act.id}"
        found = drafts.box.find(self._key) if drafts.box is not None else None
        if found is not None and found.fields:
            self.offer = DraftOffer(found, self)
            self._place.insertWidget(1, self.offer)

    def edited(self) -> None:
        """Something was typed, saved or taken back."""
        self._idle.start()

    def keep(self) -> None:
        """Write what differs from the saved text; an earlier draft is not written over before it was looked at."""
        self._idle.stop()
        saved = self._saved()
        if not self._key or saved is None or self._is_offered():
            return
        fields = self._fields(saved, self._act())
        if fields:
            drafts.keep(Draft(self._key, _TITLE, drafts.clock.now(), fields))
        else:
            drafts.remove(self._key)

    def take(self, draft: Draft) -> None:
        """Put what was kept into its parts; the others stay as they are now."""
        self._bring(_restored(self._act().blocks, draft))
        self.keep()

    def forget(self) -> None:
        """Nothing of it stays kept."""
        self._idle.stop()
        if self._key:
            drafts.remove(self._key)

    def leave(self) -> None:
        """The act was left on purpose: its text was saved, or not wanted. What was only offered stays kept."""
        if not self._is_offered():
            self.forget()
        self._idle.stop()
        self._key = ""
        if self.offer is not None:
            self.offer.deleteLater()
            self.offer = None

    # -- inside ----------------------------------------------------------------------------------------

    def _is_offered(self) -> bool:
        return self.offer is not None and not self.offer.isHidden()

    def _fields(self, saved: Resolucion, act: Resolucion) -> tuple[DraftField, ...]:
        if saved.blocks == act.blocks:
            return ()
        whole = [block.kind for block in saved.blocks] != [block.kind for block in act.blocks]
        fields = []
        for row in rows_of(act, {}, {}):
            before = saved.blocks[row.index] if row.index < len(saved.blocks) else None
            if whole or row.block != before:
                said = self._read(before.text) if before is not None else ""
                name = f"{_WHOLE if whole else ''}{row.index}"
                fields.append(DraftField(name, row.name, said, self._read(row.block.text), _told(row.block)))
        return tuple(fields)


def _told(block: Block) -> str:
    return json.dumps([block.kind, block.text, block.table, block.document_id, block.origin])


def _block(typed: str | bool) -> Block | None:
    """The part as it was kept; None for a damaged one."""
    try:
        kind, text, table, document_id, origin = json.loads(str(typed))
        number = int(document_id) if document_id is not None else None
        return Block(BlockKind(kind), str(text), str(table), number, Origin(origin))
    except (ValueError, TypeError):
        return None


def _restored(blocks: Sequence[Block], draft: Draft) -> tuple[Block, ...]:
    """The parts as they stand with what was kept in them; what has no place any more is a part of its own."""
    kept = [(one.name, block) for one in draft.fields if (block := _block(one.typed)) is not None]
    if kept and all(name.startswith(_WHOLE) for name, _block_kept in kept):
        return tuple(block for _name, block in kept)
    now = tuple(blocks)
    for name, block in kept:
        index = int(name) if name.isascii() and name.isdigit() and len(name) < 6 else len(now)
        if index >= len(now) or now[index].kind is not block.kind:
            now, index = rules.with_new(now, block.kind, -1)
        now = tuple(block if place == index else one for place, one in enumerate(now))
    return now
