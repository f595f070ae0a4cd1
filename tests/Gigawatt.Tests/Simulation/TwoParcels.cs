using Gigawatt.Power;
using Gigawatt.Scenarios;

namespace Gigawatt.Tests.Simulation;

/// <summary>The test island with five turbines on a parcel of their own and some or none by the halls, behind a line of some circuits.</summary>
internal static class TwoParcels
{
    public static Scenario Scenario(int circuits, double circuitMw = 20, int near = 2)
    {
        Scenario island = Island.Scenario(new DateOnly(2026, 1, 10));
        GeneratorGroupSpec turbines = island.Power.GasTurbines[0], far = turbines with { Name = "far", Count = 5, At = "plant" };
        return island with
        {
            Site = island.Site with { Parcels = [new ParcelSpec { Name = "halls parcel" }, new ParcelSpec { Name = "plant" }] },
            Power = island.Power with
            {
                GasTurbines = near > 0 ? [turbines with { Name = "near", Count = near }, far] : [far],
                Lines = [new LineGroupSpec { Name = "circuits", From = "plant", Count = circuits, Line = new PowerLineSpec { RatedMw = circuitMw } }],
            },
        };
    }
}
