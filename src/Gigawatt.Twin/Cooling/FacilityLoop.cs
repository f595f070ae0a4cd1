using Gigawatt.Numerics;

namespace Gigawatt.Cooling;

/// <summary>The facility water as one well-mixed store of heat, and the limit it puts on the racks.</summary>
/// <remarks>
/// ρ·c·V·dT/dt = heat in − heat rejected: with one litre per kW, one kW short warms it by 1 K in 4.17 s. Its zero is the set
/// point, where the controls stop cooling it further. The racks' limit falls in a straight line from 1 at the start of
/// throttling to 0 at the trip. Not modelled: transport delay, the seconds after a loss of flow, stratified tanks.
/// </remarks>
public static class FacilityLoop
{
    /// <summary>Heat that warms the loop by one kelvin.</summary>
    public static double MwhPerK(double volumeM3) => volumeM3 * Coolant.WaterMwSPerM3K / 3600;

    /// <summary>Time in which a lack of heat rejection warms the loop by a difference.</summary>
    public static double RideThroughS(double volumeM3, double shortfallMw, double riseK) =>
        volumeM3 * Coolant.WaterMwSPerM3K * riseK / shortfallMw;

    /// <summary>IT power allowed in the next step, over full power.</summary>
    /// <param name="startK">Water above its set point at which throttling starts.</param>
    /// <param name="tripK">Water above its set point at which nothing may run.</param>
    /// <param name="aboveK">Water above its set point now.</param>
    /// <param name="capacityMw">Heat the plant can reject now.</param>
    /// <param name="fullHeatMw">Heat there would be without throttling.</param>
    /// <param name="loopMwhPerK">Heat that warms the loop by one kelvin.</param>
    /// <param name="stepS">Length of the next step.</param>
    /// <remarks>
    /// The controls act continuously on the water temperature; a step of minutes sees only their mean. With full heat H and
    /// capacity Q the temperature above set point runs towards start + (1 − Q/H)·band with time constant C·band/H, so
    /// the mean over the step is known; taking it instead of the temperature at the start keeps long steps stable and
    /// changes nothing for short ones.
    /// </remarks>
    public static double AllowedFraction(
        double startK, double tripK, double aboveK, double capacityMw, double fullHeatMw, double loopMwhPerK, double stepS)
    {
        if (aboveK <= startK && capacityMw >= fullHeatMw) { return 1; }
        double bandK = tripK - startK;
        double meanK = aboveK;
        if (fullHeatMw > 0 && loopMwhPerK > 0)
        {
            double settledK = startK + (1 - capacityMw / fullHeatMw) * bandK;
            double steps = stepS * fullHeatMw / (loopMwhPerK * 3600 * bandK);
            double share = steps > 1e-6 ? (1 - Elementary.Exp(-steps)) / steps : 1;
            meanK = settledK + (aboveK - settledK) * share;
        }
        return Math.Limit(1 - (meanK - startK) / bandK, 0, 1);
    }
}
