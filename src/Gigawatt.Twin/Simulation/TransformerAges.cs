using Gigawatt.Power;
using Gigawatt.Power.Networks;
using Gigawatt.Scenarios;

namespace Gigawatt.Simulation;

/// <summary>Heat and ageing of the step-up and step-down transformers of a run, an hour at a time.</summary>
/// <remarks>
/// One transformer stands for all alike: of a group the one of a unit that is on the bus whenever any is, of the halls the mean block. The load of
/// an hour is its root mean square, the air its mean (IEEE C57.91 reduces load cycles alike). Apparent power follows from the power factor of
/// the load. Not modelled: differences between units, new transformers among old ones.
/// </remarks>
public sealed class TransformerAges
{
    private readonly TransformerThermalSpec spec;
    private readonly PowerPlant plant;
    private readonly double perMw;
    private readonly double[] unitPerMw;
    private readonly double[] squares;
    private readonly TransformerThermalState[] states;
    private readonly bool[] begun;
    private readonly double[] serviceS;
    private readonly double[] hottestC;
    private double hourS;
    private double warmthCs;
    private double builtS;

    /// <summary>New transformers of a plant.</summary>
    public TransformerAges(Scenario scenario, PowerPlant plant)
    {
        spec = scenario.Power.Network.Ageing;
        this.plant = plant;
        perMw = 1 / scenario.Power.Network.PowerFactorFraction;
        unitPerMw = [.. plant.Generators.Select(group => perMw / (group.Spec.RatedMw * plant.StepUp.SizingRatio))];
        int count = plant.Generators.Length + 1;
        (squares, states, begun, serviceS, hottestC) = (new double[count], new TransformerThermalState[count], new bool[count], new double[count], new double[count]);
        Array.Fill(hottestC, double.MinValue);
    }

    /// <summary>Takes in one step.</summary>
    /// <param name="hallMva">Capacity of the step-down transformers.</param>
    /// <param name="hallMw">Power behind them.</param>
    /// <param name="airC">Outdoor air.</param>
    /// <param name="stepS">Length of the step.</param>
    public void Step(double hallMva, double hallMw, double airC, double stepS)
    {
        int halls = states.Length - 1;
        for (int i = 0; i < halls; i++)
        {
            GeneratorGroup group = plant.Generators[i];
            if (group.Running == 0) { continue; }
            double load = group.OutputMw * unitPerMw[i] / group.Running;
            squares[i] += load * load * stepS;
        }
        if (hallMva > 0)
        {
            double load = hallMw * perMw / hallMva;
            squares[halls] += load * load * stepS;
            builtS += stepS;
        }
        hourS += stepS;
        warmthCs += airC * stepS;
        if (hourS >= 3600 - 1e-6) { CloseHour(); }
    }

    /// <summary>What each has lived through: groups that were there, then the halls.</summary>
    public IReadOnlyList<TransformerLife> Lives()
    {
        List<TransformerLife> lives = [];
        for (int i = 0; i < states.Length; i++)
        {
            if (!begun[i]) { continue; }
            string name = i < plant.Generators.Length ? $"step-up of {plant.Generators[i].Name}" : "step-down of halls";
            lives.Add(new TransformerLife(name, TransformerAgeing.LifeUsedFraction(spec, states[i]), serviceS[i] / spec.NormalLifeS, hottestC[i]));
        }
        return lives;
    }

    private void CloseHour()
    {
        double airC = warmthCs / hourS;
        for (int i = 0; i < states.Length; i++)
        {
            bool isThere = i < plant.Generators.Length ? plant.Generators[i].Installed > 0 : builtS > 0;
            if (isThere)
            {
                double load = Math.Sqrt(squares[i] / hourS);
                if (!begun[i])
                {
                    // Before its first hour it is taken as settled at that hour's load.
                    double agedS = states[i].AgedS;
                    states[i] = TransformerAgeing.Settled(spec, load);
                    states[i].AgedS = agedS;
                    begun[i] = true;
                }
                hottestC[i] = Math.Max(hottestC[i], TransformerAgeing.Step(spec, ref states[i], load, airC, hourS));
                serviceS[i] += hourS;
            }
            squares[i] = 0;
        }
        (hourS, warmthCs, builtS) = (0, 0, 0);
    }
}
