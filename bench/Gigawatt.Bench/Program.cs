using BenchmarkDotNet.Running;
using Gigawatt.Bench;

// A name times whole runs with a stopwatch, as a user feels them; anything else goes to BenchmarkDotNet.
switch (args)
{
    case ["quick", ..]: QuickRuns.Print(args[1..]); break;
    case ["adequacy", ..]: AdequacyRuns.Print(args[1..]); break;
    case ["batteries"]: BatteryRuns.Print(); break;
    case ["collective"]: CollectiveRuns.Print(); break;
    case ["commitment", ..]: CommitmentRuns.Print(args[1..]); break;
    case ["failures", ..]: FailureRuns.Print(args[1..]); break;
    case ["frequency"]: FrequencyRuns.Print(); break;
    case ["job-power"]: JobPowerRuns.Print(); break;
    case ["power-flow", ..]: PowerFlowRuns.Print(args[1..]); break;
    case ["serving"]: ServingRuns.Print(); break;
    case ["stability"]: StabilityRuns.Print(); break;
    case ["step-time"]: StepTimeRuns.Print(); break;
    case ["waveform"]: WaveformRuns.Print(); break;
    default: BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args); break;
}
