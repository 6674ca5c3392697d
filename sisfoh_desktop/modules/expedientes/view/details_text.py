"""Rows of detail as a clerk types them, one a line: `PROGRAMA | 9002 | NOMBRE`."""

from collections.abc import Sequence

from sisfoh_desktop.modules.expedientes.rules import Detail


def text_of(details: Sequence[Detail]) -> str:
    """The rows as text to edit."""
    return "\n".join(f"{detail.label} | {detail.code} | {detail.text}" for detail in details)


def details_from(text: str) -> tuple[Detail, ...]:
    """The rows typed; two parts are label and text, one is a label alone."""
    found = []
    for line in text.splitlines():
        parts = [part.strip() for part in line.split("|", 2)]
        if not any(parts):
            continue
        if len(parts) == 2:
            parts.insert(1, "")
        label, code, told = (*parts, "", "")[:3]
        found.append(Detail(label, code, told))
    return tuple(found)
