using System.Runtime.CompilerServices;

namespace Gigawatt.Cooling;

/// <summary>What a group of cooling units is made of.</summary>
public enum CoolingKind
{
    /// <summary>Air-cooled chillers.</summary>
    AirCooledChiller,

    /// <summary>Dry coolers.</summary>
    DryCooler,

    /// <summary>Open cooling tower cells behind a plate exchanger.</summary>
    CoolingTower,
}

/// <summary>Identical cooling units that the plant stages together, with what their rating point says worked out once.</summary>
public sealed class CoolingGroup
{
    /// <summary>Most groups one plant can have.</summary>
    public const int Most = 8;

    internal readonly AirCooledChillerSpec? Chiller;
    internal readonly DryCoolerSpec? DryCooler;
    internal readonly CoolingTowerSpec? Tower;
    internal readonly DryCoolerDesign DryCoolerDesign;
    internal readonly CoolingTowerDesign TowerDesign;

    /// <summary>A group of air-cooled chillers.</summary>
    public CoolingGroup(AirCooledChillerSpec chiller)
    {
        Chiller = chiller;
        Kind = CoolingKind.AirCooledChiller;
        (RatedMw, MeanTimeToFailureS, MeanRepairS, RestartS) =
            (chiller.RatedMw, chiller.MeanTimeToFailureS, chiller.MeanRepairS, chiller.RestartS);
    }

    /// <summary>A group of dry coolers.</summary>
    public CoolingGroup(DryCoolerSpec dryCooler)
    {
        DryCooler = dryCooler;
        DryCoolerDesign = Cooling.DryCooler.Design(dryCooler);
        Kind = CoolingKind.DryCooler;
        (RatedMw, MeanTimeToFailureS, MeanRepairS) = (dryCooler.RatedMw, dryCooler.MeanTimeToFailureS, dryCooler.MeanRepairS);
    }

    /// <summary>A group of cooling tower cells.</summary>
    public CoolingGroup(CoolingTowerSpec tower)
    {
        Tower = tower;
        TowerDesign = CoolingTower.Design(tower);
        Kind = CoolingKind.CoolingTower;
        (RatedMw, MeanTimeToFailureS, MeanRepairS) = (tower.RatedMw, tower.MeanTimeToFailureS, tower.MeanRepairS);
    }

    /// <summary>What the units are.</summary>
    public CoolingKind Kind { get; }

    /// <summary>Heat one unit rejects at its rating point.</summary>
    public double RatedMw { get; }

    /// <summary>Running time between failures of one unit.</summary>
    public double MeanTimeToFailureS { get; }

    /// <summary>Time to bring a failed unit back.</summary>
    public double MeanRepairS { get; }

    /// <summary>From the return of power to full cooling; 0 for coolers and towers.</summary>
    public double RestartS { get; }
}

/// <summary>What the tower groups of a plant remember, by the place of the group in the plant's list.</summary>
[InlineArray(CoolingGroup.Most)]
public struct CoolingTowerStates
{
    private CoolingTowerState first;
}
