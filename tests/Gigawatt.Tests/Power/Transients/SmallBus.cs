using Gigawatt.Power.Protection;
using Gigawatt.Power.Transients;

namespace Gigawatt.Tests.Power.Transients;

/// <summary>Buses small enough for arithmetic.</summary>
internal static class SmallBus
{
    public static readonly FrequencyRelaySpec NoRelay = new() { Under = [], Over = [] };

    public static readonly GovernorSpec Gast = new() { Gast = new() { DroopPu = 0.04, ValveS = 0.1, CombustorS = 0.1 } };

    /// <summary>One machine of 1,000 MVA; 500 MW of load where it has damping, else 400.</summary>
    public static CampusBus Lag(double inertiaS, double dampingPu, LagGovernorSpec governor) => new(new CampusBusSpec
    {
        Machines = [new() { Name = "one", Count = 1, RatedMw = 1000, GeneratorMva = 1000, InertiaS = inertiaS, DampingPu = dampingPu,
            CarryingMw = dampingPu > 0 ? 500 : 400, Governor = new() { Lag = governor }, Relay = NoRelay }],
        Loads = [new() { Name = "load", PowerMw = dampingPu > 0 ? 500 : 400 }],
    });

    public static MachineGroupSpec Group(int count = 32, string name = "turbines") => new()
    {
        Name = name,
        Count = count,
        RatedMw = 38,
        GeneratorMva = 47.5,
        TurbineBaseMw = 47.5,
        InertiaS = 1.5,
        CarryingMw = 28 * count,
        Governor = Gast,
    };

    public static GridFormingSpec Battery(int count) => new() { Name = "batteries", Count = count, RatedMva = 60, CapacityMwh = 120 };

    /// <summary>32 turbines that carry 896 MW, with so many batteries of 60 MVA.</summary>
    public static CampusBusSpec Spec(int batteries = 0) => new()
    {
        Machines = [Group()],
        Forming = batteries > 0 ? [Battery(batteries)] : [],
        Loads = [new() { Name = "load", PowerMw = 896 }],
    };

    public static CampusBus Turbines(int batteries = 0) => new(Spec(batteries));
}
