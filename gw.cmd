@echo off
rem Starts gw on Windows; builds what is stale first. "gw test" runs every test.
setlocal
set "ROOT=%~dp0"
set DOTNET_NOLOGO=1
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
where dotnet >nul 2>nul || (echo gw: the .NET SDK 10 is missing; get it from https://dotnet.microsoft.com/download or with: winget install Microsoft.DotNet.SDK.10 1>&2 & exit /b 1)
if not exist "%ROOT%web\dist\report.html" where npm >nul 2>nul || (echo gw: Node.js 20 or later with npm is missing, needed once to build the report; get it from https://nodejs.org or with: winget install OpenJS.NodeJS.LTS 1>&2 & exit /b 1)
if /i "%~1"=="test" goto test
dotnet build "%ROOT%src\Gigawatt\Gigawatt.csproj" -c Release -v quiet -nologo || exit /b 1
dotnet "%ROOT%artifacts\bin\Gigawatt\release\gw.dll" %*
exit /b %errorlevel%

:test
rem Everything behind the word test goes on to dotnet test.
for /f "tokens=1,*" %%a in ("%*") do set "REST=%%b"
dotnet test "%ROOT%Gigawatt.slnx" -c Release --nologo %REST%
exit /b %errorlevel%
