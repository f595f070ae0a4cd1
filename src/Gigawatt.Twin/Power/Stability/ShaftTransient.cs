using Gigawatt.Numerics;

namespace Gigawatt.Power.Stability;

/// <summary>Torques of a shaft's couplings under any torque of the air gap, step by step.</summary>
/// <remarks>
/// Every mode is a second-order equation that is solved exactly for a torque that is level within the step, so that no step is too
/// long to be stable; it must only be short enough to show the torque (a tenth of the highest mode's period).
/// Not modelled: what the shaft's speed does back to the air-gap torque (electrical damping, subsynchronous resonance of series capacitors).
/// </remarks>
public sealed class ShaftTransient
{
    private readonly ShaftModes shaft;
    private readonly double[] twist;        // modal twist and its speed
    private readonly double[] speed;
    private readonly double[] decay;        // exact step of a free swing, and of a level push
    private readonly double[] sine;
    private readonly double[] back;
    private readonly double[] fall;
    private readonly double[] push;
    private readonly double[] torquePu;
    private readonly double[] peakPu;

    /// <summary>A shaft at rest under its mean torque.</summary>
    /// <param name="shaft">The shaft.</param>
    /// <param name="stepS">Length of a step.</param>
    public ShaftTransient(ShaftModes shaft, double stepS)
    {
        this.shaft = shaft;
        int n = shaft.Modes.Count;
        (twist, speed, decay, sine) = (new double[n], new double[n], new double[n], new double[n]);
        (back, fall, push) = (new double[n], new double[n], new double[n]);
        (torquePu, peakPu) = (new double[shaft.Ends.Count], new double[shaft.Ends.Count]);
        for (int r = 0; r < n; r++)
        {
            double natural = 2 * Math.PI * shaft.Modes[r].NaturalHz;
            double sigma = Math.Min(shaft.Modes[r].DecayPerS, 0.999 * natural);
            double damped = Math.Sqrt(natural * natural - sigma * sigma);
            double left = Elementary.Exp(-sigma * stepS);
            double c = Elementary.Cos(damped * stepS);
            double s = Elementary.Sin(damped * stepS) / damped;
            decay[r] = left * (c + sigma * s);
            sine[r] = left * s;
            back[r] = -left * natural * natural * s;
            fall[r] = left * (c - sigma * s);
            push[r] = shaft.Modes[r].NormalFactor[shaft.GeneratorIndex] / (natural * natural);
        }
    }

    /// <summary>Swing of each coupling's torque around its mean now, of rated torque.</summary>
    public ReadOnlySpan<double> TorquePu => torquePu;

    /// <summary>Largest swing of each coupling so far, of rated torque.</summary>
    public ReadOnlySpan<double> PeakPu => peakPu;

    /// <summary>Lets the air gap pull for one step.</summary>
    /// <param name="airGapPu">Air-gap torque above its mean, of rated torque.</param>
    public void Step(double airGapPu)
    {
        for (int r = 0; r < twist.Length; r++)
        {
            double rest = push[r] * airGapPu;
            double away = twist[r] - rest;
            twist[r] = rest + decay[r] * away + sine[r] * speed[r];
            speed[r] = back[r] * away + fall[r] * speed[r];
        }
        for (int k = 0; k < torquePu.Length; k++)
        {
            (int from, int to) = shaft.Ends[k];
            double angle = 0;
            for (int r = 0; r < twist.Length; r++) { angle += (shaft.Modes[r].NormalFactor[from] - shaft.Modes[r].NormalFactor[to]) * twist[r]; }
            torquePu[k] = shaft.Spec.Couplings[k].StiffnessPuPerRad * angle;
            peakPu[k] = Math.Max(peakPu[k], Math.Abs(torquePu[k]));
        }
    }
}
