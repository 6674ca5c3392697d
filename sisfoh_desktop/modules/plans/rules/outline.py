"""The minimum outline of the plan: which sections it has, in which order, and which table each one carries.

The official outline of the directive could not be read; this one follows the steps that MIDIS teaches and a real
plan's contents, so that what is missing warns and does not forbid.
"""

from collections.abc import Sequence

from sisfoh_desktop.modules.plans.rules.facts import PlanSection, SectionKind

OUTLINE: tuple[tuple[SectionKind, str], ...] = (
    (SectionKind.COVER, "Datos generales"),
    (SectionKind.INTRODUCTION, "Introducción"),
    (SectionKind.JUSTIFICATION, "Justificación"),
    (SectionKind.LEGAL_FRAMEWORK, "Marco normativo"),
    (SectionKind.OBJECTIVES, "Objetivos y meta"),
    (SectionKind.ZONE, "Zona de intervención"),
    (SectionKind.STRATEGY, "Estrategia general"),
    (SectionKind.PHASES, "Fases"),
    (SectionKind.STAFF, "Recursos humanos"),
    (SectionKind.MATERIALS, "Recursos materiales"),
    (SectionKind.MATRIX, "Matriz físico-financiera"),
    (SectionKind.BUDGET, "Presupuesto"),
    (SectionKind.SCHEDULE, "Cronograma"),
    (SectionKind.FOLLOW_UP, "Seguimiento"),
    (SectionKind.ANNEXES, "Anexos"),
)

# Sections whose table is made from the plan's data: they say something even without a text of their own.
_TABLED = frozenset(
    {
        SectionKind.COVER,
        SectionKind.OBJECTIVES,
        SectionKind.ZONE,
        SectionKind.PHASES,
        SectionKind.MATRIX,
        SectionKind.BUDGET,
        SectionKind.SCHEDULE,
    }
)


def outline_sections() -> tuple[PlanSection, ...]:
    """The sections of a new plan: the whole outline, still without text."""
    return tuple(PlanSection(kind, title) for kind, title in OUTLINE)


def missing_sections(sections: Sequence[PlanSection]) -> list[str]:
    """Titles of the outline that the plan lacks, or has without a word where no table speaks for them."""
    told = {section.kind for section in sections if section.text.strip() or section.kind in _TABLED}
    return [title for kind, title in OUTLINE if kind not in told]


def paragraphs_of(section: PlanSection) -> list[str]:
    """The section's paragraphs, without blank ones."""
    return [line.strip() for line in section.text.split("\n") if line.strip()]
