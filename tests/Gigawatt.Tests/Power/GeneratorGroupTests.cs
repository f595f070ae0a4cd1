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

    [Fact]
    public void A_unit_that_fails_to_start_is_counted_and_tried_again_after_its_wait()
    {
        // With a chance of 90 % and seed 1 some of the first tries fail; each costs 600 s of start and 3,600 s of wait.
        GeneratorGroup group = new(
            "units", SmallPlant.Unit with { StartFailureFraction = 0.9 }, 0, 1, Gigawatt.Numerics.Stream.For(1, 0, "units", "start"));
        group.Resize(1, 1);
        double nowS = 0;
        for (int tries = 1; group.StartCount == 0; tries++)
        {
            group.Start(nowS).ShouldBeTrue();
            group.BringUp(nowS + 600);
            (group.StartFailureCount + group.StartCount).ShouldBe(tries);
            if (group.StartCount > 0) { break; }
            (group.Waiting, group.Usable).ShouldBe((1, 0));
            group.Start(nowS + 601).ShouldBeFalse();
            group.BringUp(nowS += 4200);
            (group.Waiting, group.Usable).ShouldBe((0, 1));
        }
        group.StartFailureCount.ShouldBeGreaterThan(0);
        group.Running.ShouldBe(1);
    }

    [Fact]
    public void A_hot_unit_starts_before_a_cold_one()
    {
        GeneratorGroup group = new("units", SmallPlant.Unit with { ColdStartS = 3600 }, 0, 2);
        group.Resize(2, 2);
        group.Start(0);
        group.BringUp(3600);                                            // both were cold: the first is up after an hour
        group.Start(3600);
        group.BringUp(7200);
        group.Stop(7200).ShouldBeTrue();                                // the oldest rests
        group.Stop(3 * 86400 + 7200).ShouldBeTrue();                    // three days later the other
        group.Start(3 * 86400 + 7260).ShouldBeTrue();
        group.Units[1].Mode.ShouldBe(UnitMode.Starting);                // hot: ten minutes instead of an hour
        group.Units[1].StartingS.ShouldBe(600);
    }

    [Fact]
    public void A_stopped_unit_rests_its_shortest_time()
    {
        GeneratorGroup group = new("units", SmallPlant.Unit with { MinDownS = 1800 }, 0, 1);
        group.Resize(1, 1);
        group.FindRunning();
        group.Stop(1000).ShouldBeTrue();
        group.Start(2799).ShouldBeFalse();
        group.Start(2800).ShouldBeTrue();
    }

    [Fact]
    public void Units_that_protection_took_off_wait_and_come_back_hot()
    {
        GasTurbineSpec unit = SmallPlant.Unit with
        {
            MinDownS = 1800,
            Maintenance = new MaintenanceSpec { Works = [new MaintenanceWork { Name = "inspection", IntervalS = 3.6e6, OutageS = 3600 }], TripS = 144_000 },
        };
        GeneratorGroup group = new("units", unit, 0, 4);
        group.Resize(4, 4);
        group.FindRunning();
        group.OutputMw = 32;
        group.BringUp(1000);
        group.Trip(3, 1000, 1300);
        (group.Running, group.Waiting, group.Failed, group.Usable).ShouldBe((1, 3, 0, 1));
        group.OutputMw.ShouldBe(8, 1e-12);                              // theirs went with them
        group.EquivalentS(3, 1000).ShouldBe(1000 + 144_000, 1e-9);      // a thousand seconds on the bus and one trip
        group.EquivalentS(0, 1000).ShouldBe(1000, 1e-9);
        group.Start(1000).ShouldBeFalse();
        group.BringUp(1299);
        group.Waiting.ShouldBe(3);
        group.BringUp(1300);
        (group.Waiting, group.Usable).ShouldBe((0, 4));
        for (int i = 0; i < 3; i++) { group.Start(1300).ShouldBeTrue(); }    // not after 1,800 s of rest
        group.BringUp(1900);
        (group.Running, group.StartCount, group.StartFailureCount).ShouldBe((4, 3, 0));
        group.FailedUnitS.ShouldBe(0);
    }

    [Fact]
    public void A_unit_that_must_rest_for_long_is_still_hot_when_protection_took_it_off()
    {
        // Once a trip was booked as a stop one minimum rest ago: these would have counted as five hours cold, and taken half an hour.
        GasTurbineSpec unit = SmallPlant.Unit with { MinDownS = 5 * 3600, WarmAfterS = 4 * 3600, StartS = 600, WarmStartS = 1800 };
        GeneratorGroup group = new("units", unit, 0, 1);
        group.Resize(1, 1);
        group.FindRunning();
        group.BringUp(1000);
        group.Trip(1, 1000, 1300);
        group.BringUp(1300);
        group.Start(1300).ShouldBeTrue();
        group.Units[0].StartingS.ShouldBe(600);
        // Off for five hours it is warm, and told to rest it rests.
        group.BringUp(1900);
        group.Stop(1900 + unit.MinRunS).ShouldBeTrue();
        group.Start(1900 + unit.MinRunS + 5 * 3600 - 1).ShouldBeFalse();
        group.Start(1900 + unit.MinRunS + 5 * 3600).ShouldBeTrue();
        group.Units[0].StartingS.ShouldBe(1800);
    }

    [Fact]
    public void No_more_units_trip_than_run()
    {
        GeneratorGroup group = Found(4, 32);
        group.Trip(9, 100, 400);
        (group.Running, group.Waiting).ShouldBe((0, 4));
        group.OutputMw.ShouldBe(0);
        group.Fail(1).ShouldBe(0);                                      // a waiting unit may fail: then it waits no more
        (group.Waiting, group.Failed).ShouldBe((3, 1));
    }

    [Fact]
    public void On_a_dead_bus_no_unit_starts()
    {
        GeneratorGroup group = new("units", SmallPlant.Unit, 0, 3);
        group.Resize(3, 3);
        group.Start(0).ShouldBeTrue();
        group.Bar(900);
        (group.Starting, group.Waiting, group.Usable).ShouldBe((0, 3, 0));
        group.Start(100).ShouldBeFalse();
        group.BringUp(900);
        (group.Running, group.Usable).ShouldBe((0, 3));
        group.Start(900).ShouldBeTrue();
    }

    private static GeneratorGroup Found(int count, double outputMw)
    {
        GeneratorGroup group = SmallPlant.Units(count);
        group.FindRunning();
        group.OutputMw = outputMw;
        return group;
    }
}
