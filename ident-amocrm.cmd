@echo off
rem ident-amocrm COMMAND: runs the program of an unpacked release. The file ident-amocrm does the same elsewhere: keep them alike.
setlocal DisableDelayedExpansion
set "home=%~dp0"
set "home=%home:~0,-1%"
set "program=%home%\app"
if not exist "%program%\ident-amocrm.jar" set "program=%home%\target"
set "jar=%program%\ident-amocrm.jar"
set "archive=%program%\ident-amocrm.jsa"
if not exist "%jar%" (
  echo ident-amocrm: %jar% is not there: unpack the release once more, or build it: mvnw.cmd -B -DskipTests package>&2
  exit /b 2
)

set "java="
if defined JAVA_HOME (
  set "java=%JAVA_HOME%\bin\java.exe"
) else (
  for %%j in (java.exe) do set "java=%%~$PATH:j"
)
if not defined java (
  echo ident-amocrm: no Java found: install a Java 17 or newer, or set JAVA_HOME>&2
  exit /b 2
)
if not exist "%java%" (
  echo ident-amocrm: %java% is not there: correct JAVA_HOME>&2
  exit /b 2
)

rem The file beside the JVM tells its version without starting it.
set "version="
for %%b in ("%java%") do set "release=%%~dpb..\release"
if exist "%release%" for /f "usebackq tokens=1,2 delims==" %%a in ("%release%") do if "%%a"=="JAVA_VERSION" set "version=%%~b"
if defined version for /f "tokens=1 delims=." %%v in ("%version%") do set "version=%%v"
if defined version if %version% LSS 17 (
  echo ident-amocrm: Java %version% is too old: install a Java 17 or newer, or set JAVA_HOME>&2
  exit /b 2
)

rem A console that shows Cyrillic: everything the program prints is UTF-8.
set "codepage="
for /f "tokens=2 delims=:" %%c in ('chcp') do set "codepage=%%c"
chcp 65001 >nul 2>nul

set "options=-Xmx96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xlog:cds=off"
set "options=%options% -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -Dsun.stdout.encoding=UTF-8 -Dsun.stderr.encoding=UTF-8"
if defined version if %version% GEQ 22 set "options=%options% -Djdk.console=java.base"
if defined version if %version% GEQ 24 set "options=%options% -Xlog:aot=off --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"

rem Laid out where it stands, once; where that cannot be written, the program starts without the archive, only slower.
if not exist "%archive%" if exist "%program%\classes" (
  echo Preparing for this Java, once ...>&2
  "%java%" -Xmx512m -XX:+UseG1GC -Xshare:dump -Xlog:disable "-XX:SharedClassListFile=%program%\classes" "-XX:SharedArchiveFile=%archive%" -cp "%jar%" >nul 2>nul
)
set "shared="
if exist "%archive%" set "shared="-XX:SharedArchiveFile=%archive%""

"%java%" %shared% %options% %JAVA_OPTS% "-Dident-amocrm.home=%home%" -Dident-amocrm.terminals=console -cp "%jar%" io.identamocrm.App %*
set "code=%errorlevel%"
if defined codepage chcp %codepage% >nul 2>nul
exit /b %code%
