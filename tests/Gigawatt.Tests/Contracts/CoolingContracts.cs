using Gigawatt.Cooling;

namespace Gigawatt.Tests.Contracts;

/// <summary>A plant of dry coolers, towers and chillers on one loop.</summary>
public sealed class CoolingPlantContract : Contract
{
    private static readonly CoolingGroup[] Groups =
    [
        new(new DryCoolerSpec { RatedMw = 3 }), new(new CoolingTowerSpec { RatedMw = 5 }),
        new(new AirCooledChillerSpec { RatedMw = 1.681, FreeCooling = true }),
    ];

    protected override Trace Run(Drive drive, double stepS, double lengthS)
    {
        CoolingPlantSpec spec = new();
        int[] installed = [4, 6, 60];
        int[] inService = [4, 6, 60];
        CoolingPlantState state = default;
        List<double> every = [];
        double rejected = 0, electric = 0, evaporated = 0, worst = 0;
        for (double atS = 0; atS < lengthS; atS += stepS)
        {
            if (drive.Wild) { inService[2] = (int)(drive.Share(atS, 1) * 60); }
            double before = state.StoredMwh;
            double heatMw = drive.Load(atS) * 80;
            CoolingInput input = new(
                heatMw * 0.85, heatMw * 0.15, drive.DryBulbC(atS), drive.WetBulbC(atS), 100_000,
                drive.Wild ? drive.Share(atS, 2) : 1, 1.05 + drive.Share(atS, 3) * 8);
            CoolingStep step = CoolingPlant.Step(spec, Groups, installed, inService, ref state, input, stepS);
            double hours = stepS / 3600;
            worst = Math.Max(worst, Apart(step.HeatInMw * hours + before, step.RejectedMw * hours + state.StoredMwh));
            rejected += step.RejectedMw * hours;
            electric += step.ElectricMw * hours;
            evaporated += step.EvaporationM3PerS * stepS;
            every.AddRange(
                [step.HeatInMw, step.RejectedMw, step.ElectricMw, step.SupplyC, step.CapacityMw, step.MakeUpM3PerS, step.ThrottleFraction]);
        }
        return new Trace([rejected, electric, evaporated], every, worst);
    }
}

/// <summary>One tower cell asked for a share of its rating in changing air.</summary>
public sealed class CoolingTowerContract : Contract
{
    private static readonly CoolingTowerSpec Spec = new() { RatedMw = 5 };
    private static readonly CoolingTowerDesign Design = CoolingTower.Design(Spec);

    protected override Trace Run(Drive drive, double stepS, double lengthS)
    {
        CoolingTowerState state = default;
        List<double> every = [];
        double cooled = 0, evaporated = 0, worst = 0;
        for (double atS = 0; atS < lengthS; atS += stepS)
        {
            TowerConditions at = new(
                drive.DryBulbC(atS), drive.WetBulbC(atS), 100_000, drive.Wild ? drive.Share(atS, 1) * 90 : 34,
                Math.Max(0.05, drive.Share(atS, 2)));
            double mostMw = CoolingTower.CapacityMw(Design, ref state, at);
            double heatMw = Math.Min(mostMw, drive.Load(atS) * 5);
            double air = heatMw > 0 ? CoolingTower.AirFraction(Spec, Design, ref state, at, heatMw) : 0;
            double evaporation = heatMw > 0 ? state.EvaporationKgPerMwS * heatMw : 0;
            double blowdown = CoolingTower.BlowdownM3PerS(evaporation / 1000, 0, 4);
            // Salts: what is evaporated concentrates what is blown down, C = (E + B) / B.
            if (evaporation > 0) { worst = Math.Max(worst, Apart((evaporation / 1000 + blowdown) / blowdown, 4)); }
            cooled += heatMw * stepS / 3600;
            evaporated += evaporation * stepS;
            every.AddRange([mostMw, air, evaporation, blowdown]);
        }
        return new Trace([cooled, evaporated], every, worst);
    }
}
