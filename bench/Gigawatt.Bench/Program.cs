using BenchmarkDotNet.Running;
using Gigawatt.Bench;

// A name times whole runs with a stopwatch, as a user feels them; anything else goes to BenchmarkDotNet.
switch (args)
{
    case ["quick", ..]: QuickRuns.Print(args[1..]); break;
    case ["adequacy", ..]: AdequacyRuns.Print(args[1..]); break;
    case ["batteries"]: BatteryRuns.Print(); break;
    case ["commitment", ..]: CommitmentRuns.Print(args[1..]); break;
    case ["power-flow", ..]: PowerFlowRuns.Print(args[1..]); break;
    case ["waveform"]: WaveformRuns.Print(); break;
    case ["serving"]: ServingRuns.Print(); break;
    default: BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args); break;
}
