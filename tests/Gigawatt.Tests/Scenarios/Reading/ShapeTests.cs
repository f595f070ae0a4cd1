using Gigawatt.Numerics;
using Gigawatt.Scenarios.Reading;

namespace Gigawatt.Tests.Scenarios.Reading;

public sealed class ShapeTests
{
    [Fact]
    public void Only_numbers_have_units()
    {
        RecordShape shape = RecordShape.Of(typeof(Rack));
        shape.Keys.ShouldBe(["gpus_per_node", "gpus", "blocks", "price"]);
        shape.Find("blocks")!.Unit.Symbol.ShouldBe("MW");
    }

    [Fact]
    public void Two_properties_of_one_key_are_refused() =>
        Should.Throw<InvalidOperationException>(() => RecordShape.Of(typeof(Chiller))).Message
            .ShouldBe("Chiller: RatedMw and RatedCop are both written 'rated'");

    [Fact]
    public void What_a_file_cannot_hold_is_refused() =>
        Should.Throw<InvalidOperationException>(() => RecordShape.Of(typeof(Clock))).Message
            .ShouldBe("Clock.At: a scenario cannot hold a TimeSpan");

    private sealed record Rack
    {
        public int GpusPerNode { get; init; }

        public int? Gpus { get; init; }

        public IReadOnlyList<double> BlocksMw { get; init; } = [];

        public Curve? PriceUsdPerMwh { get; init; }
    }

    private sealed record Chiller
    {
        public double RatedMw { get; init; }

        public double RatedCop { get; init; }
    }

    private sealed record Clock
    {
        public TimeSpan At { get; init; }
    }
}
