using Gigawatt.Power;

namespace Gigawatt.Tests.Power;

public sealed class GeneratorGroupTests
{
    [Fact]
    public void A_tripped_unit_takes_its_share_of_the_output_and_comes_back_at_rest()
    {
        GeneratorGroup group = Found(4, 32);
        group.Fail(2).ShouldBe(8, 1e-12);
        (group.Running, group.Failed, group.Usable).ShouldBe((3, 1, 3));
        group.OutputMw.ShouldBe(24, 1e-12);
        group.Fail(2).ShouldBe(0);                                      // once is enough
        group.Repair(2);
        (group.Running, group.Failed, group.Usable).ShouldBe((3, 0, 4));
    }

    [Fact]
    public void Units_that_no_permit_allows_leave_the_bus()
    {
        GeneratorGroup group = Found(4, 40);
        group.Resize(4, 3);
        (group.Installed, group.Allowed, group.Running).ShouldBe((4, 3, 3));
        group.OutputMw.ShouldBe(30, 1e-12);
        group.Resize(4, 0);
        group.OutputMw.ShouldBe(0);
    }

    [Fact]
    public void Units_taken_away_no_longer_count_as_failed()
    {
        GeneratorGroup group = Found(4, 40);
        group.Fail(3);
        group.Resize(3, 3);
        (group.Installed, group.Failed, group.Running).ShouldBe((3, 0, 3));
    }

    [Fact]
    public void A_failed_unit_uses_no_room_of_a_permit()
    {
        GeneratorGroup group = Found(4, 40);
        group.Resize(4, 3);
        group.Fail(3);                                                  // the one at rest
        group.Usable.ShouldBe(3);
        group.Fail(0);
        group.Usable.ShouldBe(2);
    }

    [Fact]
    public void A_unit_stops_only_after_its_shortest_run_and_the_oldest_first()
    {
        GeneratorGroup group = new("units", SmallPlant.Unit with { MinRunS = 3600 }, 0, 2);
        group.Resize(2, 2);
        group.Start(0).ShouldBeTrue();
        group.Start(100).ShouldBeTrue();
        group.Start(200).ShouldBeFalse();                               // there are only two
        group.BringUp(600);
        group.BringUp(700);
        group.Running.ShouldBe(2);
        group.Stop(4199).ShouldBeFalse();                               // 600 + 3600 is not over
        group.Stop(4200).ShouldBeTrue();
        group.Units[0].Mode.ShouldBe(UnitMode.Off);
        group.Units[1].Mode.ShouldBe(UnitMode.Running);
    }

    private static GeneratorGroup Found(int count, double outputMw)
    {
        GeneratorGroup group = SmallPlant.Units(count);
        group.FindRunning();
        group.OutputMw = outputMw;
        return group;
    }
}
