using BenchmarkDotNet.Running;
using Gigawatt.Bench;

// "quick" times whole runs with a stopwatch, as a user feels them; anything else goes to BenchmarkDotNet.
if (args is ["quick", ..])
{
    QuickRuns.Print(args[1..]);
}
else if (args is ["adequacy", ..])
{
    AdequacyRuns.Print(args[1..]);
}
else if (args is ["failures", ..])
{
    FailureRuns.Print(args[1..]);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
