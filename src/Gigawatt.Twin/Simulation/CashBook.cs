namespace Gigawatt.Simulation;

/// <summary>Who paid whom: the balance of every party, kept apart from the ledger that it is checked against.</summary>
public sealed class CashBook
{
    private readonly List<string> names = [];
    private double[] balances = [];

    /// <summary>Names of the parties, in the order in which they appeared.</summary>
    public IReadOnlyList<string> Parties => names;

    /// <summary>Index of a party, which is opened at a balance of zero when new.</summary>
    public int Party(string name)
    {
        int index = names.IndexOf(name);
        if (index >= 0) { return index; }
        names.Add(name);
        Array.Resize(ref balances, names.Count);
        return names.Count - 1;
    }

    /// <summary>Moves money from one party to another.</summary>
    public void Pay(int from, int to, double amountUsd)
    {
        balances[from] -= amountUsd;
        balances[to] += amountUsd;
    }

    /// <summary>What a party received less what it paid.</summary>
    public double BalanceUsd(int party) => balances[party];
}
