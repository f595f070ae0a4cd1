using Gigawatt.Water;

namespace Gigawatt.Tests.Contracts;

/// <summary>A reclaimed plant, a capped city main and a tank.</summary>
public sealed class WaterContract : Contract
{
    private static readonly WaterSystemSpec Spec = new()
    {
        Reclaimed = new ReclaimedPlantSpec { CapacityM3PerS = 0.02 },
        City = new CitySupplySpec { LimitM3PerS = 0.03, DailyCapM3 = 1500 },
        TankM3 = 800,
    };

    protected override Trace Run(Drive drive, double stepS, double lengthS)
    {
        WaterSystemState state = WaterSystem.Start(Spec);
        List<double> every = [];
        double city = 0, reclaimed = 0, served = 0, worst = 0;
        for (double atS = 0; atS < lengthS; atS += stepS)
        {
            double before = state.TankM3;
            bool plant = !drive.Wild || drive.Share(atS, 1) > 0.5;
            WaterStep step = WaterSystem.Step(Spec, ref state, drive.Load(atS) * 0.06, plant, (int)(atS / 86_400), stepS);
            double inM3 = (step.SewageM3PerS + step.CityM3PerS) * stepS;
            double outM3 = (step.ServedM3PerS + step.PlantRejectM3PerS) * stepS;
            worst = Math.Max(worst, Apart(inM3 + before, outM3 + state.TankM3));
            city += step.CityM3PerS * stepS;
            reclaimed += step.ReclaimedM3PerS * stepS;
            served += step.ServedM3PerS * stepS;
            every.AddRange([step.ServedM3PerS, step.UnservedM3PerS, step.ElectricMw, step.CyclesRatio, state.TankM3]);
        }
        return new Trace([city, reclaimed, served], every, worst);
    }
}
