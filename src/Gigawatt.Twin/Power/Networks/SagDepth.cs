namespace Gigawatt.Power.Networks;

/// <summary>The voltage that a short circuit leaves at a bus, by electrical distance.</summary>
/// <remarks>
/// Machines and grids are voltages behind reactances, inverters limited currents in phase with them; resistances are left out. With S their short-circuit power, I the
/// current of the inverters and 1/x the power that would flow into the fault at full voltage, all per unit of one MVA: S (1 − V) + I = V/x, so V = (S + I)/(S + 1/x).
/// Loads are left out as in IEC 60909. Not modelled: phase angles between sources, loads that feed back, arcs.
/// </remarks>
public static class SagDepth
{
    /// <summary>Voltage at the bus; never more than 1.</summary>
    /// <param name="strengthMva">Short-circuit power of machines and grids at the bus.</param>
    /// <param name="inverterMva">Apparent power of the inverters at their current limit and nominal voltage.</param>
    /// <param name="reactancePerMva">Reactance from the bus to the fault, in per unit on one MVA.</param>
    public static double RetainedPu(double strengthMva, double inverterMva, double reactancePerMva) =>
        reactancePerMva <= 0 ? 0 : Math.Min(1, (strengthMva + inverterMva) * reactancePerMva / (1 + strengthMva * reactancePerMva));

    /// <summary>Short-circuit power that sources of a reactance bring through another one in series.</summary>
    /// <param name="strengthMva">Their short-circuit power where they stand.</param>
    /// <param name="reactancePerMva">The reactance in series, in per unit on one MVA.</param>
    public static double Through(double strengthMva, double reactancePerMva) => strengthMva / (1 + strengthMva * reactancePerMva);

    /// <summary>Reactance of a cable in per unit on one MVA.</summary>
    public static double CablePerMva(OneLineSpec spec, double lengthM) => spec.LineReactanceOhmPerM * lengthM / (spec.NominalKv * spec.NominalKv);
}
