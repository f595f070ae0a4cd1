using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gigawatt.Store;

/// <summary>What a run is of: enough to repeat it bit for bit.</summary>
public sealed record RunHeader
{
    /// <summary>Name of the scenario, as its file says it.</summary>
    public required string ScenarioName { get; init; }

    /// <summary>The whole scenario file, so that a run can be repeated when the file has changed.</summary>
    public required string ScenarioText { get; init; }

    /// <summary>SHA-256 of everything the run was computed from, in hexadecimal.</summary>
    public required string ScenarioHash { get; init; }

    /// <summary>Version of the program that computed the run.</summary>
    public required string ProgramVersion { get; init; }

    /// <summary>Seed of all random streams.</summary>
    public required long Seed { get; init; }

    /// <summary>Which of the runs with this seed: 0 for a single run.</summary>
    public int RunNumber { get; init; }

    /// <summary>Simulated time at which the first step begins, in UTC.</summary>
    public required DateTime From { get; init; }

    /// <summary>Simulated time at which the last step ends, in UTC.</summary>
    public required DateTime To { get; init; }

    /// <summary>Length of one step; one row is kept per step.</summary>
    public required double StepS { get; init; }

    /// <summary>Rows that a complete run holds.</summary>
    public required int StepCount { get; init; }

    /// <summary>SHA-256 of a text in UTF-8, in lower-case hexadecimal.</summary>
    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>How far a run came.</summary>
public enum RunStatus
{
    /// <summary>Its writer has not closed it: it is being written now, or the program died.</summary>
    Running,

    /// <summary>Every step was simulated and written.</summary>
    Complete,

    /// <summary>It was ended before its last step; the rows up to there are good.</summary>
    Stopped,
}

/// <summary>One line of an account over the whole run, such as fuel in or heat out.</summary>
/// <param name="Ledger">Name of the account, which says its unit, such as <c>energy_mwh</c>.</param>
/// <param name="Line">What came or went.</param>
/// <param name="Side">Which side of the account, such as <c>in</c>, <c>out</c> or <c>stored</c>.</param>
/// <param name="Value">How much, in the unit of the account.</param>
public readonly record struct LedgerLine(string Ledger, string Line, string Side, double Value);

/// <summary>Simulated times as text in run files and exports: ISO 8601, UTC, fractions of a second only where there are any.</summary>
internal static class RunTime
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    public static string Write(DateTime time) => time.ToString(Format, CultureInfo.InvariantCulture);

    public static bool TryWrite(DateTime time, Span<char> into, out int length) =>
        time.TryFormat(into, out length, Format, CultureInfo.InvariantCulture);

    public static bool TryRead(string text, out DateTime time) => DateTime.TryParseExact(
        text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    public static DateTime Add(DateTime from, double seconds) => from.AddTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
}
