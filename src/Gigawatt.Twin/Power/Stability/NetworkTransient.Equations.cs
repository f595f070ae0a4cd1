using System.Numerics;
using System.Runtime.InteropServices;
using Gigawatt.Numerics;
using Gigawatt.Power.Transients;

namespace Gigawatt.Power.Stability;

public sealed partial class NetworkTransient
{
    // Voltages and currents for given states, then the slope of every state.
    private void Slopes(double[] y, double[] dy)
    {
        Inner(y);
        Solve();
        for (int i = 0; i < machines.Length; i++) { MachineSlopes(i, y, dy); }
        for (int g = 0; g < inverters.Length; g++) { InverterSlopes(g, y, dy); }
    }

    private void Inner(double[] y)
    {
        Array.Clear(sourceReal);
        Array.Clear(sourceImaginary);
        for (int i = 0; i < machines.Length; i++)
        {
            int at = i * MachineStates;
            double cosine = Elementary.Cos(y[at]);
            double sine = Elementary.Sin(y[at]);
            double real = y[at + 2] * cosine + y[at + 3] * sine;
            double imaginary = y[at + 2] * sine - y[at + 3] * cosine;
            (inner[2 * i], inner[2 * i + 1]) = (real, imaginary);
            sourceReal[machines[i].Source] += imaginary / machines[i].Reactance;
            sourceImaginary[machines[i].Source] -= real / machines[i].Reactance;
        }
        for (int g = 0; g < inverters.Length; g++)
        {
            int at = machines.Length * MachineStates + g * InverterStates;
            int slot = 2 * (machines.Length + g);
            (inner[slot], inner[slot + 1]) = (y[at + 3] * Elementary.Cos(y[at]), y[at + 3] * Elementary.Sin(y[at]));
            sourceReal[inverters[g].Source] += inner[slot + 1] / inverters[g].Reactance;
            sourceImaginary[inverters[g].Source] -= inner[slot] / inverters[g].Reactance;
        }
        if (gridNode >= 0)
        {
            Complex current = gridVoltage * gridAdmittance;
            int at = Array.IndexOf(sourceNodes, gridNode);
            sourceReal[at] += current.Real;
            sourceImaginary[at] += current.Imaginary;
        }
    }

    // Loads and current limits depend on the voltages that they make: substituted from the last solution until nothing moves, and only at
    // their own nodes. The voltages of all nodes are those of the currents that were injected in the end, so power closes whatever happens.
    private void Solve()
    {
        Array.Clear(voltageReal);
        Array.Clear(voltageImaginary);
        stage.Add(sourceNodes, sourceReal, sourceImaginary, voltageReal, voltageImaginary);
        double relax = 1;
        double before = double.PositiveInfinity;
        int round = 0;
        while (round++ < MostRounds)
        {
            Array.Clear(pullReal);
            Array.Clear(pullImaginary);
            for (int g = 0; g < inverters.Length; g++) { AddInverter(g); }
            for (int h = 0; h < halls.Length; h++) { AddHall(h); }
            Substitute();
            double moved = 0;
            for (int k = 0; k < near.Length; k++)
            {
                double byReal = nextReal[k] - nearReal[k];
                double byImaginary = nextImaginary[k] - nearImaginary[k];
                moved = Math.Max(moved, byReal * byReal + byImaginary * byImaginary);
            }
            // What swings instead of settling is moved by less.
            if (moved > before && round > 4) { relax = Math.Max(0.2, relax * 0.7); }
            before = moved;
            for (int k = 0; k < near.Length; k++)
            {
                nearReal[k] += relax * (nextReal[k] - nearReal[k]);
                nearImaginary[k] += relax * (nextImaginary[k] - nearImaginary[k]);
            }
            if (moved < Tolerance * Tolerance) { break; }
        }
        stage.Add(near, pullReal, pullImaginary, voltageReal, voltageImaginary);
        MostSubstitutions = Math.Max(MostSubstitutions, Math.Min(MostRounds, round));
    }

    private void Substitute()
    {
        int width = nextReal.Length;
        for (int k = 0; k < near.Length; k++) { (nextReal[k], nextImaginary[k]) = (voltageReal[near[k]], voltageImaginary[near[k]]); }
        for (int row = 0; row < width; row += Vector<double>.Count)
        {
            Vector<double> sumReal = new(nextReal, row);
            Vector<double> sumImaginary = new(nextImaginary, row);
            for (int k = 0; k < near.Length; k++)
            {
                Vector<double> zr = new(partReal, k * width + row);
                Vector<double> zi = new(partImaginary, k * width + row);
                sumReal += zr * pullReal[k] - zi * pullImaginary[k];
                sumImaginary += zr * pullImaginary[k] + zi * pullReal[k];
            }
            sumReal.CopyTo(nextReal, row);
            sumImaginary.CopyTo(nextImaginary, row);
        }
    }

    // The limiter lengthens the reactance until the current is at its limit: |E − V'| / |jX + jX_v + Z'| = I_max, V' and Z' as seen without it.
    private void AddInverter(int g)
    {
        ref readonly InverterData data = ref inverters[g];
        int slot = 2 * (machines.Length + g);
        double real = inner[slot];
        double imaginary = inner[slot + 1];
        double busReal = nearReal[data.Near];
        double busImaginary = nearImaginary[data.Near];
        // Current as it was in the last substitution, out of the voltage after the limit.
        double pastReal = (limited[2 * g + 1] - busImaginary) / data.Reactance;
        double pastImaginary = -(limited[2 * g] - busReal) / data.Reactance;
        double seenReal = thevenin[g].Real;
        double seenImaginary = thevenin[g].Imaginary;
        double openReal = busReal - (seenReal * pastReal - seenImaginary * pastImaginary);
        double openImaginary = busImaginary - (seenReal * pastImaginary + seenImaginary * pastReal);
        double overReal = real - openReal;
        double overImaginary = imaginary - openImaginary;
        double drive = overReal * overReal + overImaginary * overImaginary;
        double reactance = data.Reactance + seenImaginary;
        if (drive > data.LimitSquared * (seenReal * seenReal + reactance * reactance))
        {
            double longer = Math.Sqrt(Math.Max(0, drive / data.LimitSquared - seenReal * seenReal));
            double square = seenReal * seenReal + longer * longer;
            double currentR = (overReal * seenReal + overImaginary * longer) / square;
            double currentI = (overImaginary * seenReal - overReal * longer) / square;
            real = openReal + seenReal * currentR - reactance * currentI;
            imaginary = openImaginary + seenReal * currentI + reactance * currentR;
        }
        (limited[2 * g], limited[2 * g + 1]) = (real, imaginary);
        // The source's own current is among the sources'; here is what the limit takes from it.
        pullReal[data.Near] += (imaginary - inner[slot + 1]) / data.Reactance;
        pullImaginary[data.Near] -= (real - inner[slot]) / data.Reactance;
    }

    private void AddHall(int h)
    {
        ref readonly HallData data = ref halls[h];
        double real = nearReal[data.Near];
        double imaginary = nearImaginary[data.Near];
        double square = real * real + imaginary * imaginary;
        double scale = hallStates[h].DrawnFraction * (data.ConstantPower / Math.Max(square, data.CutOverSquared) + (1 - data.ConstantPower) / data.StartSquared);
        // I = −(S/V)*, and S/|V|² is the scale.
        pullReal[data.Near] -= scale * (data.Active * real + data.Reactive * imaginary);
        pullImaginary[data.Near] -= scale * (data.Active * imaginary - data.Reactive * real);
    }

    private void MachineSlopes(int i, double[] y, double[] dy)
    {
        ref readonly MachineData data = ref machines[i];
        int at = i * MachineStates;
        double busReal = voltageReal[data.Bus];
        double busImaginary = voltageImaginary[data.Bus];
        double real = (inner[2 * i + 1] - busImaginary) / data.Reactance;
        double imaginary = -(inner[2 * i] - busReal) / data.Reactance;
        (inflow[2 * i], inflow[2 * i + 1]) = (real, imaginary);
        double power = (inner[2 * i] * real + inner[2 * i + 1] * imaginary) / data.Rating;
        double slip = y[at + 1];
        dy[at] = nominalRadPerS * slip;
        dy[at + 1] = (Turbine(data, y, dy, at, slip, power) - power - data.Damping * slip) * data.SwingPerS;
        if (data.IsClassical)
        {
            dy[at + 2] = dy[at + 3] = dy[at + 4] = 0;
        }
        else
        {
            // Parts of the current along the axes: what lies along the rotor is q, a quarter turn behind it d.
            double size = Math.Sqrt(y[at + 2] * y[at + 2] + y[at + 3] * y[at + 3]);
            double along = (inner[2 * i] * real + inner[2 * i + 1] * imaginary) / size;
            double ahead = (inner[2 * i] * imaginary - inner[2 * i + 1] * real) / size;
            // The inner voltage stands at (E'q − jE'd)/|E'| from the rotor.
            double quadrature = (along * y[at + 2] + ahead * y[at + 3]) / size;
            double direct = -(ahead * y[at + 2] - along * y[at + 3]) / size;
            dy[at + 2] = (y[at + 4] - y[at + 2] - data.DirectRise * direct) * data.FieldPerS;
            dy[at + 3] = (data.QuadratureRise * quadrature - y[at + 3]) * data.QuadraturePerS;
            double terminalReal = busReal - data.StepUp * imaginary;
            double terminalImaginary = busImaginary + data.StepUp * real;
            double terminal = Math.Sqrt(terminalReal * terminalReal + terminalImaginary * terminalImaginary);
            dy[at + 4] = data.Gain > 0 ? (data.Gain * (data.Reference - terminal) - y[at + 4]) * data.RegulatorPerS : 0;
        }
    }

    // Mechanical power on the machine's base, and the rates of the governor that makes it.
    private static double Turbine(in MachineData data, double[] y, double[] dy, int at, double slip, double electrical)
    {
        if (data.Gast is { } gast)
        {
            ref readonly GastState now = ref MemoryMarshal.AsRef<GastState>(MemoryMarshal.AsBytes(y.AsSpan(at + GovernorAt, 3)));
            Gast.Derivatives(gast, now, slip, data.Mechanical, double.PositiveInfinity, out MemoryMarshal.AsRef<GastState>(MemoryMarshal.AsBytes(dy.AsSpan(at + GovernorAt, 3))));
            return data.Turbine * Gast.PowerPu(gast, now, slip);
        }
        if (data.Ggov1 is { } ggov1)
        {
            ref readonly Ggov1State now = ref MemoryMarshal.AsRef<Ggov1State>(MemoryMarshal.AsBytes(y.AsSpan(at + GovernorAt, 10)));
            Ggov1.Derivatives(ggov1, now, slip, data.Mechanical, electrical / data.Turbine, double.PositiveInfinity, out MemoryMarshal.AsRef<Ggov1State>(MemoryMarshal.AsBytes(dy.AsSpan(at + GovernorAt, 10))));
            return data.Turbine * Ggov1.PowerPu(ggov1, now, slip);
        }
        return data.Mechanical;
    }

    private void InverterSlopes(int g, double[] y, double[] dy)
    {
        ref readonly InverterData data = ref inverters[g];
        int at = machines.Length * MachineStates + g * InverterStates;
        int slot = 2 * (machines.Length + g);
        double busReal = voltageReal[data.Bus];
        double busImaginary = voltageImaginary[data.Bus];
        double real = (limited[2 * g + 1] - busImaginary) / data.Reactance;
        double imaginary = -(limited[2 * g] - busReal) / data.Reactance;
        (inflow[slot], inflow[slot + 1]) = (real, imaginary);
        double active = (busReal * real + busImaginary * imaginary) / data.Rating;
        double reactive = (busImaginary * real - busReal * imaginary) / data.Rating;
        double measured = y[at + 1];
        double above = Math.Min(0, data.MostPower - measured);
        double below = Math.Max(0, -data.MostCharge - measured);
        dy[at] = nominalRadPerS * (data.Droop * (data.SetPower - measured) + data.OverloadGain * (above + below) + y[at + 4] + y[at + 5]);
        dy[at + 1] = (active - measured) * data.FilterPerS;
        dy[at + 2] = (reactive - y[at + 2]) * data.FilterPerS;
        double size = Math.Sqrt(busReal * busReal + busImaginary * busImaginary);
        double voltage = data.VoltagePerS * (data.SetVoltage - data.VoltageDroop * y[at + 2] - size);
        // While the current is at its limit the voltage must not wind up.
        bool isLimited = (real * real + imaginary * imaginary) >= data.LimitSquared * 0.9999;
        dy[at + 3] = voltage > 0 && (isLimited || y[at + 3] >= data.Highest) ? 0 : voltage;
        double high = data.OverloadPerS * (data.MostPower - measured);
        double low = data.OverloadPerS * (-data.MostCharge - measured);
        dy[at + 4] = y[at + 4] >= 0 && high > 0 ? 0 : high;
        dy[at + 5] = y[at + 5] <= 0 && low < 0 ? 0 : low;
    }

    // Limits that a step may have overshot.
    private void Hold()
    {
        for (int i = 0; i < machines.Length; i++)
        {
            int at = i * MachineStates;
            state[at + 4] = Math.Limit(state[at + 4], 0, machines[i].Ceiling);
        }
        for (int g = 0; g < inverters.Length; g++)
        {
            int at = machines.Length * MachineStates + g * InverterStates;
            state[at + 3] = Math.Limit(state[at + 3], 0, inverters[g].Highest);
            state[at + 4] = Math.Min(0, state[at + 4]);
            state[at + 5] = Math.Max(0, state[at + 5]);
        }
    }
}
