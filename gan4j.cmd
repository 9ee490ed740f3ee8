@echo off
rem Runs gan4j's command line on Windows, building it first where that is needed.
rem GAN4J_GPU=1 leaves PyTorch's CPU libraries off the class path; GAN4J_JAVA_OPTS holds options for the JVM.
setlocal
set "GAN4J_ROOT=%~dp0"
set "GAN4J_TARGET=%GAN4J_ROOT%gan-examples\target"
set "GAN4J_JAR=%GAN4J_TARGET%\gan-examples.jar"
set "GAN4J_CP_FILE=%GAN4J_TARGET%\classpath.txt"
set "GAN4J_PROFILE="
if "%GAN4J_GPU%"=="1" set "GAN4J_CP_FILE=%GAN4J_TARGET%\classpath-gpu.txt"
if "%GAN4J_GPU%"=="1" set "GAN4J_PROFILE=-Pgpu"

rem The first line is 'openjdk 17.0.15 2025-04-15', or 'java 25 ..'; Java 8 does not know --version.
set "GAN4J_JAVA=java"
if defined JAVA_HOME set "GAN4J_JAVA=%JAVA_HOME%\bin\java"
set "GAN4J_MAJOR="
set "GAN4J_ANSWER=%TEMP%\gan4j-java-%RANDOM%.txt"
"%GAN4J_JAVA%" --version >"%GAN4J_ANSWER%" 2>nul
for /f "usebackq tokens=2 delims=.-+ " %%v in ("%GAN4J_ANSWER%") do if not defined GAN4J_MAJOR set "GAN4J_MAJOR=%%v"
del "%GAN4J_ANSWER%" >nul 2>&1
if not defined GAN4J_MAJOR (
    echo gan4j: needs Java 17 or newer by JAVA_HOME or on the PATH. 1>&2
    exit /b 1
)
if %GAN4J_MAJOR% LSS 17 (
    echo gan4j: needs Java 17 or newer, but "%GAN4J_JAVA%" is Java %GAN4J_MAJOR%; set JAVA_HOME to a newer one. 1>&2
    exit /b 1
)

set "GAN4J_WHY=first run, about a minute"
if not exist "%GAN4J_CP_FILE%" goto build
set "GAN4J_WHY=out of date"
if not exist "%GAN4J_JAR%" goto build
rem A folder that was moved, or a local Maven repository that was emptied.
set "GAN4J_CP="
for /f "usebackq delims=" %%i in ("%GAN4J_CP_FILE%") do set "GAN4J_CP=%%i"
if not defined GAN4J_CP goto build
for %%e in ("%GAN4J_CP:;=" "%") do if not exist "%%~e" goto build
rem Sources newer than the class path; without PowerShell it is not seen.
powershell -NoProfile -Command "$built = (Get-Item -LiteralPath $env:GAN4J_CP_FILE).LastWriteTime; $sources = @(Get-Item -LiteralPath ($env:GAN4J_ROOT + 'pom.xml')); foreach ($name in 'core', 'datasets', 'models', 'examples') { $module = $env:GAN4J_ROOT + 'gan-' + $name; $sources += Get-Item -LiteralPath ($module + '\pom.xml'); $sources += Get-ChildItem -LiteralPath ($module + '\src\main') -Recurse }; if ($sources | Where-Object { $_.LastWriteTime -gt $built }) { exit 3 }" <nul >nul 2>&1
if "%ERRORLEVEL%"=="3" goto build
goto run

:build
where mvn >nul 2>&1
if errorlevel 1 (
    echo gan4j: needs Apache Maven to build itself; found no mvn on the PATH. 1>&2
    exit /b 1
)
echo Building gan4j ^(%GAN4J_WHY%^) ... 1>&2
pushd "%GAN4J_ROOT%"
call mvn -B -q -ntp -Dquick %GAN4J_PROFILE% package 1>&2
set "GAN4J_STATUS=%ERRORLEVEL%"
popd
if not "%GAN4J_STATUS%"=="0" (
    echo gan4j: the build failed; Maven's output is above. 1>&2
    exit /b 1
)

:run
for /f "usebackq delims=" %%i in ("%GAN4J_CP_FILE%") do set "CLASSPATH=%GAN4J_JAR%;%%i"
"%GAN4J_JAVA%" -Djava.awt.headless=true %GAN4J_JAVA_OPTS% io.github.gan4j.cli.Main %*
exit /b %ERRORLEVEL%
