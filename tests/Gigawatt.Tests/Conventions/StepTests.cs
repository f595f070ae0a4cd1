using System.Reflection.Metadata;
using Gigawatt.Numerics;

namespace Gigawatt.Tests.Conventions;

/// <summary>Whatever a step of the campus can reach is free of LINQ, clocks, files and consoles.</summary>
public sealed class StepTests
{
    // Run once or a few times a day, and may allocate.
    private static readonly string[] OnceADay = ["NewDay", "NewPlan"];

    private static readonly string[] NotInAStep =
    [
        "System.Linq.", "System.IO.", "System.Console.", "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTimeOffset.",
        "System.Random.", "System.Guid.", "System.Threading.", "System.Reflection.", "System.Text.", "System.Diagnostics.Stopwatch.",
    ];

    [Fact]
    public void Nothing_that_a_step_calls_uses_LINQ_the_clock_files_or_the_console()
    {
        using TypeUse assembly = new(typeof(Check).Assembly.Location);
        Dictionary<MethodDefinitionHandle, string> reached = Reached(assembly);
        reached.Count.ShouldBeGreaterThan(100);
        List<string> wrong = [];
        foreach ((MethodDefinitionHandle method, string way) in reached)
        {
            foreach ((Use use, _) in assembly.Of(method))
            {
                string full = $"{use.Namespace}.{use.Type}.{use.Member}";
                if (NotInAStep.Any(banned => full.StartsWith(banned, StringComparison.Ordinal))) { wrong.Add($"{way}: {full}"); }
            }
        }
        wrong.ShouldBeEmpty();
    }

    // Methods reached from SiteStep.Step by direct calls, with the way there; virtual calls end at the interface.
    private static Dictionary<MethodDefinitionHandle, string> Reached(TypeUse assembly)
    {
        MethodDefinitionHandle start = assembly.Reader.MethodDefinitions.First(handle => Name(assembly, handle) == "SiteStep.Step");
        Dictionary<MethodDefinitionHandle, string> reached = new() { [start] = "SiteStep.Step" };
        Queue<MethodDefinitionHandle> open = new([start]);
        while (open.TryDequeue(out MethodDefinitionHandle at))
        {
            foreach ((_, MethodDefinitionHandle called) in assembly.Of(at))
            {
                if (called.IsNil || OnceADay.Contains(assembly.Reader.GetString(assembly.Reader.GetMethodDefinition(called).Name))) { continue; }
                if (reached.TryAdd(called, $"{reached[at]} → {Name(assembly, called)}")) { open.Enqueue(called); }
            }
        }
        return reached;
    }

    private static string Name(TypeUse assembly, MethodDefinitionHandle handle)
    {
        MethodDefinition method = assembly.Reader.GetMethodDefinition(handle);
        return assembly.Reader.GetString(assembly.Reader.GetTypeDefinition(method.GetDeclaringType()).Name) + "."
            + assembly.Reader.GetString(method.Name);
    }
}
