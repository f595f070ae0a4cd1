namespace Gigawatt.Simulation;

/// <summary>On which side of the balance a line stands.</summary>
public enum Side
{
    /// <summary>Came in.</summary>
    In,

    /// <summary>Went out.</summary>
    Out,

    /// <summary>Is held more than at the start; less when negative.</summary>
    Stored,
}

/// <summary>One conserved quantity, booked line by line: what came in = what went out + what is stored.</summary>
/// <remarks>
/// Steps are summed plainly within a day and days are summed with compensation (Neumaier), so a million small steps do not wear
/// the balance. Stored lines are set to the change since the start, measured at the stores themselves, never computed as a
/// remainder: a wrong step shows as a residual.
/// </remarks>
public sealed class Ledger(string name, string unit, params (string Name, Side Side)[] lines)
{
    private readonly double[] sums = new double[lines.Length];
    private readonly double[] errors = new double[lines.Length];
    private readonly double[] today = new double[lines.Length];

    /// <summary>What is conserved.</summary>
    public string Name { get; } = name;

    /// <summary>Unit of every line.</summary>
    public string Unit { get; } = unit;

    /// <summary>The lines in order: name and side.</summary>
    public IReadOnlyList<(string Name, Side Side)> Lines { get; } = lines;

    /// <summary>Total of one line.</summary>
    public double this[int line] => sums[line] + (errors[line] + today[line]);

    /// <summary>Total of a line by its name.</summary>
    /// <exception cref="ArgumentException">There is no such line.</exception>
    public double this[string line] => this[Line(line)];

    /// <summary>Number of a line by its name.</summary>
    /// <exception cref="ArgumentException">There is no such line.</exception>
    public int Line(string line)
    {
        for (int i = 0; i < Lines.Count; i++)
        {
            if (Lines[i].Name == line) { return i; }
        }
        throw new ArgumentException($"the {Name} ledger has no line '{line}'");
    }

    /// <summary>Books an amount on a line.</summary>
    public void Book(int line, double amount) => today[line] += amount;

    /// <summary>Adds the day to the sums.</summary>
    public void CloseDay()
    {
        for (int line = 0; line < sums.Length; line++)
        {
            double amount = today[line];
            double sum = sums[line] + amount;
            errors[line] += Math.Abs(sums[line]) >= Math.Abs(amount) ? sums[line] - sum + amount : amount - sum + sums[line];
            sums[line] = sum;
            today[line] = 0;
        }
    }

    /// <summary>Sets a line to a level, for stores that are measured.</summary>
    public void Set(int line, double level)
    {
        sums[line] = level;
        errors[line] = today[line] = 0;
    }

    /// <summary>In minus out minus stored, as a share of what came in and out.</summary>
    public double RelativeResidual
    {
        get
        {
            double balance = 0, turnover = 0;
            for (int i = 0; i < sums.Length; i++)
            {
                double amount = this[i];
                balance += Lines[i].Side == Side.In ? amount : -amount;
                turnover += Math.Abs(amount);
            }
            return turnover == 0 ? 0 : Math.Abs(balance) / turnover;
        }
    }
}
