"""What a version changed, as text with the words that went and came marked: struck out, and underlined."""

from difflib import SequenceMatcher
from html import escape

from sisfoh_desktop.modules.papers.rules import ChangeKind
from sisfoh_desktop.modules.papers.service import VersionChanges
from sisfoh_desktop.qtkit.theme import current_tokens

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
    old, new = before.split(), after.split()
    if len(old) + len(new) > _MOST_WORDS:
        return f"{_went(before)} {_came(after)}"
    parts = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(
        a=old, b=new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            parts.append(escape(" ".join(old[old_from:old_to])))
            continue
        if old_to > old_from:
            parts.append(_went(" ".join(old[old_from:old_to])))
        if new_to > new_from:
            parts.append(_came(" ".join(new[new_from:new_to])))
    return " ".join(parts)


def _went(words: str) -> str:
    return f'<s style="color:{current_tokens().danger}">{escape(words)}</s>'


def _came(words: str) -> str:
    return f'<u style="color:{current_tokens().ok}">{escape(words)}</u>'
