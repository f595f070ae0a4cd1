using System.CommandLine;
using Gigawatt.Scenarios;
using Gigawatt.Scenarios.Reading;

namespace Gigawatt.Cli;

/// <summary><c>gw schema</c>: the JSON Schema of scenario files, for editors.</summary>
public static class SchemaCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Command command = new("schema", "Print the JSON Schema of scenario files, so that editors complete and check them");
        command.SetAction(_ => ExitCode.Of(() =>
        {
            Console.WriteLine(JsonSchema.Of<Scenario>(Catalog.Embedded));
            return ExitCode.Done;
        }));
        return command;
    }
}
