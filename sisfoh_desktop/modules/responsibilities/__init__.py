"""Who answers for what: the matrix of units and lettered duties that is printed as Anexo N° 01."""
