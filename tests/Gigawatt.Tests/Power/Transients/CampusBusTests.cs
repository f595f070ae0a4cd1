using Gigawatt.Power.Transients;

namespace Gigawatt.Tests.Power.Transients;

public sealed class CampusBusTests
{
    public static TheoryData<string> Governors => ["GAST", "DEGOV1", "GGOV1"];

    [Theory]
    [MemberData(nameof(Governors))]
    public void A_bus_set_to_values_behaves_as_one_built_from_them(string governor)
    {
        CampusBus built = new(Spec(Governor(governor), 20, 500, 38, 6, 30, 0.4, 480, 60));
        CampusBus set = new(Spec(Governor(governor), 1, 0, 30, 1, 0, 0.5, 0, null));
        // The bus was something else before.
        set.SetMachines(0, 3, 90, 38);
        set.SetForming(0, 0, 0, 0, 12);
        set.SetMachines(0, 20, 500, 38);
        set.SetForming(0, 6, 30, 0.4 * 12, 12);
        set.SetLoad(0, 480);
        set.SetLoad(1, 590 - 480);
        set.SetImport(60);
        TransientWorkspace work = new();
        foreach (Disturbance one in (Disturbance[])
        [
            new(DisturbanceKind.GridLoss, 0), new(DisturbanceKind.UnitTrip, 0, 0, 2), new(DisturbanceKind.FormingLoss, 0, 0, 2),
            new(DisturbanceKind.LoadChange, 0, 1, ChangeMw: 60, RampS: 0.5),
        ])
        {
            Disturbance[] events = one.Kind == DisturbanceKind.GridLoss ? [one] : [new(DisturbanceKind.GridLoss, 0), one];
            TransientOutcome expected = Transient.Simulate(built, events, 10, Transient.UsualStepS, work, null);
            Transient.Simulate(set, events, 10, Transient.UsualStepS, work, null).ShouldBe(expected);
        }
    }

    [Fact]
    public void Without_an_import_the_bus_is_an_island()
    {
        CampusBus bus = new(Spec(Governor("GAST"), 20, 500, 38, 6, 30, 0.4, 480, 60));
        bus.SetImport(null);
        (bus.HasGrid, bus.ImportMw).ShouldBe((false, 0));
        bus.SetImport(0);
        bus.HasGrid.ShouldBeTrue();                                     // in step with a grid that gives nothing
    }

    [Fact]
    public void Groups_set_to_nothing_carry_nothing()
    {
        CampusBus bus = new(Spec(Governor("GGOV1"), 20, 500, 38, 6, 30, 0.4, 480, null));
        bus.SetMachines(0, 0, 0, 38);
        bus.SetForming(0, 0, 0, 0, 12);
        (bus.Machines[0].Count, bus.Machines[0].OutputPu).ShouldBe((0, 0));
        (bus.Forming[0].Count, bus.Forming[0].SetPu).ShouldBe((0, 0));
    }

    [Fact]
    public void Blocks_cannot_be_set_beyond_their_lasting_power()
    {
        CampusBus bus = new(Spec(Governor("GAST"), 20, 500, 38, 6, 30, 0.4, 480, null));
        bus.SetForming(0, 5, 400, 6, 12);                               // 80 MW each of 60 MVA
        bus.Forming[0].SetPu.ShouldBe(1);
        bus.SetForming(0, 5, -400, 6, 12);
        bus.Forming[0].SetPu.ShouldBe(-1);
    }

    private static GovernorSpec Governor(string name) => name switch
    {
        "GAST" => SmallBus.Gast,
        "DEGOV1" => new() { Degov1 = new Degov1Spec() },
        _ => new() { Ggov1 = new Ggov1Spec() },
    };

    private static CampusBusSpec Spec(
        GovernorSpec governor, int units, double carryingMw, double ratedMw, int blocks, double setMw, double charge, double loadMw, double? importMw) => new()
        {
            Machines = [SmallBus.Group(units) with { Governor = governor, CarryingMw = carryingMw, RatedMw = ratedMw, InertiaS = 2.8 }],
            Forming = [SmallBus.Battery(blocks) with { SetPointMw = setMw, ChargeFraction = charge, CapacityMwh = 12 }],
            Loads = [new() { Name = "rest", PowerMw = loadMw }, new() { Name = "job", PowerMw = carryingMw + setMw + (importMw ?? 0) - loadMw }],
            ImportMw = importMw,
            Shedding = [new() { LevelHz = 59.3, DelayS = 0.1, Drops = ["job"] }],
        };
}
