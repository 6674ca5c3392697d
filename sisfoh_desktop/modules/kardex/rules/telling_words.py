"""The sentences of each kind of difference: what was found, what to do. `{n}`, `{s}`, `{o}` and `{io}` are endings
that follow the number of forms."""

from collections.abc import Mapping

from sisfoh_desktop.modules.kardex.rules.differences import DifferenceKind

WORDS: Mapping[DifferenceKind, tuple[str, str]] = {
    DifferenceKind.LEDGER_UNBALANCED: (
        (
            "de {holder}, {condition}, el saldo dice {balance}, los movimientos suman {summed} y los formularios son "
            "{placed}."
        ),
        "Esto no debe ocurrir: no registre más movimientos de este formulario, ejecute «comprobar» y pida ayuda.",
    ),
    DifferenceKind.USED_NOT_DIGITISED: (
        "usada{s} por {holder} el {used_on}, no está{n} entre lo digitado hasta el {cut}.",
        "Búsquela{s}: entréguela{s} a digitación si todavía no la{s} tiene, o pida que la{s} digiten.",
    ),
    DifferenceKind.DIGITISED_NOT_USED: (
        "digitada{s}{declared} y nadie registró su uso.",
        "Registre el uso con su día, o pida a digitación que revise el número.",
    ),
    DifferenceKind.DIGITISED_IN_STORE: (
        "digitada{s}{declared} y {where}.",
        (
            "Cuente el almacén: si no está{n}, falta registrar la distribución y el uso; si está{n}, lo digitado tiene "
            "otro número."
        ),
    ),
    DifferenceKind.DIGITISED_UNKNOWN: (
        "digitada{s}{declared} y nunca se recib{io}.",
        "Revise el número con digitación; si existe, falta registrar su recepción.",
    ),
    DifferenceKind.DIGITISED_TWICE: (
        "digitada{s} dos veces: {first} y {second}.",
        "Pida a digitación que deje una sola y anule la otra.",
    ),
    DifferenceKind.DIGITISED_ANNULLED: (
        "digitada{s}{declared} y está{n} anulada{s} por {holder}.",
        "Aclare cuál vale: pida que retiren lo digitado, o proponga un ajuste con dos aprobaciones.",
    ),
    DifferenceKind.DIGITISED_LOST: (
        "reaparece{n}: digitada{s}{declared} y figura{n} como extraviada{s} por {holder}.",
        "Recupere el papel y revierta el extravío o proponga un ajuste; avise a quien recibió el informe de extravío.",
    ),
    DifferenceKind.DIGITISED_DAMAGED: (
        "digitada{s}{declared} y figura{n} como deteriorada{s} por {holder}.",
        "Si se pudo leer, proponga un ajuste a usada; si no, pida que retiren lo digitado.",
    ),
    DifferenceKind.DIGITISED_WRITTEN_OFF: (
        "digitada{s}{declared} y figura{n} de baja.",
        "Revise el documento de la baja: pida que retiren lo digitado, o proponga un ajuste con dos aprobaciones.",
    ),
    DifferenceKind.DIGITISED_BY_ANOTHER: (
        "la{s} tenía {holder} y lo digitado dice que la{s} aplicó {applied_by}.",
        "Si hubo un cambio de manos, registre la transferencia; si no, pida a digitación que corrija el nombre.",
    ),
    DifferenceKind.DIGITISED_BEFORE_HANDED_OUT: (
        "lo digitado dice que se aplic{o} el {declared_on}, antes de entregarse a {holder} el {handed_on}.",
        "Pida a digitación que revise el día y el número; si son ciertos, la distribución lleva otra fecha.",
    ),
    DifferenceKind.DIGITISED_OTHER_DAY: (
        "lo digitado dice que se aplic{o} el {declared_on} y {holder} la{s} declaró usada{s} el {used_on}.",
        "Compare con la hoja de control diario y corrija el lado que esté mal.",
    ),
    DifferenceKind.COUNTED_MISSING: (
        "el arqueo de {holder} del {counted_on} ({source}) no la{s} encontró y debía{n} estar {condition_s}.",
        "Pregunte a {holder}: registre la devolución, el uso o el extravío con su informe.",
    ),
    DifferenceKind.COUNTED_SURPLUS: (
        "el arqueo de {holder} del {counted_on} ({source}) la{s} encontró en su poder.",
        "Registre el movimiento que falta entre {other} y {holder}, o repita el arqueo.",
    ),
    DifferenceKind.COUNTED_LOST: (
        (
            "reaparece{n}: el arqueo de {holder} del {counted_on} ({source}) la{s} encontró y figura{n} como "
            "extraviada{s}."
        ),
        "Guarde el papel y revierta el extravío o proponga un ajuste; avise a quien recibió el informe de extravío.",
    ),
    DifferenceKind.COUNTED_UNKNOWN: (
        "el arqueo de {holder} del {counted_on} ({source}) la{s} encontró y nunca se recib{io}.",
        "Revise el número impreso; si es ese, falta registrar su recepción.",
    ),
    DifferenceKind.COUNTED_TWICE: (
        "la{s} encontraron dos arqueos: el de {holder} del {counted_on} y el de {other} del {other_on}.",
        "Un papel no está en dos manos: repita los dos arqueos el mismo día.",
    ),
    DifferenceKind.COUNTED_OTHER_CONDITION: (
        "el arqueo de {holder} del {counted_on} ({source}) la{s} encontró {condition_s}.",
        "Registre el movimiento que falta, o repita el arqueo.",
    ),
    DifferenceKind.HELD_TOO_LONG: (
        "en blanco con {holder} desde el {held_since}, más de {most_days} días.",
        "Pida que la{s} use o la{s} devuelva.",
    ),
    DifferenceKind.USED_KEPT: (
        "usada{s} el {used_on} y {holder} la{s} tiene todavía, más de {most_days} días después.",
        "Pida que la{s} entregue a digitación.",
    ),
    DifferenceKind.HOLDER_OUT_OF_FORCE: (
        "la{s} tiene {holder}, que ya no está en funciones: {reason}",
        "Registre la devolución, o el extravío con su informe; mientras tanto no hay constancia de no adeudo.",
    ),
    DifferenceKind.ANNULLED_TOO_MANY: (
        "{holder} anuló {count} de {spent} ({percent} %), más del {most} % de la campaña.",
        "Revise los motivos de anulación y si hace falta repasar la capacitación.",
    ),
    DifferenceKind.GAP_IN_BUNDLE: (
        "nunca sal{io} del almacén y las demás del paquete {bundle} se usaron.",
        "Cuente el paquete: si no está{n}, registre lo que pasó; si está{n}, explíquelo para el cierre.",
    ),
}

QUANTITY_WORDS = (
    "el arqueo de {holder} del {counted_on} ({source}) encontró {found} {condition} y el libro tenía {expected}.",
    "Repita el arqueo; si se confirma, registre lo que falta o proponga un ajuste con dos aprobaciones.",
)
"""For forms without numbers, more or fewer than the ledger has."""
