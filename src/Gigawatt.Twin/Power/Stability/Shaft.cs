using Gigawatt.Numerics;

namespace Gigawatt.Power.Stability;

/// <summary>One rotating mass of a shaft line: a turbine, a gear wheel, the generator's rotor.</summary>
public sealed record ShaftMassSpec
{
    /// <summary>Name that couplings refer to.</summary>
    public required string Name { get; init; }

    /// <summary>Inertia constant: energy stored at rated speed over the rating of the generator. Gears do not change it.</summary>
    public required double InertiaS { get; init => field = Check.Positive(value); }
}

/// <summary>A piece of shaft between two masses.</summary>
public sealed record ShaftCouplingSpec
{
    /// <summary>Mass at one end.</summary>
    [RefersTo("masses")]
    public required string From { get; init; }

    /// <summary>Mass at the other end.</summary>
    [RefersTo("masses")]
    public required string To { get; init; }

    /// <summary>Torque per twist: rated torques of the generator per electrical radian, referred to the generator's speed.</summary>
    public required double StiffnessPuPerRad { get; init => field = Check.Positive(value); }
}

/// <summary>A turbine-generator as masses on springs.</summary>
/// <remarks>
/// 2H/ω₀ δ̈ = T − Σ K (δ − δ'), per unit of the generator's rating, angles in electrical radians. A gear drops out when inertia is
/// counted as stored energy and stiffness is referred to the generator's speed (times the square of the speed ratio).
/// Source: IEEE SSR Task Force, first benchmark model (1977). Not modelled: backlash, bending, blades, material damping that grows with amplitude.
/// </remarks>
public sealed record ShaftSpec : ISelfChecking
{
    /// <summary>Rating of the generator, the base of torque and inertia.</summary>
    public required double RatingMva { get; init => field = Check.Positive(value); }

    /// <summary>Frequency of the network.</summary>
    [Default(Grade.D, "60 Hz networks, as on every site of the shipped scenarios")]
    public double NominalHz { get; init => field = Check.Positive(value); } = 60;

    /// <summary>The masses, along the shaft.</summary>
    public required IReadOnlyList<ShaftMassSpec> Masses { get; init; }

    /// <summary>What joins them.</summary>
    public required IReadOnlyList<ShaftCouplingSpec> Couplings { get; init; }

    /// <summary>The mass on which the air gap pulls.</summary>
    [RefersTo("masses")]
    public required string Generator { get; init; }

    /// <summary>Decay of each mode's swing, lowest mode first: amplitude falls by this share of itself a second. Modes beyond the list take the decrement.</summary>
    public IReadOnlyList<double> DecaysPerS { get; init; } = [];

    /// <summary>Logarithmic decrement of modes without a measured decay: share of amplitude lost a cycle.</summary>
    [Default(Grade.E, "assumption: 0.002 to 0.01 is usual for turbine shafts under load; ask the maker for the measured value")]
    public double DecrementFraction { get; init => field = Check.Fraction(value); } = 0.005;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (Masses.Count == 0) { yield return new Contradiction(nameof(Masses), "one mass or more", "an empty list"); }
        if (DecaysPerS.Any(decay => !(decay > 0)))
        {
            yield return new Contradiction(nameof(DecaysPerS), "decays above 0 1/s", "one that is not; leave the list out to use the decrement");
        }
    }
}

/// <summary>A way in which a shaft swings by itself.</summary>
/// <param name="NaturalHz">How often.</param>
/// <param name="DecayPerS">Share of amplitude lost a second.</param>
/// <param name="ShapeRatio">Swing of each mass over that of the mass that swings most; its sign is the direction.</param>
/// <param name="NormalFactor">The same, so scaled that the modal inertia is 1: multiplies modal twist into electrical radians.</param>
public sealed record ShaftMode(double NaturalHz, double DecayPerS, IReadOnlyList<double> ShapeRatio, IReadOnlyList<double> NormalFactor);

/// <summary>A shaft taken apart into its modes.</summary>
/// <param name="Spec">The shaft.</param>
/// <param name="GeneratorIndex">Which mass is the generator.</param>
/// <param name="Ends">Indices of the two masses of each coupling.</param>
/// <param name="Modes">Modes without the first, in which the whole shaft turns as one.</param>
public sealed record ShaftModes(ShaftSpec Spec, int GeneratorIndex, IReadOnlyList<(int From, int To)> Ends, IReadOnlyList<ShaftMode> Modes)
{
    /// <summary>Inertia of the whole shaft.</summary>
    public double InertiaS => Spec.Masses.Sum(mass => mass.InertiaS);
}

/// <summary>What a swing of the air-gap torque does to one coupling.</summary>
/// <param name="TorquePu">Amplitude of the coupling's torque, of rated torque.</param>
/// <param name="AmplificationFactor">That over the amplitude of the air-gap torque.</param>
/// <param name="DynamicFactor">That over what a rigid shaft would carry at the coupling.</param>
public readonly record struct CouplingSwing(double TorquePu, double AmplificationFactor, double DynamicFactor);

/// <summary>Modes of a shaft and its answer to a swinging torque.</summary>
/// <remarks>
/// With M = diag(2H/ω₀), the symmetric M^−½ K M^−½ has the squares of the natural frequencies as eigenvalues. Modal answer to
/// T̂ e^{jΩt} at the generator: q = φ_g T̂ / (ω² − Ω² + 2jσΩ); torque of a coupling: K Σ (φ_from − φ_to) q over the elastic modes.
/// </remarks>
public static class Shaft
{
    /// <summary>Takes a shaft apart into its modes.</summary>
    /// <exception cref="CaseException">A mass hangs on nothing, or a coupling joins a mass to itself.</exception>
    public static ShaftModes Modes(ShaftSpec spec)
    {
        int n = spec.Masses.Count;
        Dictionary<string, int> index = [];
        for (int i = 0; i < n; i++) { index[spec.Masses[i].Name] = i; }
        (int From, int To)[] ends = [.. spec.Couplings.Select(coupling => (index[coupling.From], index[coupling.To]))];
        CheckJoined(spec, ends);
        double nominalRadPerS = 2 * Math.PI * spec.NominalHz;
        double[] rootMass = [.. spec.Masses.Select(mass => Math.Sqrt(2 * mass.InertiaS / nominalRadPerS))];
        double[][] matrix = [.. Enumerable.Range(0, n).Select(_ => new double[n])];
        for (int k = 0; k < ends.Length; k++)
        {
            (int a, int b) = ends[k];
            double stiffness = spec.Couplings[k].StiffnessPuPerRad;
            matrix[a][a] += stiffness / (rootMass[a] * rootMass[a]);
            matrix[b][b] += stiffness / (rootMass[b] * rootMass[b]);
            matrix[a][b] -= stiffness / (rootMass[a] * rootMass[b]);
            matrix[b][a] = matrix[a][b];
        }
        (double[] values, double[][] vectors) = SymmetricEigen.Of(matrix);
        List<ShaftMode> modes = [];
        for (int r = 1; r < n; r++)
        {
            double naturalHz = Math.Sqrt(Math.Max(0, values[r])) / (2 * Math.PI);
            double[] normal = [.. vectors[r].Select((part, i) => part / rootMass[i])];
            double most = normal.MaxBy(Math.Abs);
            double decay = r - 1 < spec.DecaysPerS.Count ? spec.DecaysPerS[r - 1] : spec.DecrementFraction * naturalHz;
            modes.Add(new ShaftMode(naturalHz, decay, [.. normal.Select(part => part / most)], normal));
        }
        return new ShaftModes(spec, index[spec.Generator], ends, modes);
    }

    /// <summary>Amplitude of the torque in each coupling when the air-gap torque swings.</summary>
    /// <param name="shaft">The shaft.</param>
    /// <param name="frequencyHz">Frequency of the swing.</param>
    /// <param name="amplitudePu">Its amplitude, of rated torque.</param>
    public static CouplingSwing[] Swing(ShaftModes shaft, double frequencyHz, double amplitudePu)
    {
        double radPerS = 2 * Math.PI * frequencyHz;
        CouplingSwing[] swings = new CouplingSwing[shaft.Ends.Count];
        double[] rigid = RigidShares(shaft);
        for (int k = 0; k < swings.Length; k++)
        {
            (int from, int to) = shaft.Ends[k];
            double real = 0;
            double imaginary = 0;
            foreach (ShaftMode mode in shaft.Modes)
            {
                double natural = 2 * Math.PI * mode.NaturalHz;
                double stiff = natural * natural - radPerS * radPerS;
                double damp = 2 * mode.DecayPerS * radPerS;
                double gain = (mode.NormalFactor[from] - mode.NormalFactor[to]) * mode.NormalFactor[shaft.GeneratorIndex] / (stiff * stiff + damp * damp);
                real += gain * stiff;
                imaginary -= gain * damp;
            }
            double factor = shaft.Spec.Couplings[k].StiffnessPuPerRad * Math.Sqrt(real * real + imaginary * imaginary);
            swings[k] = new CouplingSwing(factor * amplitudePu, factor, factor / rigid[k]);
        }
        return swings;
    }

    /// <summary>Share of a slow air-gap torque that each coupling of a rigid shaft carries: the inertia on its far side.</summary>
    public static double[] RigidShares(ShaftModes shaft)
    {
        double[] shares = new double[shaft.Ends.Count];
        for (int k = 0; k < shares.Length; k++)
        {
            (int from, int to) = shaft.Ends[k];
            double sum = 0;
            // Without resonance, q = φ_g T / ω²: the limit at frequency zero.
            foreach (ShaftMode mode in shaft.Modes)
            {
                double natural = 2 * Math.PI * mode.NaturalHz;
                sum += (mode.NormalFactor[from] - mode.NormalFactor[to]) * mode.NormalFactor[shaft.GeneratorIndex] / (natural * natural);
            }
            shares[k] = Math.Max(1e-12, Math.Abs(sum * shaft.Spec.Couplings[k].StiffnessPuPerRad));
        }
        return shares;
    }

    private static void CheckJoined(ShaftSpec spec, (int From, int To)[] ends)
    {
        List<CaseProblem> problems = [];
        int[] group = [.. Enumerable.Range(0, spec.Masses.Count)];
        for (int k = 0; k < ends.Length; k++)
        {
            (int from, int to) = ends[k];
            if (from == to) { problems.Add(new CaseProblem($"couplings[{k}].to", $"another mass than '{spec.Couplings[k].From}'", "the same mass")); }
            int old = group[to];
            for (int i = 0; i < group.Length; i++) { group[i] = group[i] == old ? group[from] : group[i]; }
        }
        for (int i = 0; i < group.Length; i++)
        {
            if (group[i] == group[0]) { continue; }
            problems.Add(new CaseProblem(
                $"masses[{i}].name", $"a coupling with its stiffness that joins '{spec.Masses[i].Name}' to '{spec.Masses[0].Name}'",
                "a mass that hangs on nothing; add it to 'couplings' or take it out"));
        }
        if (problems.Count > 0) { throw new CaseException(problems); }
    }
}
