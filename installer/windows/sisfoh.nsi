; Windows installer for one person, without administrator, without internet. Made by build.py:
;   makensis -DVERSION=x.y.z -DAPPDIR=carpeta -DOUTFILE=archivo.exe -DSIZEKB=250000 [-DFAST] sisfoh.nsi
;
; For the technician:
;   SISFOH-x.y.z-win64.exe /S                      silent, for this user
;   SISFOH-x.y.z-win64.exe /S /D=D:\otra carpeta   in another folder (/D is the last word, without quotes)
;   SISFOH-x.y.z-win64.exe /S /ALLUSERS            silent, for everybody, in Program Files (from an elevated process)
;   Desinstalar.exe /S                             silent; data stay
;   Desinstalar.exe /S /BORRARDATOS                silent; the data of this user go too
; Exit codes: 0 done; 1 given up by the person; 3 Windows too old or of 32 bits; 4 the program is open;
;   5 installed in another way (MSI, or for everybody); 6 a newer version is installed; 7 the folder is somebody else's;
;   8 a file could not be written.
Unicode true
Target amd64-unicode
!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "WinVer.nsh"
!include "WordFunc.nsh"
!include "x64.nsh"

!define APP "SISFOH Desktop"
!define FOLDER "SISFOH"
!define ENTRY "Software\Microsoft\Windows\CurrentVersion\Uninstall\SISFOH"
!define MSI "Software\SISFOH\Instalador MSI"
!define MARK "programa-sisfoh.txt"
!define OLDEST_WINDOWS 17763 ; Windows 10 1809, the oldest that Qt 6 supports

Name "${APP} ${VERSION}"
OutFile "${OUTFILE}"
RequestExecutionLevel user
BrandingText "${APP} ${VERSION}"
Icon "sisfoh.ico"
UninstallIcon "sisfoh.ico"
!define MUI_ICON "sisfoh.ico"
!define MUI_UNICON "sisfoh.ico"
!ifdef FAST
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
ManifestDPIAware true
ManifestSupportedOS Win10
ShowInstDetails nevershow
ShowUninstDetails nevershow
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "${APP}"
VIAddVersionKey CompanyName "${APP}"
VIAddVersionKey FileDescription "Instalador de ${APP}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey LegalCopyright "Apache-2.0"

!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TEXT "Se instalará ${APP} ${VERSION} para su usuario, sin necesidad de administrador ni de internet.$\r$\n$\r$\nSi ya lo tenía, se actualiza: su base, sus papeles y sus ajustes no se tocan. Cierre antes el programa."
!define MUI_FINISHPAGE_RUN "$INSTDIR\sisfoh.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Abrir ${APP}"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "Se quitará el programa. Su base, sus papeles y sus respaldos se quedan en su carpeta de datos."
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Spanish"

Var FOR_ALL

; One sentence, an exit code, and nothing was changed.
!macro Refuse CODE SENTENCE
  MessageBox MB_ICONSTOP|MB_OK "${SENTENCE}" /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend

!macro RefuseNewer ROOT
  ReadRegStr $1 ${ROOT} "${ENTRY}" "DisplayVersion"
  ${If} $1 != ""
    ${VersionCompare} "$1" "${VERSION}" $2
    ${If} $2 == 1
      !insertmacro Refuse 6 "Ya está instalada la versión $1, más nueva que esta (${VERSION}); no se cambió nada. Para volver atrás, desinstale primero: sus datos se quedan."
    ${EndIf}
  ${EndIf}
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
    !insertmacro Refuse 3 "Se necesita Windows de 64 bits; no se instaló nada."
  ${EndIf}
  ${IfNot} ${AtLeastBuild} ${OLDEST_WINDOWS}
    !insertmacro Refuse 3 "Se necesita Windows 10 (versión 1809) o posterior; no se instaló nada."
  ${EndIf}
  SetRegView 64
  ReadRegStr $1 HKLM "${MSI}" "Version"
  ${If} $1 != ""
    !insertmacro Refuse 5 "${APP} $1 ya está instalado en este equipo por la red de la municipalidad (MSI); no se cambió nada. Pida la actualización a su técnico."
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/ALLUSERS" $1
  ${If} ${Errors}
    StrCpy $FOR_ALL 0
    SetShellVarContext current
    ReadRegStr $1 HKLM "${ENTRY}" "InstallLocation"
    ${If} $1 != ""
      !insertmacro Refuse 5 "${APP} ya está instalado para todos los usuarios de este equipo; no se cambió nada. Ábralo desde el menú Inicio o pida la actualización a su técnico."
    ${EndIf}
    !insertmacro RefuseNewer HKCU
    ReadRegStr $1 HKCU "${ENTRY}" "InstallLocation"
    ${If} $INSTDIR == ""
      StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${FOLDER}"
      ${If} $1 != ""
        StrCpy $INSTDIR $1
      ${EndIf}
    ${ElseIf} $1 != ""
    ${AndIf} $1 != $INSTDIR
      !insertmacro Refuse 5 "${APP} ya está instalado en «$1»; no se cambió nada. Para moverlo, desinstale primero: sus datos se quedan."
    ${EndIf}
  ${Else}
    StrCpy $FOR_ALL 1
    SetShellVarContext all
    ReadRegStr $1 HKCU "${ENTRY}" "InstallLocation"
    ${If} $1 != ""
      !insertmacro Refuse 5 "${APP} ya está instalado solo para este usuario, en «$1»; no se cambió nada. Desinstálelo primero: sus datos se quedan."
    ${EndIf}
    !insertmacro RefuseNewer HKLM
    ReadRegStr $1 HKLM "${ENTRY}" "InstallLocation"
    ${If} $INSTDIR == ""
      StrCpy $INSTDIR "$PROGRAMFILES64\${FOLDER}"
      ${If} $1 != ""
        StrCpy $INSTDIR $1
      ${EndIf}
    ${EndIf}
  ${EndIf}
FunctionEnd

; The folders that are emptied below must be ours: those of another program carry no mark.
!macro RefuseForeignFolder NAME
  ${If} ${FileExists} "$INSTDIR\${NAME}\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\${MARK}"
    !insertmacro Refuse 7 "La carpeta «$INSTDIR» ya tiene otro programa; no se tocó. Elija una carpeta nueva."
  ${EndIf}
!macroend

!macro Register ROOT
  WriteRegStr ${ROOT} "${ENTRY}" "DisplayName" "${APP}"
  WriteRegStr ${ROOT} "${ENTRY}" "DisplayVersion" "${VERSION}"
  WriteRegStr ${ROOT} "${ENTRY}" "Publisher" "${APP}"
  WriteRegStr ${ROOT} "${ENTRY}" "InstallLocation" "$INSTDIR"
  WriteRegStr ${ROOT} "${ENTRY}" "DisplayIcon" "$INSTDIR\sisfoh.exe"
  WriteRegStr ${ROOT} "${ENTRY}" "UninstallString" '"$INSTDIR\Desinstalar.exe"'
  WriteRegStr ${ROOT} "${ENTRY}" "QuietUninstallString" '"$INSTDIR\Desinstalar.exe" /S'
  WriteRegDWORD ${ROOT} "${ENTRY}" "EstimatedSize" ${SIZEKB}
  WriteRegDWORD ${ROOT} "${ENTRY}" "NoModify" 1
  WriteRegDWORD ${ROOT} "${ENTRY}" "NoRepair" 1
!macroend

Section "Programa"
  !insertmacro RefuseForeignFolder "Lib"
  !insertmacro RefuseForeignFolder "DLLs"
  !insertmacro RefuseForeignFolder "site-packages"
  !insertmacro RefuseForeignFolder "app"
  ; a program that is open keeps its file: Windows lets nobody write into it
  !macro RefuseOpen FILE
    ${If} ${FileExists} "$INSTDIR\${FILE}"
      ClearErrors
      FileOpen $0 "$INSTDIR\${FILE}" a
      ${If} ${Errors}
        !insertmacro Refuse 4 "${APP} está abierto; no se cambió nada. Ciérrelo y vuelva a intentar."
      ${EndIf}
      FileClose $0
    ${EndIf}
  !macroend
  !insertmacro RefuseOpen "sisfoh.exe"
  !insertmacro RefuseOpen "sisfoh-consola.exe"
  SetOutPath "$INSTDIR"
  ClearErrors
  FileOpen $0 "$INSTDIR\${MARK}" w
  ${If} ${Errors}
    !insertmacro Refuse 8 "No se pudo escribir en «$INSTDIR»; no se instaló nada. Revise el espacio en el disco o elija otra carpeta."
  ${EndIf}
  FileWrite $0 "${APP} ${VERSION}$\r$\n"
  FileClose $0
  RMDir /r "$INSTDIR\Lib"
  RMDir /r "$INSTDIR\DLLs"
  RMDir /r "$INSTDIR\site-packages"
  RMDir /r "$INSTDIR\app"
  ClearErrors
  File /r "${APPDIR}/*.*"
  ${If} ${Errors}
    !insertmacro Refuse 8 "No se pudo copiar el programa en «$INSTDIR»: quedó incompleto, y sus datos no se tocaron. Libere espacio en el disco y vuelva a instalar."
  ${EndIf}
  WriteUninstaller "$INSTDIR\Desinstalar.exe"
  CreateDirectory "$SMPROGRAMS\${FOLDER}"
  CreateShortcut "$SMPROGRAMS\${FOLDER}\${APP}.lnk" "$INSTDIR\sisfoh.exe"
  CreateShortcut "$SMPROGRAMS\${FOLDER}\Desinstalar ${APP}.lnk" "$INSTDIR\Desinstalar.exe"
  CreateShortcut "$DESKTOP\${APP}.lnk" "$INSTDIR\sisfoh.exe"
  ${If} $FOR_ALL == 1
    SetRegView 64
    !insertmacro Register HKLM
  ${Else}
    !insertmacro Register HKCU
  ${EndIf}
SectionEnd

Section "Uninstall"
  ; the program's own files and nothing else: data lie in %LOCALAPPDATA%\SISFOH\data
  !insertmacro RefuseOpen "sisfoh.exe"
  !insertmacro RefuseOpen "sisfoh-consola.exe"
  SetRegView 64
  ReadRegStr $0 HKCU "${ENTRY}" "InstallLocation"
  ${If} $0 == $INSTDIR
    SetShellVarContext current
    DeleteRegKey HKCU "${ENTRY}"
  ${Else}
    SetShellVarContext all
    DeleteRegKey HKLM "${ENTRY}"
  ${EndIf}
  Delete "$DESKTOP\${APP}.lnk"
  RMDir /r "$SMPROGRAMS\${FOLDER}"
  ${If} ${FileExists} "$INSTDIR\${MARK}"
    RMDir /r "$INSTDIR\Lib"
    RMDir /r "$INSTDIR\DLLs"
    RMDir /r "$INSTDIR\site-packages"
    RMDir /r "$INSTDIR\app"
  ${EndIf}
  Delete "$INSTDIR\sisfoh.exe"
  Delete "$INSTDIR\sisfoh-consola.exe"
  Delete "$INSTDIR\Desinstalar.exe"
  Delete "$INSTDIR\python3*.dll"
  Delete "$INSTDIR\python3*._pth"
  Delete "$INSTDIR\vcruntime140*.dll"
  Delete "$INSTDIR\msvcp140*.dll"
  Delete "$INSTDIR\concrt140.dll"
  Delete "$INSTDIR\${MARK}"
  RMDir "$INSTDIR" ; goes only when nothing of somebody else lies in it
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/BORRARDATOS" $1
  ${IfNot} ${Errors}
    SetShellVarContext current
    RMDir /r "$LOCALAPPDATA\${FOLDER}\data"
    RMDir "$LOCALAPPDATA\${FOLDER}"
  ${EndIf}
SectionEnd
