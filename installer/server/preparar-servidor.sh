#!/usr/bin/env bash
# Prepara en Debian o Ubuntu el servidor de la oficina: PostgreSQL, roles, certificado, red, esquema y respaldo diario.
#
#   sudo bash installer/server/preparar-servidor.sh --nombre servidor-muni --red 192.168.1.0/24 \
#        --programa /opt/sisfoh/sisfoh --papeles /var/lib/sisfoh/archivo --respaldos /var/backups/sisfoh
#
# Cada paso mira antes si ya está hecho: la orden se puede repetir, y se repite después de instalar una versión nueva.
# No guarda la contraseña del dueño: la pide, o la toma de SISFOH_CLAVE_SERVIDOR. Las personas se agregan después, con
# agregar-usuario.sql. Termina con 0 cuando todo quedó hecho, y con 1 en el primer paso que no se pudo hacer.
set -euo pipefail
umask 077

AQUI=$(cd "$(dirname "$0")" && pwd)
NOMBRE="" RED="" PROGRAMA="" CUAL="" PAPELES="/var/lib/sisfoh/archivo" RESPALDOS="/var/backups/sisfoh" HORA="19:30" DIAS=60
LUGAR=/etc/sisfoh # certificados, ajustes y clave del respaldo; solo para root
CADUCA_PRONTO=$((60 * 24 * 3600))

decir() { echo "[servidor] $*"; }
fin() {
    echo "[servidor] NO SE PUDO: $*" >&2
    exit 1
}
trap 'fin "se detuvo en la línea $LINENO; lo anterior quedó hecho y la orden se puede repetir."' ERR

while [ $# -gt 0 ]; do
    [ $# -ge 2 ] || fin "falta el valor de $1."
    case "$1" in
    --nombre) NOMBRE=$2 ;;
    --red) RED=$2 ;;
    --programa) PROGRAMA=$2 ;;
    --papeles) PAPELES=$2 ;;
    --respaldos) RESPALDOS=$2 ;;
    --hora) HORA=$2 ;;
    --dias) DIAS=$2 ;;
    --grupo) CUAL=$2 ;; # cuando el equipo tiene más de un PostgreSQL, por ejemplo 15/main
    *) fin "no se reconoce $1. Lea las primeras líneas de este archivo." ;;
    esac
    shift 2
done
[ "$(id -u)" = 0 ] || fin "hace falta ser administrador: sudo bash $0 …"
[[ "$NOMBRE" =~ ^[A-Za-z0-9.-]+$ ]] || fin "indique --nombre, como los equipos llaman al servidor."
[[ "$RED" =~ ^[0-9a-fA-F.:]+/[0-9]+$ ]] || fin "indique --red, por ejemplo 192.168.1.0/24."
[[ "$HORA" =~ ^([01]?[0-9]|2[0-3]):[0-5][0-9]$ ]] || fin "--hora se escribe HH:MM."
[[ "$DIAS" =~ ^[0-9]+$ ]] || fin "--dias es un número: cuántos días se guarda cada respaldo."
[ -z "$PROGRAMA" ] || [ -x "$PROGRAMA" ] || fin "no se encuentra el programa «$PROGRAMA»."

# --- PostgreSQL -----------------------------------------------------------------------------------------------------
if ! command -v pg_lsclusters >/dev/null || [ -z "$(pg_lsclusters -h)" ]; then
    decir "Instalando PostgreSQL"
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -y -qq --no-install-recommends postgresql openssl >/dev/null ||
        { apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql openssl >/dev/null; }
fi
[ -n "$CUAL" ] || CUAL=$(pg_lsclusters -h | awk '{print $1 "/" $2}')
[ "$(wc -w <<<"$CUAL")" = 1 ] || fin "hay más de un PostgreSQL; indique cuál con --grupo: $(tr '\n' ' ' <<<"$CUAL")"
pg_lsclusters -h | awk '{print $1 "/" $2}' | grep -qxF "$CUAL" || fin "no existe el PostgreSQL «$CUAL»."
read -r VERSION GRUPO PUERTO ESTADO _ < <(pg_lsclusters -h "${CUAL%%/*}" "${CUAL##*/}")
[ "${VERSION%%.*}" -ge 13 ] || fin "PostgreSQL $VERSION es anterior a la 13."
[ "$ESTADO" = online ] || pg_ctlcluster "$VERSION" "$GRUPO" start
orden() { runuser -u postgres -- psql -X -q -v ON_ERROR_STOP=1 -p "$PUERTO" "$@"; }
valor() { orden -At -d "${2:-postgres}" -c "$1"; }
DATOS=$(valor 'SHOW data_directory')
HBA=$(valor 'SHOW hba_file')
decir "PostgreSQL $VERSION, puerto $PUERTO"

# --- la base y los roles --------------------------------------------------------------------------------------------
if [ -z "$(valor "SELECT 1 FROM pg_database WHERE datname = 'sisfoh'")" ]; then
    for rol in sisfoh_oficina sisfoh_dueno; do
        [ -z "$(valor "SELECT 1 FROM pg_roles WHERE rolname = '$rol'")" ] ||
            fin "el rol $rol existe sin la base sisfoh: el servidor quedó a medias; revíselo antes de seguir."
    done
    orden <"$AQUI/crear-base.sql"
    decir "Base «sisfoh» y sus roles: hechos"
else
    decir "Base «sisfoh» y sus roles: ya estaban"
fi

# La clave va por la entrada y no por la línea de órdenes, que otros ven; y el servidor no la anota en su registro.
poner_clave() {
    printf "SET log_statement = 'none'; SET log_min_error_statement = 'panic'; SET password_encryption = 'scram-sha-256';
            ALTER ROLE %s PASSWORD '%s';\n" "$1" "${2//\'/\'\'}" | orden -d postgres >/dev/null
}
CLAVE=${SISFOH_CLAVE_SERVIDOR:-}
if [ -z "$CLAVE" ] && [ -t 0 ]; then
    read -r -s -p "Contraseña del dueño de la base (sisfoh_dueno): " CLAVE
    echo
fi
[ "${#CLAVE}" -ge 12 ] || fin "la contraseña del dueño debe tener 12 letras o más (o póngala en SISFOH_CLAVE_SERVIDOR)."
poner_clave sisfoh_dueno "$CLAVE"

# --- el certificado -------------------------------------------------------------------------------------------------
mkdir -p "$LUGAR"
cd "$LUGAR"
if [ ! -s autoridad.crt ]; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -days 3650 -nodes -subj "/CN=Autoridad de la ULE" \
        -addext "keyUsage=critical,keyCertSign,cRLSign" -keyout autoridad.key -out autoridad.crt 2>/dev/null
    decir "Autoridad de la oficina: hecha. Lleve «$LUGAR/autoridad.key» a un sobre y bórrela del servidor."
fi
sirve() {
    [ -s servidor.crt ] && [ -s servidor.key ] && openssl x509 -checkend "$CADUCA_PRONTO" -noout -in servidor.crt >/dev/null &&
        openssl x509 -noout -checkhost "$NOMBRE" -in servidor.crt | grep -q "does match" &&
        openssl verify -CAfile autoridad.crt servidor.crt >/dev/null 2>&1
}
if sirve; then
    decir "Certificado del servidor: vale"
else
    [ -s autoridad.key ] || fin "el certificado no vale y falta autoridad.key: cópiela del sobre a $LUGAR y repita."
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$NOMBRE" \
        -keyout servidor.key -out servidor.csr 2>/dev/null
    openssl x509 -req -in servidor.csr -CA autoridad.crt -CAkey autoridad.key -CAcreateserial -days 800 -out servidor.crt \
        -extfile <(printf 'subjectAltName=DNS:%s\nextendedKeyUsage=serverAuth\n' "$NOMBRE") 2>/dev/null
    rm -f servidor.csr
    decir "Certificado de «$NOMBRE»: hecho, por 800 días"
fi
install -o postgres -g postgres -m 0600 servidor.key "$DATOS/sisfoh-servidor.key"
install -o postgres -g postgres -m 0644 servidor.crt "$DATOS/sisfoh-servidor.crt"
chmod 0755 "$LUGAR"
chmod 0644 autoridad.crt

# --- solo se entra cifrado, con contraseña y desde la red de la oficina -------------------------------------------------
for ajuste in "listen_addresses = '*'" "password_encryption = 'scram-sha-256'" "ssl = on" \
    "ssl_cert_file = 'sisfoh-servidor.crt'" "ssl_key_file = 'sisfoh-servidor.key'" "ssl_min_protocol_version = 'TLSv1.2'"; do
    orden -d postgres -c "ALTER SYSTEM SET $ajuste"
done
[ -e "$HBA.antes-de-sisfoh" ] || cp -p "$HBA" "$HBA.antes-de-sisfoh"
NUEVO=$(mktemp)
{
    echo "# >>> sisfoh: estas líneas las escribe preparar-servidor.sh"
    echo "hostssl   sisfoh  +sisfoh_oficina,sisfoh_dueno  $RED  scram-sha-256"
    echo "hostssl   sisfoh  +sisfoh_oficina,sisfoh_dueno  127.0.0.1/32  scram-sha-256"
    echo "hostssl   sisfoh  +sisfoh_oficina,sisfoh_dueno  ::1/128  scram-sha-256"
    echo "host      sisfoh  all  all  reject"
    echo "# <<< sisfoh"
    sed '/^# >>> sisfoh/,/^# <<< sisfoh/d' "$HBA"
} >"$NUEVO"
cat "$NUEVO" >"$HBA" # conserva dueño y permisos
rm -f "$NUEVO"
pg_ctlcluster "$VERSION" "$GRUPO" restart
MALAS=$(valor "SELECT count(*) FROM pg_hba_file_rules WHERE error IS NOT NULL")
[ "$MALAS" = 0 ] || fin "«$HBA» tiene $MALAS líneas que PostgreSQL no entiende; la anterior está en $HBA.antes-de-sisfoh."
[ "$(valor 'SHOW ssl')" = on ] || fin "PostgreSQL no aceptó el certificado; lea su registro."
decir "Red $RED: solo cifrado y con contraseña"

# El propio servidor se llama por el mismo nombre, que es el del certificado.
getent hosts "$NOMBRE" >/dev/null || echo "127.0.0.1 $NOMBRE" >>/etc/hosts
base_de() { echo "postgresql://$1@$NOMBRE:$PUERTO/sisfoh?sslmode=verify-full&sslrootcert=$LUGAR/autoridad.crt"; }
[ "$(PGPASSWORD=$CLAVE psql -X -At "$(base_de sisfoh_dueno)" -c "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")" = t ] ||
    fin "no se pudo entrar como sisfoh_dueno por «$NOMBRE»."
if PGPASSWORD=$CLAVE psql -X -At "$(base_de sisfoh_dueno | sed 's/verify-full/disable/')" -c 'SELECT 1' >/dev/null 2>&1; then
    fin "el servidor dejó entrar sin cifrar."
fi
decir "Se entró como sisfoh_dueno por «$NOMBRE» con verify-full; sin cifrar, el servidor lo rechazó"

if [ -z "$PROGRAMA" ]; then
    decir "Sin --programa no se pusieron las tablas ni el respaldo diario: ejecute «migrar» y repita la orden."
    exit 0
fi

# --- las tablas -----------------------------------------------------------------------------------------------------
SISFOH_DATOS="$LUGAR/migrar" SISFOH_CLAVE_SERVIDOR=$CLAVE "$PROGRAMA" migrar --base "$(base_de sisfoh_dueno)"

# --- el respaldo de cada día ------------------------------------------------------------------------------------------
CLAVE_RESPALDO=$(openssl rand -hex 24)
[ -n "$(valor "SELECT 1 FROM pg_roles WHERE rolname = 'sisfoh_respaldo'")" ] ||
    orden -v usuario=sisfoh_respaldo <"$AQUI/agregar-usuario.sql"
poner_clave sisfoh_respaldo "$CLAVE_RESPALDO"
mkdir -p "$LUGAR/respaldo" "$PAPELES" "$RESPALDOS"
cat >"$LUGAR/respaldo/sisfoh.ini" <<FIN
[pc]
database = $(base_de sisfoh_respaldo)
user = respaldo del servidor
archive_folder = $PAPELES
server_certificate = $LUGAR/autoridad.crt
FIN
cat >"$LUGAR/respaldar" <<FIN
#!/bin/sh
# Hecho por preparar-servidor.sh: una copia comprobada de la base y sus papeles, y fuera las de hace más de $DIAS días.
set -eu
export SISFOH_DATOS="$LUGAR/respaldo" SISFOH_CLAVE_SERVIDOR="$CLAVE_RESPALDO"
cd "$RESPALDOS"
"$PROGRAMA" respaldar -o "$RESPALDOS"
find "$RESPALDOS" -maxdepth 1 -name 'respaldo-*.sisfoh' -mtime +$DIAS -delete
FIN
chmod 0700 "$LUGAR/respaldar"
printf '# Hecho por preparar-servidor.sh\n%d %d * * * root %s\n' "$((10#${HORA#*:}))" "$((10#${HORA%:*}))" \
    "$LUGAR/respaldar" >/etc/cron.d/sisfoh-respaldo
chmod 0644 /etc/cron.d/sisfoh-respaldo
"$LUGAR/respaldar"
decir "Respaldo de cada día a las $HORA en «$RESPALDOS» ($DIAS días): el primero quedó hecho y comprobado"
command -v cron >/dev/null || decir "Falta el programa cron: instálelo (apt-get install cron) para que el respaldo se haga solo."

decir "Listo. A cada equipo: el servidor «$NOMBRE», el archivo $LUGAR/autoridad.crt y la carpeta compartida de $PAPELES."
decir "Por cada persona: psql -U postgres -v usuario=… -f agregar-usuario.sql, y después \\password en psql."
