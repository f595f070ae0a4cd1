@echo off
rem Starts gw on Windows; builds it when needed. "gw test" runs every test.
setlocal
set ROOT=%~dp0
set DOTNET_NOLOGO=1
set DOTNET_CLI_TELEMETRY_OPTOUT=1
where dotnet >nul 2>nul || (echo gw: the .NET SDK 10 is missing; get it from https://dotnet.microsoft.com/download 1>&2 & exit /b 1)
if /i "%~1"=="test" (
  shift
  dotnet test "%ROOT%Gigawatt.slnx" -c Release --nologo %2 %3 %4 %5 %6 %7 %8 %9
  exit /b %errorlevel%
)
dotnet build "%ROOT%src\Gigawatt\Gigawatt.csproj" -c Release -v quiet -nologo || exit /b 1
dotnet "%ROOT%artifacts\bin\Gigawatt\release\gw.dll" %*
exit /b %errorlevel%
