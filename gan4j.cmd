@echo off
rem Runs gan4j's command line on Windows, building it on the first run.
rem After a change of the sources build it anew with: mvn -Dquick package
rem GAN4J_GPU=1 leaves PyTorch's CPU libraries off the class path; GAN4J_JAVA_OPTS holds options for the JVM.
setlocal
set "GAN4J_ROOT=%~dp0"
set "GAN4J_TARGET=%GAN4J_ROOT%gan-examples\target"
set "GAN4J_CP_FILE=%GAN4J_TARGET%\classpath.txt"
set "GAN4J_PROFILE="
if "%GAN4J_GPU%"=="1" set "GAN4J_CP_FILE=%GAN4J_TARGET%\classpath-gpu.txt"
if "%GAN4J_GPU%"=="1" set "GAN4J_PROFILE=-Pgpu"

set "GAN4J_JAVA=java"
if defined JAVA_HOME set "GAN4J_JAVA=%JAVA_HOME%\bin\java"
"%GAN4J_JAVA%" --version >nul 2>&1
if errorlevel 1 (
    echo gan4j: needs Java 17 or newer by JAVA_HOME or on the PATH. 1>&2
    exit /b 1
)

"%GAN4J_JAVA%" --version 2>nul | findstr /r /c:"^openjdk 9" /c:"^openjdk 1[0-6]" /c:"^java 9" /c:"^java 1[0-6]" >nul
if not errorlevel 1 (
    echo gan4j: needs Java 17 or newer; set JAVA_HOME to a newer one. 1>&2
    exit /b 1
)

rem A class path that was written in another folder is of a clone that was moved.
if not exist "%GAN4J_CP_FILE%" goto build
if not exist "%GAN4J_TARGET%\gan-examples.jar" goto build
findstr /l /c:"%GAN4J_ROOT%gan-core" "%GAN4J_CP_FILE%" >nul
if not errorlevel 1 goto run

:build
where mvn >nul 2>&1
if errorlevel 1 (
    echo gan4j: needs Apache Maven to build itself; found no mvn on the PATH. 1>&2
    exit /b 1
)
echo Building gan4j ^(first run, about a minute^) ... 1>&2
pushd "%GAN4J_ROOT%"
call mvn -B -q -ntp -Dquick %GAN4J_PROFILE% package 1>&2
set "GAN4J_STATUS=%ERRORLEVEL%"
popd
if not "%GAN4J_STATUS%"=="0" exit /b 1

:run
for /f "usebackq delims=" %%i in ("%GAN4J_CP_FILE%") do set "CLASSPATH=%GAN4J_TARGET%\gan-examples.jar;%%i"
"%GAN4J_JAVA%" -Djava.awt.headless=true %GAN4J_JAVA_OPTS% io.github.gan4j.cli.Main %*
exit /b %ERRORLEVEL%
