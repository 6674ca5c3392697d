"""Facts and checks of a resolución: its blocks and locked data, the first draft, what a clerk may change, states.

Plain Python; one file a subject.
"""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names
from sisfoh_desktop.modules.papers.rules import SignerRole

if TYPE_CHECKING:
    from sisfoh_desktop.modules.resoluciones.rules.checks import (
        Problem,
        Signer,
        check_can_annul,
        check_can_edit,
        check_can_freeze,
        check_has_paper,
        field_name,
        problems_before_freeze,
        verb_and_rest,
    )
    from sisfoh_desktop.modules.resoluciones.rules.chips import (
        Piece,
        adopt,
        chip,
        chip_label,
        chips_of,
        compose,
        escape,
        missing_chips,
        missing_words,
        pieces_of,
        readable,
        render,
        unknown_chip,
    )
    from sisfoh_desktop.modules.resoluciones.rules.coherence import (
        Dossier,
        Finding,
        Place,
        PlaceKind,
        Severity,
        Vocabulary,
        dossier_of,
    )
    from sisfoh_desktop.modules.resoluciones.rules.comparing import (
        ChangeKind,
        Part,
        PartChange,
        changes_only,
        compare_parts,
    )
    from sisfoh_desktop.modules.resoluciones.rules.drafting import (
        considerando_of,
        draft_blocks,
        first_source,
        in_vistos_form,
        missing_documents,
        source_of,
        vistos_block,
        with_missing_documents,
    )
    from sisfoh_desktop.modules.resoluciones.rules.editing import (
        block_names,
        can_add,
        can_move,
        can_remove,
        check_places,
        clean_blocks,
        clean_line,
        clean_matter,
        moved,
        rewritten,
        with_new,
        without,
    )
    from sisfoh_desktop.modules.resoluciones.rules.facts import (
        TABLE_CHAIN,
        TABLE_DETAILS,
        USUAL_VISTOS,
        ArticleStyle,
        Block,
        BlockKind,
        DraftSource,
        Headings,
        Origin,
        Resolucion,
        ResolucionLine,
        SignerPlace,
        SourceText,
        State,
        article_head,
    )
    from sisfoh_desktop.modules.resoluciones.rules.models import (
        ActModel,
        ActModelLine,
        ModelPlace,
        ModelVersionLine,
        PlacesFound,
        check_article_mask,
        check_vistos_form,
        clean_headings,
        clean_model,
        model_blocks,
        model_of,
        places_on,
        shipped_model,
        source_of_model,
        style_example,
        usual_styles,
        with_model_blocks,
    )
    from sisfoh_desktop.modules.resoluciones.rules.printing import (
        PrintedAct,
        PrintedBlock,
        printed_act,
        vistos_heading,
    )
    from sisfoh_desktop.modules.resoluciones.rules.rectifying import (
        SUBSTANCE_REMINDER,
        ActRef,
        LegalBase,
        MaterialError,
        PrintedPlace,
        Rectifications,
        chain_label,
        chain_mark,
        chain_words,
        check_can_rectify,
        check_errors,
        legal_base,
        printed_places,
        rectification_problems,
    )
    from sisfoh_desktop.modules.resoluciones.rules.rectifying_words import (
        rectifying_blocks,
        rectifying_headings,
        rectifying_matter,
        with_documents_to_tell,
        with_errors,
    )
    from sisfoh_desktop.modules.resoluciones.rules.restoring import (
        Altered,
        ReturnedPart,
        ReturnedPiece,
    )
    from sisfoh_desktop.modules.resoluciones.rules.returning import (
        BlockReturn,
        ReadBack,
        RemarkBack,
        block_tag,
        chip_tag,
        compare_returned,
        with_taken,
    )
    from sisfoh_desktop.modules.resoluciones.rules.review import (
        ACCEPT_REASON_LIMIT,
        Acceptance,
        Review,
        acceptances_in_force,
        check_can_accept,
        check_can_withdraw,
        clean_accept_reason,
        problem_of,
    )
    from sisfoh_desktop.modules.resoluciones.rules.values import (
        ActData,
        ChainTable,
        chain_tables,
        chip_values,
        details_of,
        key_of,
    )
    from sisfoh_desktop.modules.resoluciones.rules.versions import (
        ActVersion,
        act_parts,
    )
else:
    __getattr__ = late_names(
        __name__,
        {
            "checks": (
                "Problem Signer check_can_annul check_can_edit check_can_freeze "
                "check_has_paper field_name problems_before_freeze verb_and_rest"
            ),
            "chips": (
                "Piece adopt chip chip_label chips_of compose escape missing_chips missing_words "
                "pieces_of readable render unknown_chip"
            ),
            "coherence": "Dossier Finding Place PlaceKind Severity Vocabulary dossier_of",
            "comparing": "ChangeKind Part PartChange changes_only compare_parts",
            "drafting": (
                "considerando_of draft_blocks first_source in_vistos_form missing_documents source_of "
                "vistos_block with_missing_documents"
            ),
            "editing": (
                "block_names can_add can_move can_remove check_places clean_blocks clean_line "
                "clean_matter moved rewritten with_new without"
            ),
            "facts": (
                "TABLE_CHAIN TABLE_DETAILS USUAL_VISTOS ArticleStyle Block BlockKind DraftSource "
                "Headings Origin Resolucion ResolucionLine SignerPlace SourceText State article_head"
            ),
            "models": (
                "ActModel ActModelLine ModelPlace ModelVersionLine PlacesFound check_article_mask "
                "check_vistos_form clean_headings clean_model model_blocks model_of places_on "
                "shipped_model source_of_model style_example usual_styles with_model_blocks"
            ),
            "printing": "PrintedAct PrintedBlock printed_act vistos_heading",
            "rectifying": (
                "SUBSTANCE_REMINDER ActRef LegalBase MaterialError PrintedPlace Rectifications "
                "chain_label chain_mark chain_words check_can_rectify check_errors legal_base "
                "printed_places rectification_problems"
            ),
            "rectifying_words": (
                "rectifying_blocks rectifying_headings rectifying_matter with_documents_to_tell with_errors"
            ),
            "restoring": "Altered ReturnedPart ReturnedPiece",
            "returning": ("BlockReturn ReadBack RemarkBack block_tag chip_tag compare_returned with_taken"),
            "review": (
                "ACCEPT_REASON_LIMIT Acceptance Review acceptances_in_force check_can_accept "
                "check_can_withdraw clean_accept_reason problem_of"
            ),
            "values": "ActData ChainTable chain_tables chip_values details_of key_of",
            "versions": "ActVersion act_parts",
        },
    )

__all__ = [
    "ACCEPT_REASON_LIMIT",
    "SUBSTANCE_REMINDER",
    "TABLE_CHAIN",
    "TABLE_DETAILS",
    "USUAL_VISTOS",
    "Acceptance",
    "ActData",
    "ActModel",
    "ActModelLine",
    "ActRef",
    "ActVersion",
    "Altered",
    "ArticleStyle",
    "Block",
    "BlockKind",
    "BlockReturn",
    "ChainTable",
    "ChangeKind",
    "Dossier",
    "DraftSource",
    "Finding",
    "Headings",
    "LegalBase",
    "MaterialError",
    "ModelPlace",
    "ModelVersionLine",
    "Origin",
    "Part",
    "PartChange",
    "Piece",
    "Place",
    "PlaceKind",
    "PlacesFound",
    "PrintedAct",
    "PrintedBlock",
    "PrintedPlace",
    "Problem",
    "ReadBack",
    "Rectifications",
    "RemarkBack",
    "Resolucion",
    "ResolucionLine",
    "ReturnedPart",
    "ReturnedPiece",
    "Review",
    "Severity",
    "Signer",
    "SignerPlace",
    "SignerRole",
    "SourceText",
    "State",
    "Vocabulary",
    "acceptances_in_force",
    "act_parts",
    "adopt",
    "article_head",
    "block_names",
    "block_tag",
    "can_add",
    "can_move",
    "can_remove",
    "chain_label",
    "chain_mark",
    "chain_tables",
    "chain_words",
    "changes_only",
    "check_article_mask",
    "check_can_accept",
    "check_can_annul",
    "check_can_edit",
    "check_can_freeze",
    "check_can_rectify",
    "check_can_withdraw",
    "check_errors",
    "check_has_paper",
    "check_places",
    "check_vistos_form",
    "chip",
    "chip_label",
    "chip_tag",
    "chip_values",
    "chips_of",
    "clean_accept_reason",
    "clean_blocks",
    "clean_headings",
    "clean_line",
    "clean_matter",
    "clean_model",
    "compare_parts",
    "compare_returned",
    "compose",
    "considerando_of",
    "details_of",
    "dossier_of",
    "draft_blocks",
    "escape",
    "field_name",
    "first_source",
    "in_vistos_form",
    "key_of",
    "legal_base",
    "missing_chips",
    "missing_documents",
    "missing_words",
    "model_blocks",
    "model_of",
    "moved",
    "pieces_of",
    "places_on",
    "printed_act",
    "printed_places",
    "problem_of",
    "problems_before_freeze",
    "readable",
    "rectification_problems",
    "rectifying_blocks",
    "rectifying_headings",
    "rectifying_matter",
    "render",
    "rewritten",
    "shipped_model",
    "source_of",
    "source_of_model",
    "style_example",
    "unknown_chip",
    "usual_styles",
    "verb_and_rest",
    "vistos_block",
    "vistos_heading",
    "with_documents_to_tell",
    "with_errors",
    "with_missing_documents",
    "with_model_blocks",
    "with_new",
    "with_taken",
    "without",
]
