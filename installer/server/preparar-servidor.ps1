<#
Prepara en Windows el servidor de la oficina: roles, red cifrada, esquema y respaldo diario. El de Debian, que hace también el
certificado, es preparar-servidor.sh.

  powershell -ExecutionPolicy Bypass -File preparar-servidor.ps1 -Nombre servidor-muni -Red 192.168.1.0/24 `
     -Certificados D:\certificados -Programa "C:\Program Files\SISFOH\sisfoh-consola.exe" `
     -Papeles D:\sisfoh\archivo -Respaldos D:\sisfoh\respaldos

Como administrador, en el equipo que ya tiene PostgreSQL 13 o más nuevo. En la carpeta de -Certificados van autoridad.crt,
servidor.crt y servidor.key, hechos con openssl como dice installer/README.md. Pide dos contraseñas: la de «postgres», que se
puso al instalar PostgreSQL, y la nueva de «sisfoh_dueno». La orden se puede repetir.
#>
param(
    [Parameter(Mandatory)][ValidatePattern('^[A-Za-z0-9.-]+$')][string]$Nombre,
    [Parameter(Mandatory)][ValidatePattern('^[0-9a-fA-F.:]+/[0-9]+$')][string]$Red,
    [Parameter(Mandatory)][string]$Certificados,
    [Parameter(Mandatory)][string]$Programa,
    [Parameter(Mandatory)][string]$Papeles,
    [Parameter(Mandatory)][string]$Respaldos,
    [int]$Puerto = 5432,
    [ValidatePattern('^([01]?[0-9]|2[0-3]):[0-5][0-9]$')][string]$Hora = '19:30',
    [int]$Dias = 60
)
$ErrorActionPreference = 'Stop'
$Aqui = Split-Path -Parent $MyInvocation.MyCommand.Path
$Lugar = Join-Path $env:ProgramData 'SISFOH-servidor'
$SinMarca = New-Object Text.UTF8Encoding $false

function Decir($frase) { Write-Host "[servidor] $frase" }
function Fin($frase) { throw "No se pudo: $frase Lo anterior quedó hecho y la orden se puede repetir." }
function Secreto($pregunta) {
    $dicho = Read-Host -AsSecureString $pregunta
    [Runtime.InteropServices.Marshal]::PtrToStringBSTR([Runtime.InteropServices.Marshal]::SecureStringToBSTR($dicho))
}

foreach ($archivo in 'autoridad.crt', 'servidor.crt', 'servidor.key') {
    if (-not (Test-Path (Join-Path $Certificados $archivo))) { Fin "falta $archivo en $Certificados." }
}
if (-not (Test-Path $Programa)) { Fin "no se encuentra el programa $Programa." }
$Servicio = Get-Service 'postgresql*' | Sort-Object Name | Select-Object -Last 1
if (-not $Servicio) { Fin 'este equipo no tiene PostgreSQL.' }
$Psql = Get-ChildItem "$env:ProgramFiles\PostgreSQL\*\bin\psql.exe" | Sort-Object FullName | Select-Object -Last 1
if (-not $Psql) { Fin 'no se encuentra psql.exe.' }

$env:PGPASSWORD = Secreto 'Contraseña de postgres'
$env:PGCLIENTENCODING = 'UTF8'
# Lo que se ordena va por la entrada: la línea de órdenes de un programa la ven los demás.
function Orden([string]$sql, [string[]]$mas = @()) {
    $dicho = $sql | & $Psql -X -q -A -t -v ON_ERROR_STOP=1 -h localhost -p $Puerto -U postgres @mas
    if ($LASTEXITCODE -ne 0) { Fin 'PostgreSQL no hizo lo pedido; arriba está el motivo.' }
    $dicho
}
function PonerClave([string]$rol, [string]$clave) {
    $OutputEncoding = $SinMarca
    $texto = $clave.Replace("'", "''")
    Orden "SET log_statement = 'none'; SET log_min_error_statement = 'panic'; SET password_encryption = 'scram-sha-256'; ALTER ROLE $rol PASSWORD '$texto';" | Out-Null
}

if ([int](Orden 'SHOW server_version_num') -lt 130000) { Fin 'este PostgreSQL es anterior a la versión 13.' }
if (-not (Orden "SELECT 1 FROM pg_database WHERE datname = 'sisfoh'")) {
    Orden '' @('-f', (Join-Path $Aqui 'crear-base.sql')) | Out-Null
    Decir 'Base «sisfoh» y sus roles: hechos'
}
$Clave = $env:SISFOH_CLAVE_SERVIDOR
if (-not $Clave) { $Clave = Secreto 'Contraseña nueva del dueño de la base (sisfoh_dueno)' }
if ($Clave.Length -lt 12) { Fin 'la contraseña del dueño debe tener 12 letras o más.' }
PonerClave 'sisfoh_dueno' $Clave

# Solo se entra cifrado, con contraseña y desde la red de la oficina.
$Datos = (Orden 'SHOW data_directory').Replace('/', '\')
$Hba = (Orden 'SHOW hba_file').Replace('/', '\')
Copy-Item (Join-Path $Certificados 'servidor.crt') (Join-Path $Datos 'sisfoh-servidor.crt') -Force
Copy-Item (Join-Path $Certificados 'servidor.key') (Join-Path $Datos 'sisfoh-servidor.key') -Force
foreach ($ajuste in "listen_addresses = '*'", "password_encryption = 'scram-sha-256'", 'ssl = on',
    "ssl_cert_file = 'sisfoh-servidor.crt'", "ssl_key_file = 'sisfoh-servidor.key'", "ssl_min_protocol_version = 'TLSv1.2'") {
    Orden "ALTER SYSTEM SET $ajuste" | Out-Null
}
if (-not (Test-Path "$Hba.antes-de-sisfoh")) { Copy-Item $Hba "$Hba.antes-de-sisfoh" }
$resto = [regex]::Replace([IO.File]::ReadAllText($Hba), '(?ms)^# >>> sisfoh.*?^# <<< sisfoh\r?\n', '')
$lineas = @(
    '# >>> sisfoh: estas líneas las escribe preparar-servidor.ps1'
    "hostssl   sisfoh  +sisfoh_oficina,sisfoh_dueno  $Red  scram-sha-256"
    'hostssl   sisfoh  +sisfoh_oficina,sisfoh_dueno  127.0.0.1/32  scram-sha-256'
    'hostssl   sisfoh  +sisfoh_oficina,sisfoh_dueno  ::1/128  scram-sha-256'
    'hostssl   sisfoh  postgres  127.0.0.1/32  scram-sha-256'
    'hostssl   sisfoh  postgres  ::1/128  scram-sha-256'
    'host      sisfoh  all  all  reject'
    '# <<< sisfoh'
)
[IO.File]::WriteAllText($Hba, (($lineas -join "`n") + "`n" + $resto), $SinMarca)
Restart-Service $Servicio.Name
if ([int](Orden 'SELECT count(*) FROM pg_hba_file_rules WHERE error IS NOT NULL') -ne 0) { Fin "PostgreSQL no entiende $Hba; la anterior está en $Hba.antes-de-sisfoh." }
if ((Orden 'SHOW ssl') -ne 'on') { Fin 'PostgreSQL no aceptó el certificado; lea su registro.' }
if (-not (Get-NetFirewallRule -Name 'sisfoh-postgresql' -ErrorAction SilentlyContinue)) {
    New-NetFirewallRule -Name 'sisfoh-postgresql' -DisplayName 'SISFOH: PostgreSQL' -Direction Inbound -Protocol TCP `
        -LocalPort $Puerto -RemoteAddress $Red -Action Allow | Out-Null
}
Decir "Red ${Red}: solo cifrado y con contraseña"

# La carpeta con la clave del respaldo: solo administradores y el sistema.
foreach ($carpeta in $Lugar, (Join-Path $Lugar 'respaldo'), $Papeles, $Respaldos) { New-Item -ItemType Directory -Force $carpeta | Out-Null }
icacls $Lugar /inheritance:r /grant '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' | Out-Null
Copy-Item (Join-Path $Certificados 'autoridad.crt') $Lugar -Force
$Autoridad = (Join-Path $Lugar 'autoridad.crt').Replace('\', '/')
function BaseDe($rol) { "postgresql://$rol@${Nombre}:$Puerto/sisfoh?sslmode=verify-full&sslrootcert=$Autoridad" }

$env:SISFOH_DATOS = Join-Path $Lugar 'migrar'
$env:SISFOH_CLAVE_SERVIDOR = $Clave
& $Programa migrar --base (BaseDe 'sisfoh_dueno')
if ($LASTEXITCODE -ne 0) { Fin 'no se pusieron las tablas; arriba está el motivo.' }

$azar = New-Object byte[] 24
[Security.Cryptography.RandomNumberGenerator]::Create().GetBytes($azar)
$ClaveRespaldo = [BitConverter]::ToString($azar).Replace('-', '').ToLower()
if (-not (Orden "SELECT 1 FROM pg_roles WHERE rolname = 'sisfoh_respaldo'")) {
    Orden '' @('-v', 'usuario=sisfoh_respaldo', '-f', (Join-Path $Aqui 'agregar-usuario.sql')) | Out-Null
}
PonerClave 'sisfoh_respaldo' $ClaveRespaldo
$ini = @('[pc]', "database = $(BaseDe 'sisfoh_respaldo')", 'user = respaldo del servidor', "archive_folder = $Papeles", "server_certificate = $Autoridad")
[IO.File]::WriteAllLines((Join-Path $Lugar 'respaldo\sisfoh.ini'), $ini, $SinMarca)
$tarea = Join-Path $Lugar 'respaldar.cmd'
$lineas = @(
    '@echo off'
    'rem Hecho por preparar-servidor.ps1: una copia comprobada, y fuera las antiguas.'
    'chcp 65001 >nul'
    "set SISFOH_DATOS=$Lugar\respaldo"
    "set SISFOH_CLAVE_SERVIDOR=$ClaveRespaldo"
    "`"$Programa`" respaldar -o `"$Respaldos`" || exit /b 1"
    "forfiles /p `"$Respaldos`" /m respaldo-*.sisfoh /d -$Dias /c `"cmd /c del @path`" >nul 2>nul"
    'exit /b 0'
)
[IO.File]::WriteAllLines($tarea, $lineas, $SinMarca)
$cada = New-ScheduledTaskTrigger -Daily -At $Hora
$que = New-ScheduledTaskAction -Execute 'cmd.exe' -Argument "/c `"$tarea`""
Register-ScheduledTask -TaskName 'SISFOH respaldo' -Trigger $cada -Action $que -User 'SYSTEM' -RunLevel Highest -Force | Out-Null
& cmd.exe /c $tarea
if ($LASTEXITCODE -ne 0) { Fin 'el primer respaldo no se hizo; arriba está el motivo.' }
Decir "Respaldo de cada día a las $Hora en ${Respaldos}: el primero quedó hecho y comprobado"
Decir "Listo. A cada equipo: el servidor $Nombre, el archivo autoridad.crt y la carpeta compartida de $Papeles."
