namespace Gigawatt.Simulation;

/// <summary>What can limit the IT power that is live.</summary>
public enum Constraint
{
    /// <summary>Racks delivered.</summary>
    Racks,

    /// <summary>Racks through commissioning.</summary>
    Commissioning,

    /// <summary>Floor to set racks on.</summary>
    Floor,

    /// <summary>Fabric ports.</summary>
    Fabric,

    /// <summary>Generation, grid and lines that are there.</summary>
    Power,

    /// <summary>Generation that may run.</summary>
    Permits,

    /// <summary>Heat that can be rejected on the design day.</summary>
    Cooling,
}

/// <summary>IT power that each constraint alone would allow, on a day, at the ratings for which the site is planned.</summary>
/// <remarks>
/// Planning basis: units in service whether failed or not, the site's design-day air, the reserve rule of dispatch. What
/// hotter hours and outages take away is operation, and shows as throttled or unserved load. A constraint that the scenario
/// does not model is infinite.
/// </remarks>
public struct Capacity
{
    /// <summary>Number of constraints.</summary>
    public const int Kinds = 7;

    /// <summary>MW of IT power per constraint, in the order of <see cref="Constraint"/>.</summary>
    public PerConstraint AllowsMw;

    /// <summary>The lowest of them: live IT power.</summary>
    public double LiveMw;

    /// <summary>The constraint that sets it; of equals the first in the order of <see cref="Constraint"/>.</summary>
    public Constraint Binding;

    /// <summary>The constraint that would bind next.</summary>
    public Constraint Next;

    /// <summary>How much IT power would be gained before the next one binds; infinite when nothing else binds.</summary>
    public double MarginMw;

    /// <summary>Finds the lowest and the next.</summary>
    public void Settle()
    {
        int first = 0;
        for (int i = 1; i < Kinds; i++)
        {
            if (AllowsMw[i] < AllowsMw[first]) { first = i; }
        }
        int second = first == 0 ? 1 : 0;
        for (int i = 0; i < Kinds; i++)
        {
            if (i != first && AllowsMw[i] < AllowsMw[second]) { second = i; }
        }
        LiveMw = AllowsMw[first];
        (Binding, Next) = ((Constraint)first, (Constraint)second);
        MarginMw = AllowsMw[second] - LiveMw;
    }

    /// <summary>One number per constraint.</summary>
    [System.Runtime.CompilerServices.InlineArray(Kinds)]
    public struct PerConstraint
    {
        private double first;
    }
}
