namespace Gigawatt.Simulation;

/// <summary>A ledger at the end of each day of a run, for what was booked between two days.</summary>
public sealed class LedgerDays(Ledger ledger, int days)
{
    private readonly double[] levels = new double[days * ledger.Lines.Count];

    /// <summary>The ledger.</summary>
    public Ledger Ledger { get; } = ledger;

    /// <summary>Days kept so far.</summary>
    public int Count { get; private set; }

    /// <summary>Keeps the ledger as it stands at the end of a day.</summary>
    public void CloseDay()
    {
        for (int line = 0; line < Ledger.Lines.Count; line++) { levels[Count * Ledger.Lines.Count + line] = Ledger[line]; }
        Count++;
    }

    /// <summary>What was booked on a line from one day to another, both included; for a stored line the change.</summary>
    /// <param name="line">The line.</param>
    /// <param name="first">First day, from 0.</param>
    /// <param name="last">Last day.</param>
    public double Between(int line, int first, int last) => Level(line, last) - (first > 0 ? Level(line, first - 1) : 0);

    private double Level(int line, int day) => levels[day * Ledger.Lines.Count + line];
}
