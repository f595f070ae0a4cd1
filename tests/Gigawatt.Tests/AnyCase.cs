using FsCheck;

namespace Gigawatt.Tests;

/// <summary>How properties are checked: the same cases on every run, so that a red test is a change and not a draw.</summary>
/// <remarks>GIGAWATT_EXPLORE=1 draws new cases instead; what it finds becomes a test of its own.</remarks>
internal static class AnyCase
{
    private static readonly bool Explores = Environment.GetEnvironmentVariable("GIGAWATT_EXPLORE") == "1";

    /// <summary>Checks a property, by default on 100 cases.</summary>
    public static void HoldsInAnyCase(this Property property, int cases = 100)
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(cases);
        property.Check(Explores ? config : config.WithReplay(20260730, 20260731));
    }
}
