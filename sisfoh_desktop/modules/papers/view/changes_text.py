"""What a version changed, as text with the words that went and came marked: struck out, and underlined."""

from html import escape

from sisfoh_desktop.basics.word_changes import Stretch, StretchKind, word_changes
from sisfoh_desktop.modules.papers.rules import ChangeKind
from sisfoh_desktop.modules.papers.service import VersionChanges
from sisfoh_desktop.qtkit.marked_words import marked_html

_MOST_WORDS = 4_000  # of one passage: beyond, marking word by word tells nobody anything


def changes_html(found: VersionChanges | None) -> str:
    """The changes to be read beside the page; words and not only colours say which is which."""
    if found is None:
        return "<p>Es la primera versión de este documento.</p>"
    number = f"versión {found.before.edition}"
    reason = f"<p><b>Por qué se rehízo la {number}:</b> {escape(found.reason)}</p>" if found.reason else ""
    if not found.changes:
        return f"{reason}<p>El texto es igual al de la {number}.</p>"
    count = len(found.changes)
    said = "1 pasaje cambió" if count == 1 else f"{count} pasajes cambiaron"
    parts = [reason, f"<p><b>{said} desde la {number}:</b></p>"]
    for change in found.changes:
        if change.kind is ChangeKind.ADDED:
            parts.append(f"<p><b>Agregado:</b> {_came(change.after)}</p>")
        elif change.kind is ChangeKind.REMOVED:
            parts.append(f"<p><b>Quitado:</b> {_went(change.before)}</p>")
        else:
            parts.append(f"<p><b>Cambiado:</b> {_marked(change.before, change.after)}</p>")
    return "".join(parts)


def _marked(before: str, after: str) -> str:
    if len(before.split()) + len(after.split()) > _MOST_WORDS:
        return f"{_went(before)} {_came(after)}"
    return marked_html(word_changes(before, after))


def _went(words: str) -> str:
    return marked_html([Stretch(StretchKind.REMOVED, words)])


def _came(words: str) -> str:
    return marked_html([Stretch(StretchKind.ADDED, words)])
