using Gigawatt.Power;
using Gigawatt.Tests.Power;

namespace Gigawatt.Tests.Contracts;

/// <summary>Turbines behind a line, batteries and a small grid tie under dispatch.</summary>
public sealed class DispatchContract : Contract
{
    protected override Trace Run(Drive drive, double stepS, double lengthS)
    {
        GeneratorGroup near = SmallPlant.Units(6);
        GeneratorGroup far = SmallPlant.Units(6, heatRate: 3, parcel: 1);
        SmallPlant made = new SmallPlant(near, far).WithBatteries(10, 0.5, new DispatchSpec()).WithGrid(15).WithCircuits(3).Running();
        List<double> every = [];
        double fuel = 0, generated = 0, grid = 0, served = 0, lost = 0, worst = 0;
        for (double atS = 0; atS < lengthS; atS += stepS)
        {
            made.DryBulbC = drive.DryBulbC(atS);
            double before = made.Plant.Batteries[0].State.StoredMwh;
            PowerStep step = made.Step(drive.Load(atS) * 100, stepS);
            double hours = stepS / 3600;
            double inMwh = (step.GenerationMw + step.GridMw) * hours;
            double outMwh = (step.ServedMw + step.AuxiliaryMw + step.StepUpLossMw + step.LineLossMw + step.DumpedMw + step.BatteryLossMw) * hours;
            worst = Math.Max(worst, Apart(inMwh, outMwh + step.StoredMwh - before));
            fuel += step.FuelMw * hours;
            generated += step.GenerationMw * hours;
            grid += step.GridMw * hours;
            served += step.ServedMw * hours;
            lost += step.LineLossMw * hours;
            every.AddRange([step.GenerationMw, step.FuelMw, step.GridMw, step.ServedMw, step.StoredMwh, step.ReachMw, step.DumpedMw]);
        }
        return new Trace([fuel, generated, served, lost], [.. every, grid], worst);
    }
}

/// <summary>A battery that is charged and discharged in turn.</summary>
public sealed class BatteryContract : Contract
{
    protected override Trace Run(Drive drive, double stepS, double lengthS)
    {
        BatteryState state = new() { Blocks = 10, StoredMwh = 20 };
        List<double> every = [];
        double charged = 0, discharged = 0, worst = 0;
        for (double atS = 0; atS < lengthS; atS += stepS)
        {
            double before = state.StoredMwh;
            double hours = stepS / 3600;
            double tookMw = 0, gaveMw = 0;
            double wish = (drive.Share(atS, 0) - drive.Share(atS, 1)) * (drive.Wild ? 1e4 : 20);
            if (wish > 0) { tookMw = Battery.Charge(SmallPlant.Block, ref state, wish, stepS); }
            else { gaveMw = Battery.Discharge(SmallPlant.Block, ref state, -wish, stepS); }
            worst = Math.Max(worst, Apart(before + tookMw * 0.95 * hours, state.StoredMwh + gaveMw / 0.95 * hours));
            charged += tookMw * hours;
            discharged += gaveMw * hours;
            every.AddRange([tookMw, gaveMw, state.StoredMwh]);
        }
        return new Trace([charged, discharged], every, worst);
    }
}
