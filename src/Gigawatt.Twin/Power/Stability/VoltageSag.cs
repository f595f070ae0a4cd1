using Gigawatt.Numerics;

namespace Gigawatt.Power.Stability;

/// <summary>What is left of the voltages in the first moment of a fault.</summary>
/// <param name="RetainedPu">Voltage of each bus, in the order of the network.</param>
/// <param name="FaultKa">Current of the fault.</param>
public sealed record SagProfile(IReadOnlyList<double> RetainedPu, double FaultKa);

/// <summary>The sag that a fault makes at every bus, before anything has moved.</summary>
/// <remarks>Sources keep their voltages behind their reactances, inverters at their current limit: the divider between source and fault.</remarks>
public static class VoltageSag
{
    /// <summary>Voltages in the first moment of a fault.</summary>
    /// <exception cref="CaseException">The parts do not make a network.</exception>
    public static SagProfile Of(CampusNetworkSpec spec, NetworkFaultSpec fault)
    {
        NetworkTransient run = new(spec, fault with { StartS = 0, ClearedS = null }, 1e-6);
        run.Step();
        return new SagProfile([.. Enumerable.Range(0, run.BusCount).Select(run.VoltagePu)], run.FaultKa);
    }
}
