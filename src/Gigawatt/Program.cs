using System.CommandLine;
using Gigawatt.Cli;

RootCommand root = new(
    "gw: a digital twin of gigawatt AI training campuses. How many useful GPUs, when, limited by what, at what cost?")
{
    RunCommand.Create(), CheckCommand.Create(), ReportCommand.Create(), CompareCommand.Create(), ExportCommand.Create(),
    CatalogCommand.Create(), SchemaCommand.Create(),
};
ParseResult parsed = root.Parse(args);
// A stopped run still writes what it has, which takes a moment.
int code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
return parsed.Errors.Count > 0 ? ExitCode.BadInput : code;
