"""Passwords that everybody tries first, in small letters and without accents: general ones and those of this trade.

Short on purpose: figures and signs around a word are taken off before it is looked up here.
"""

_WORDS = """
1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc a1b2c3d4e5 abc123abc123 abcd1234 admin admin123admin
admin@admin administrador administradora administrator alcalde alcaldia amor bienvenida bienvenido
cambiame cambiar changeme clave computadora computadoras contrasena contrasenha contrasenia demo
dgfis empadronador empadronadora empadronamiento gerencia gerenciamunicipal hogar hogares iloveyou
invitada invitado letmein midis mimamamequiere ministerio muni municipal municipalidad municipio
noentres nomeacuerdo oficina ofis p@ssw0rd p@ssword pass passw passw0rd passwd password peru poi
presupuesto prueba pruebas q1w2e3r4t5 qwerty qwertyuiop residencia root secret secreta secretaria
secreto sisfoh sisfohdesktop sistema sistemas soporte subgerencia tacna teamo tequiero test testtest
toor ule unidadlocal unidadlocaldeempadronamiento usuaria usuario vecinal welcome zaq12wsx
"""

COMMON_PASSWORDS: frozenset[str] = frozenset(_WORDS.split())
