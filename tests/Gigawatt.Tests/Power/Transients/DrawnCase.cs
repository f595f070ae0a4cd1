using Gigawatt.Numerics;
using Gigawatt.Power.Transients;

namespace Gigawatt.Tests.Power.Transients;

/// <summary>A bus as a run makes it, and something that happens to it, from 24 throws of a die of 1,001 sides.</summary>
internal sealed class DrawnCase
{
    private static readonly GovernorSpec[] Governors =
    [
        new() { Title = "GAST", Gast = new GastSpec() },
        new() { Title = "DEGOV1", Degov1 = new Degov1Spec() },
        new() { Title = "GGOV1", Ggov1 = new Ggov1Spec() },
    ];

    private static readonly double[] Ramps = [0, 0.5, 10];

    private readonly int[] dice;

    public DrawnCase(int[] dice)
    {
        this.dice = dice;
        MachineGroupSpec[] machines = new MachineGroupSpec[Part(0) < 0.6 ? 1 : 2];
        for (int i = 0; i < machines.Length; i++)
        {
            double ratedMw = 5 + 35 * Part(1 + i);
            GovernorSpec governor = Governors[Pick(3 + i, 3)];
            machines[i] = new MachineGroupSpec
            {
                Name = FormattableString.Invariant($"machines {i}"),
                Count = 1,
                GeneratorMva = ratedMw * 1.25,
                RatedMw = ratedMw,
                TurbineBaseMw = ratedMw * (Part(5 + i) < 0.5 ? 1 : 1.15),
                InertiaS = governor.Degov1 is null ? 1.5 + 2 * Part(5 + i) : 2.8,
                Governor = governor,
                CarryingMw = 0,
                BlockLoadFraction = Part(7) < 0.3 ? null : 0.1 + 0.3 * Part(7),
            };
        }
        double blockMw = 1 + 9 * Part(8);
        Bus = new CampusBus(new CampusBusSpec
        {
            Machines = machines,
            Forming =
            [
                new GridFormingSpec { Name = "blocks", Count = 1, RatedMva = blockMw, MaxCurrentPu = 1 + 0.3 * Part(9), CapacityMwh = blockMw * (0.2 + 3 * Part(10)) },
            ],
            Loads = [new LoadBlockSpec { Name = "rest", PowerMw = 0 }, new LoadBlockSpec { Name = "job", PowerMw = 0 }],
            Shedding = [new() { LevelHz = 59.3, DelayS = 0.1, Drops = ["job"] }],
        });
        Set(Part(11), Part(12), Part(13), Part(14), 1);
    }

    public CampusBus Bus { get; }

    public Hit Hit { get; private set; }

    public Disturbance[] Events { get; } = new Disturbance[1];

    /// <summary>Sets outputs, charge and size of what happens; the counts stay.</summary>
    public void Set(double output, double otherOutput, double charge, double set, double size)
    {
        double sourcesMw = 0, wholeMw = 0;
        for (int i = 0; i < Bus.Machines.Length; i++)
        {
            int count = 1 + Pick(15 + i, 30);
            double ratedMw = Bus.Spec.Machines[i].RatedMw, eachMw = ratedMw * (0.15 + 0.84 * (i == 0 ? output : otherOutput));
            Bus.SetMachines(i, count, count * eachMw, ratedMw * (0.85 + 0.15 * Part(17)));
            sourcesMw += count * eachMw;
            wholeMw += count * ratedMw;
        }
        int blocks = Part(18) < 0.3 ? 0 : Pick(18, 40);
        double capacityMwh = Bus.Spec.Forming[0].CapacityMwh, mva = Bus.Spec.Forming[0].RatedMva;
        // Often nearly empty or nearly full, where energy decides.
        double stored = Part(19) < 0.2 ? 0.01 * charge : Part(19) < 0.4 ? 1 - 0.01 * charge : charge;
        Bus.SetForming(0, blocks, blocks * mva * (set - 0.5), stored * capacityMwh, capacityMwh);
        sourcesMw += blocks * Bus.Forming[0].BaseMw * Bus.Forming[0].SetPu;
        wholeMw += blocks * mva;
        double changeMw = size * (0.005 + 0.4 * Part(20) * Part(20)) * wholeMw;
        double rampS = Ramps[Pick(21, 3)];
        int kind = Pick(22, 4);
        double jobMw = kind == 1 ? Math.Min(changeMw, sourcesMw) : 0.2 * sourcesMw;
        if (kind == 1) { changeMw = jobMw; }
        Bus.SetLoad(1, Math.Max(0, jobMw));
        Bus.SetLoad(0, sourcesMw - Math.Max(0, jobMw));
        int group = Pick(23, Bus.Machines.Length);
        switch (kind)
        {
            case 2:
                int units = Math.Min(1 + Pick(20, 3), Bus.Machines[group].Count);
                Events[0] = new Disturbance(DisturbanceKind.UnitTrip, 0, group, units);
                Hit = new Hit(units * Bus.Machines[group].OutputPu * Bus.Machines[group].BaseMw, 0, group, units, -1, 0);
                break;
            case 3 when blocks > 0:
                int lost = Math.Min(1 + Pick(20, 3), blocks);
                Events[0] = new Disturbance(DisturbanceKind.FormingLoss, 0, 0, lost);
                Hit = new Hit(lost * Bus.Forming[0].SetPu * Bus.Forming[0].BaseMw, 0, -1, 0, 0, lost);
                break;
            default:
                double signedMw = kind == 1 ? -changeMw : changeMw;
                Events[0] = new Disturbance(DisturbanceKind.LoadChange, 0, 1, ChangeMw: signedMw, RampS: rampS);
                Hit = new Hit(signedMw, rampS, -1, 0, -1, 0);
                break;
        }
    }

    /// <summary>A neighbour: everything moved by up to two in a hundred.</summary>
    public void Nudge(int k)
    {
        double Moved(int at, double by) => Math.Limit(Part(at) + by * (Part((at + k) % 24) - 0.5), 0, 1);
        Set(Moved(11, 0.04), Moved(12, 0.04), Moved(13, 0.04), Moved(14, 0.04), 1 + 0.04 * (Part((20 + k) % 24) - 0.5));
    }

    /// <summary>The same case with a share of its step of load.</summary>
    public void Shrink(double share)
    {
        Events[0] = Events[0] with { ChangeMw = Events[0].ChangeMw * share };
        Hit = Hit with { ChangeMw = Hit.ChangeMw * share };
    }

    /// <summary>The case itself, by the fine step, until all rests.</summary>
    public TransientVerdict Whole(TransientWorkspace work) => Transient.Simulate(Bus, Events, 20, Transient.UsualStepS, work, null).Verdict;

    public override string ToString()
    {
        List<string> parts = [];
        foreach (MachineRow row in Bus.Machines)
        {
            parts.Add(FormattableString.Invariant(
                $"{row.Count} x {row.Kind} of {row.BaseMw:0.##} MW at {row.OutputPu:0.####} of {row.RatedPu:0.####}, block {row.BlockPu:0.###}, swing {row.SwingMwS:0.#}"));
        }
        FormingRow forming = Bus.Forming[0];
        parts.Add(FormattableString.Invariant(
            $"{forming.Count} blocks of {forming.BaseMw:0.##} MVA at {forming.SetPu:0.####}, {forming.StoredMwh:0.####} of {forming.CapacityMwh:0.####} MWh, current {forming.Current:0.###}"));
        parts.Add(Hit.ToString());
        return string.Join("; ", parts);
    }

    private double Part(int i) => dice[i] / 1000.0;

    private int Pick(int i, int many) => dice[i] * many / 1001;
}
