using FsCheck.Fluent;
using Gigawatt.Power.Commitment;

namespace Gigawatt.Tests.Validation;

/// <summary>Economic dispatch against Wood and Wollenberg, Power Generation, Operation, and Control, examples 3A and 3B, and against its own conditions.</summary>
public sealed class EconomicDispatchTests
{
    private static CostCurve Unit(double minMw, double maxMw, double price, double a, double b, double c) => new()
    {
        MinMw = minMw,
        MaxMw = maxMw,
        NoLoadUsd = price * a,
        IncrementalUsdPerMwh = price * b,
        QuadraticUsdPerMwMwh = price * c,
    };

    private static CostCurve[] ThreeUnits(double coalPrice) =>
        [Unit(150, 600, coalPrice, 510, 7.2, 0.00142), Unit(100, 400, 1, 310, 7.85, 0.00194), Unit(50, 200, 1, 78, 7.97, 0.00482)];

    [Fact]
    public void Example_3A_shares_850_MW_at_the_published_price_and_cost()
    {
        (DispatchedHour hour, double[] mw) = Solve(ThreeUnits(1.1), 850);
        hour.PriceUsdPerMwh.ShouldBe(9.148263, 5e-7);
        hour.CostUsd.ShouldBe(8194.356, 5e-4);
        mw.ShouldBe([393.2, 334.6, 122.2], 0.05);
        mw.Sum().ShouldBe(850, 1e-10);
    }

    [Fact]
    public void Example_3B_with_cheap_coal_holds_its_unit_at_the_limit()
    {
        // Coal at 0.9: unit 1 at 600, so the oil units share 250 at 7.85 + 0.00388 P2 = 7.97 + 0.00964 P3 = 8.576.
        (DispatchedHour hour, double[] mw) = Solve(ThreeUnits(0.9), 850);
        mw.ShouldBe([600, 187.1, 62.9], 0.05);
        hour.PriceUsdPerMwh.ShouldBe(8.576, 5e-4);
    }

    [Fact]
    public void Straight_costs_fill_in_the_order_of_price()
    {
        (DispatchedHour hour, double[] mw) = Solve([Unit(10, 100, 1, 0, 30, 0), Unit(10, 100, 1, 0, 20, 0), Unit(0, 100, 1, 0, 40, 0)], 150);
        mw.ShouldBe([50, 100, 0], 1e-12);
        hour.PriceUsdPerMwh.ShouldBe(30);
        hour.CostUsd.ShouldBe(50 * 30 + 100 * 20);
    }

    [Theory]
    [InlineData(1300, 100, 0)]   // 1,200 MW are all there is
    [InlineData(250, 0, 50)]     // 300 MW are the least
    public void Loads_beyond_the_limits_are_told(double loadMw, double shortMw, double surplusMw)
    {
        (DispatchedHour hour, _) = Solve(ThreeUnits(1.1), loadMw);
        hour.ShortMw.ShouldBe(shortMw, 1e-9);
        hour.SurplusMw.ShouldBe(surplusMw, 1e-9);
    }

    [Fact]
    public void Every_dispatch_balances_and_no_exchange_of_a_megawatt_is_cheaper()
    {
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
        {
            Gigawatt.Numerics.Stream draw = Gigawatt.Numerics.Stream.For(seed, 0, "dispatch", "curves");
            CostCurve[] curves = new CostCurve[1 + (int)(draw.NextUniform() * 12)];
            for (int i = 0; i < curves.Length; i++)
            {
                double min = 50 * draw.NextUniform();
                curves[i] = Unit(min, min + (draw.NextUniform() < 0.1 ? 0 : 100 * draw.NextUniform()), 1, 100, Math.Floor(10 + 10 * draw.NextUniform()), draw.NextUniform() < 0.5 ? 0 : 0.05 * draw.NextUniform());
            }
            double low = curves.Sum(curve => curve.MinMw), high = curves.Sum(curve => curve.MaxMw);
            double loadMw = low + (high - low) * draw.NextUniform();
            (DispatchedHour hour, double[] mw) = Solve(curves, loadMw);
            bool isRight = Math.Abs(mw.Sum() - loadMw) < 1e-8;
            for (int i = 0; i < curves.Length; i++)
            {
                isRight &= mw[i] >= curves[i].MinMw - 1e-9 && mw[i] <= curves[i].MaxMw + 1e-9;
                double marginal = curves[i].MarginalUsdPerMwh(mw[i]);
                isRight &= mw[i] >= curves[i].MaxMw - 1e-7 || marginal >= hour.PriceUsdPerMwh - 1e-6;
                isRight &= mw[i] <= curves[i].MinMw + 1e-7 || marginal <= hour.PriceUsdPerMwh + 1e-6;
            }
            return isRight;
        }).HoldsInAnyCase(500);
    }

    [Fact]
    public void Dispatching_allocates_nothing()
    {
        CostCurve[] curves = ThreeUnits(1.1);
        double[] mw = new double[3], points = new double[6];
        int[] owners = new int[6];
        EconomicDispatch.Solve(curves, 850, mw, points, owners);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < 100; k++) { EconomicDispatch.Solve(curves, 400 + k, mw, points, owners); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static (DispatchedHour Hour, double[] OutputMw) Solve(CostCurve[] curves, double loadMw)
    {
        double[] mw = new double[curves.Length], points = new double[EconomicDispatch.ScratchLength(curves.Length)];
        return (EconomicDispatch.Solve(curves, loadMw, mw, points, new int[points.Length]), mw);
    }
}
