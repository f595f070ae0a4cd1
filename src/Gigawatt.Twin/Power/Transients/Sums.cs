namespace Gigawatt.Power.Transients;

/// <summary>What is gathered while a transient runs.</summary>
internal struct Sums
{
    public double Nominal;
    public bool HasBegun;
    public bool HasInitial;
    public double Initial;
    public double Worst;
    public double Peak;
    public double PeakS;
    public double Nadir;
    public double NadirS;
    public double ShedMw;
    public double TrippedMw;
    public int UnitsLost;
    public bool HasTripped;
    public bool HasShed;
    public double GivenMwS;
    public double AbsorbedMwS;

    // Extremes of the cubic with values d0, d1 and rates r0, r1 at the ends of a step.
    public void Extremum(double atS, double h, double d0, double r0, double d1, double r1)
    {
        Consider(atS + h, d1);
        if (r0 * r1 > 0) { return; }
        double c1 = h * r0, c2 = 3 * (d1 - d0) - h * (2 * r0 + r1), c3 = 2 * (d0 - d1) + h * (r0 + r1);
        // c1 + 2 c2 s + 3 c3 s² = 0.
        double root = c2 * c2 - 3 * c3 * c1;
        if (root < 0) { return; }
        double q = -(c2 + (c2 >= 0 ? 1 : -1) * Math.Sqrt(root));
        ConsiderAt(atS, h, q == 0 ? -1 : c1 / q, d0, c1, c2, c3);
        ConsiderAt(atS, h, c3 == 0 ? -1 : q / (3 * c3), d0, c1, c2, c3);
    }

    public void Energy(in PowerFlows before, in PowerFlows after, double h)
    {
        AddEnergy((before.FormingMw + after.FormingMw) / 2 * h);
        AddEnergy((before.FollowingMw + after.FollowingMw) / 2 * h);
    }

    // Mean rate of change over a window that ends now.
    public void Window(TransientWorkspace work, double atS, double deviation, double windowS)
    {
        double rate = (deviation - work.DeviationAt(atS - windowS, atS, deviation)) / windowS * Nominal;
        if (Math.Abs(rate) > Math.Abs(Worst)) { Worst = rate; }
    }

    public readonly TransientOutcome Outcome(bool black, double atS, double endHz, bool settled, int steps) => new(
        black ? TransientVerdict.Black : HasTripped ? TransientVerdict.Tripped : HasShed ? TransientVerdict.Shed : TransientVerdict.RiddenThrough,
        Nominal * (1 + Peak), PeakS, Nominal * (1 + Nadir), NadirS, endHz, atS, Initial, Worst, ShedMw, TrippedMw, UnitsLost,
        GivenMwS / 3600, AbsorbedMwS / 3600, settled, steps);

    private void AddEnergy(double energyMwS)
    {
        if (energyMwS > 0) { GivenMwS += energyMwS; } else { AbsorbedMwS -= energyMwS; }
    }

    private void ConsiderAt(double atS, double h, double s, double d0, double c1, double c2, double c3)
    {
        if (s is > 0 and < 1) { Consider(atS + s * h, d0 + s * (c1 + s * (c2 + s * c3))); }
    }

    private void Consider(double atS, double deviation)
    {
        if (deviation > Peak) { (Peak, PeakS) = (deviation, atS); }
        if (deviation < Nadir) { (Nadir, NadirS) = (deviation, atS); }
    }
}
