using System.Globalization;
using System.Text;
using Gigawatt.Power.Networks;
using Gigawatt.Tests.Conventions;

namespace Gigawatt.Tests.Power.Networks;

/// <summary>Networks small enough to check by hand, and the published ones.</summary>
internal static class SmallGrids
{
    /// <summary>MATPOWER data/case33bw.m: Baran and Wu (1989), 12.66 kV; load in kW and kvar of buses 2 to 33.</summary>
    private const string BaranWuLoads =
        "100 60 90 40 120 80 60 30 60 20 200 100 200 100 60 20 60 20 45 30 60 35 60 35 120 80 60 10 60 20 60 20 90 40 90 40 90 40 90 40 90 40 "
        + "90 50 420 200 420 200 60 25 60 25 60 20 120 70 200 600 150 70 210 100 60 40";

    /// <summary>From, to, r and x in ohms; the last five are normally open.</summary>
    private const string BaranWuBranches =
        "1 2 .0922 .0470 2 3 .4930 .2511 3 4 .3660 .1864 4 5 .3811 .1941 5 6 .8190 .7070 6 7 .1872 .6188 7 8 .7114 .2351 8 9 1.0300 .7400 "
        + "9 10 1.0440 .7400 10 11 .1966 .0650 11 12 .3744 .1238 12 13 1.4680 1.1550 13 14 .5416 .7129 14 15 .5910 .5260 15 16 .7463 .5450 "
        + "16 17 1.2890 1.7210 17 18 .7320 .5740 2 19 .1640 .1565 19 20 1.5042 1.3554 20 21 .4095 .4784 21 22 .7089 .9373 3 23 .4512 .3083 "
        + "23 24 .8980 .7091 24 25 .8960 .7011 6 26 .2030 .1034 26 27 .2842 .1447 27 28 1.0590 .9337 28 29 .8042 .7006 29 30 .5075 .2585 "
        + "30 31 .9744 .9630 31 32 .3105 .3619 32 33 .3410 .5302 21 8 2 2 9 15 2 2 12 22 2 2 18 33 .5 .5 25 29 .5 .5";

    /// <summary>The conversions that MATPOWER's distribution cases end with.</summary>
    public const string ConvertingCode =
        "[PQ, PV, REF, NONE, BUS_I, BUS_TYPE, PD, QD, GS, BS, BUS_AREA, VM, ...\n    VA, BASE_KV, ZONE, VMAX, VMIN, LAM_P, LAM_Q, MU_VMAX, MU_VMIN] = idx_bus;\n"
        + "[F_BUS, T_BUS, BR_R, BR_X] = idx_brch;\nVbase = mpc.bus(1, BASE_KV) * 1e3;      %% in Volts\nSbase = mpc.baseMVA * 1e6;              %% in VA\n"
        + "mpc.branch(:, [BR_R BR_X]) = mpc.branch(:, [BR_R BR_X]) / (Vbase^2 / Sbase);\nmpc.bus(:, [PD, QD]) = mpc.bus(:, [PD, QD]) / 1e3;\n";

    public static string Case9 { get; } = File.ReadAllText(Path.Combine(Repository.Root, "studies", "case9.m"));

    public static string BaranWu { get; } = BaranWuText();

    /// <summary>A source of 1 pu, a line of 0.1 pu on 100 MVA, a load.</summary>
    public static NetworkCase TwoBuses(double loadMw, double loadMvar = 0, double? maxMw = null) => new()
    {
        Name = "two buses",
        Buses = [new BusSpec { Name = "plant", Kind = BusKind.Reference }, new BusSpec { Name = "hall", LoadMw = loadMw, LoadReactiveMvar = loadMvar }],
        Generators = [new SourceSpec { Name = "G", Bus = "plant", VoltagePu = 1, MaxMw = maxMw }],
        Branches = [new BranchSpec { From = "plant", To = "hall", ReactancePu = 0.1, RatedMva = 100 }],
    };

    public static (PowerFlow Flow, PowerFlowOutcome Outcome) Solved(NetworkCase network, PowerFlowOptions? options = null)
    {
        PowerFlow flow = new(Grid.Of(network), options);
        return (flow, flow.Solve());
    }

    private static string BaranWuText()
    {
        StringBuilder text = new("function mpc = case33bw\nmpc.version = '2';\nmpc.baseMVA = 10;\nmpc.bus = [ %% (Pd and Qd are specified in kW & kVAr here, converted below)\n1 3 0 0 0 0 1 1 0 12.66 1 1 1;\n");
        string[] loads = BaranWuLoads.Split(' ');
        for (int i = 0; i < loads.Length; i += 2) { text.Append(CultureInfo.InvariantCulture, $"{i / 2 + 2}\t1\t{loads[i]}\t{loads[i + 1]}\t0 0 1 1 0 12.66 1 1.1 0.9;\n"); }
        text.Append("];\nmpc.gen = [ 1 0 0 10 -10 1 100 1 10 0; ];\nmpc.branch = [ %% (r and x specified in ohms here)\n");
        string[] branches = BaranWuBranches.Split(' ');
        for (int i = 0; i < branches.Length; i += 4)
        {
            text.Append(CultureInfo.InvariantCulture, $"{branches[i]} {branches[i + 1]} {branches[i + 2]} {branches[i + 3]} 0 0 0 0 0 0 {(i / 4 < 32 ? 1 : 0)} -360 360;\n");
        }
        return text.Append("];\n").Append(ConvertingCode).ToString();
    }
}
