using Gigawatt.Power;

namespace Gigawatt.Tests.Power;

/// <summary>A plant whose arithmetic fits on paper: units of 10 MW at 15 °C, no transformer losses, a line of 1 %.</summary>
internal sealed class SmallPlant
{
    public const double IsoC = 15;
    public const double SeaLevelPa = 101_325;

    public static readonly TransformerSpec NoLoss = new() { NoLoadLossFraction = 0, LoadLossFraction = 0 };

    public static readonly GasTurbineSpec Unit = new()
    {
        RatedMw = 10,
        HeatRateRatio = 2.5,
        NoLoadFuelFraction = 0.2,
        MinStableFraction = 0.5,
        RampMwPerS = 1,
        StartS = 600,
        StartFuelMwh = 6,
        MinRunS = 0,
        MinDownS = 0,
    };

    public static readonly BatterySpec Block = new()
    {
        CapacityMwh = 4,
        RatedMw = 2,
        OneWayEfficiencyFraction = 0.95,
        AuxiliaryFraction = 0,
        TargetChargeFraction = 0.5,
    };

    private double nowS;

    public SmallPlant(params GeneratorGroup[] groups) => Plant = Make(groups, new DispatchSpec { ReserveUnits = 0 });

    public PowerPlant Plant { get; private set; }

    public double DryBulbC { get; set; } = IsoC;

    /// <summary>Units of 10 MW in service, on the parcel of the load (0) or on the one behind the line (1).</summary>
    public static GeneratorGroup Units(int count, double heatRate = 2.5, int parcel = 0)
    {
        GeneratorGroup group = new("units", Unit with { HeatRateRatio = heatRate }, parcel, count);
        group.Resize(count, count);
        return group;
    }

    public SmallPlant With(DispatchSpec dispatch)
    {
        Plant = Make(Plant.Generators, dispatch);
        return this;
    }

    /// <summary>Battery blocks of 2 MW and 4 MWh, charged to a share.</summary>
    public SmallPlant WithBatteries(int blocks, double chargedFraction, DispatchSpec? dispatch = null)
    {
        BatteryGroup group = new("blocks", Block);
        group.Resize(blocks);
        group.State.StoredMwh = chargedFraction * blocks * Block.CapacityMwh;
        Plant = Make(Plant.Generators, dispatch ?? Plant.Dispatch, group);
        return this;
    }

    public SmallPlant WithGrid(double limitMw, bool first = false)
    {
        Plant = Make(Plant.Generators, Plant.Dispatch, Plant.Batteries, first);
        Plant.GridLimitMw = limitMw;
        return this;
    }

    /// <summary>Circuits of 15 MW from the second parcel.</summary>
    public SmallPlant WithCircuits(int circuits)
    {
        Plant.Sites[1].Circuits = circuits;
        return this;
    }

    /// <summary>Every unit found on the bus, free to take any output in the first step.</summary>
    public SmallPlant Running()
    {
        foreach (GeneratorGroup group in Plant.Generators) { group.FindRunning(); }
        Plant.RampsFreely = true;
        return this;
    }

    public PowerStep Step(double demandMw, double stepS = 60, double prepareMw = 0)
    {
        PowerStep step = Dispatch.Step(Plant, demandMw, prepareMw, DryBulbC, SeaLevelPa, nowS, stepS);
        nowS += stepS;
        return step;
    }

    /// <summary>Steps of a minute until so many seconds have passed; returns the last.</summary>
    public PowerStep Steps(double demandMw, double seconds)
    {
        PowerStep step = default;
        for (double untilS = nowS + seconds; nowS < untilS;) { step = Step(demandMw); }
        return step;
    }

    private static PowerPlant Make(GeneratorGroup[] groups, DispatchSpec dispatch, params BatteryGroup[] batteries) =>
        Make(groups, dispatch, batteries, false);

    private static PowerPlant Make(GeneratorGroup[] groups, DispatchSpec dispatch, BatteryGroup[] batteries, bool gridFirst) => new()
    {
        Generators = groups,
        Sites =
        [
            new PlantSite("halls"),
            new PlantSite("over the border") { Line = new PowerLineSpec { RatedMw = 15, LossAtRatedFraction = 0.01 } },
        ],
        Batteries = batteries,
        StepUp = NoLoss,
        Dispatch = dispatch,
        GridFirst = gridFirst,
    };
}
