using System.Numerics;

namespace Gigawatt.Power.Stability;

/// <summary>Where the power of a moment comes from and goes to.</summary>
/// <param name="MachinesMw">From generators.</param>
/// <param name="InvertersMw">From grid-forming inverters; negative when they take power in.</param>
/// <param name="GridMw">From the network outside.</param>
/// <param name="HallsMw">Into halls.</param>
/// <param name="LossMw">Into the resistance of branches.</param>
/// <param name="FaultMw">Into the arc.</param>
public readonly record struct PowerBooks(double MachinesMw, double InvertersMw, double GridMw, double HallsMw, double LossMw, double FaultMw)
{
    /// <summary>What is given and not taken: nothing but rounding.</summary>
    public double ImbalanceMw => MachinesMw + InvertersMw + GridMw - HallsMw - LossMw - FaultMw;
}

public sealed partial class NetworkTransient
{
    /// <summary>Frequency of the generators, weighted by inertia; of the inverters where there is none.</summary>
    public double FrequencyHz
    {
        get
        {
            double weighted = 0;
            double weights = 0;
            for (int i = 0; i < machines.Length; i++)
            {
                double weight = machines[i].Rating / machines[i].SwingPerS;
                weighted += weight * state[i * MachineStates + 1];
                weights += weight;
            }
            if (machines.Length == 0 && gridNode < 0)
            {
                for (int g = 0; g < inverters.Length; g++)
                {
                    weighted += inverters[g].Rating * slope[machines.Length * MachineStates + g * InverterStates] / nominalRadPerS;
                    weights += inverters[g].Rating;
                }
            }
            return spec.NominalHz * (1 + (weights > 0 ? weighted / weights : 0));
        }
    }

    /// <summary>Voltage of a bus.</summary>
    public double VoltagePu(int bus) => Math.Sqrt(voltageReal[bus] * voltageReal[bus] + voltageImaginary[bus] * voltageImaginary[bus]);

    /// <summary>What the network gives to a hall.</summary>
    public double HallMw(int hall)
    {
        HallData data = halls[hall];
        double square = voltageReal[data.Bus] * voltageReal[data.Bus] + voltageImaginary[data.Bus] * voltageImaginary[data.Bus];
        double scale = hallStates[hall].DrawnFraction * (data.ConstantPower / Math.Max(square, data.CutOverSquared) + (1 - data.ConstantPower) / data.StartSquared);
        return scale * data.Active * square * spec.BaseMva;
    }

    /// <summary>State of a hall.</summary>
    public ref readonly HallLoadState Hall(int hall) => ref hallStates[hall];

    /// <summary>Bus of a hall, by its place in the list of buses.</summary>
    public int HallBus(int hall) => halls[hall].Bus;

    /// <summary>Bus of a group of generators, by its place in the list of buses.</summary>
    public int MachineBus(int machine) => machines[machine].Bus;

    /// <summary>Angle of the rotors of a group of generators against the reference of the network.</summary>
    public double RotorRad(int machine) => state[machine * MachineStates];

    /// <summary>Speed of a group of generators above nominal, as a share of it.</summary>
    public double SlipFraction(int machine) => state[machine * MachineStates + 1];

    /// <summary>What a group of generators gives.</summary>
    public double MachineMw(int machine) =>
        (inner[2 * machine] * inflow[2 * machine] + inner[2 * machine + 1] * inflow[2 * machine + 1]) * spec.BaseMva;

    /// <summary>Mechanical power of the turbines of a group.</summary>
    public double TurbineMw(int machine) =>
        spec.BaseMva * machines[machine].Rating * Turbine(machines[machine], state, slope, machine * MachineStates, SlipFraction(machine), MachineMw(machine) / spec.BaseMva / machines[machine].Rating);

    /// <summary>Number of groups of generators.</summary>
    public int MachineCount => machines.Length;

    /// <summary>Number of groups of inverters.</summary>
    public int InverterCount => inverters.Length;

    /// <summary>What a group of inverters gives at its terminals.</summary>
    public double InverterMw(int inverter)
    {
        int slot = 2 * (machines.Length + inverter);
        int bus = inverters[inverter].Bus;
        return (voltageReal[bus] * inflow[slot] + voltageImaginary[bus] * inflow[slot + 1]) * spec.BaseMva;
    }

    /// <summary>Current of an inverter over its limit.</summary>
    public double InverterCurrentFactor(int inverter)
    {
        int slot = 2 * (machines.Length + inverter);
        return Math.Sqrt((inflow[slot] * inflow[slot] + inflow[slot + 1] * inflow[slot + 1]) / inverters[inverter].LimitSquared);
    }

    /// <summary>Angle of the voltage that a group of inverters makes.</summary>
    public double InverterRad(int inverter) => state[machines.Length * MachineStates + inverter * InverterStates];

    /// <summary>Current of a branch at its first end.</summary>
    public double BranchKa(int branch)
    {
        double most = 0;
        for (int s = 0; s < segments.Length; s++)
        {
            // The relay stands at the first end: on a faulted branch that is its first segment.
            if (segmentBranch[s] != branch || isOpen[branch]) { continue; }
            (int from, int to, Complex admittance) = segments[s];
            Complex drop = new(voltageReal[from] - voltageReal[to], voltageImaginary[from] - voltageImaginary[to]);
            most = Complex.Abs(drop * admittance);
            break;
        }
        return most * spec.BaseMva / (Math.Sqrt(3) * spec.Buses[segments[Array.IndexOf(segmentBranch, branch)].From].NominalKv);
    }

    /// <summary>Current of the fault; 0 without one.</summary>
    public double FaultKa => !isFaulted || faultNode < 0 ? 0
        : VoltagePu(faultNode) * Complex.Abs(FaultAdmittance) * spec.BaseMva / (Math.Sqrt(3) * FaultKv);

    /// <summary>Whether a bus has a source.</summary>
    public bool IsLive(int bus) => stage.IsLive[bus];

    /// <summary>Where power comes from and goes to now.</summary>
    public PowerBooks Books()
    {
        double machinesMw = 0;
        double invertersMw = 0;
        for (int i = 0; i < machines.Length; i++) { machinesMw += MachineMw(i); }
        for (int g = 0; g < inverters.Length; g++) { invertersMw += InverterMw(g); }
        double gridMw = 0;
        if (gridNode >= 0)
        {
            Complex bus = new(voltageReal[gridNode], voltageImaginary[gridNode]);
            gridMw = (bus * Complex.Conjugate((gridVoltage - bus) * gridAdmittance)).Real * spec.BaseMva;
        }
        double hallsMw = 0;
        for (int h = 0; h < halls.Length; h++) { hallsMw += HallMw(h); }
        double loss = 0;
        for (int s = 0; s < segments.Length; s++)
        {
            if (isOpen[segmentBranch[s]]) { continue; }
            (int from, int to, Complex admittance) = segments[s];
            double dropReal = voltageReal[from] - voltageReal[to];
            double dropImaginary = voltageImaginary[from] - voltageImaginary[to];
            loss += (dropReal * dropReal + dropImaginary * dropImaginary) * admittance.Real;
        }
        double arc = 0;
        if (isFaulted && faultNode >= 0)
        {
            double size = VoltagePu(faultNode);
            arc = size * size * FaultAdmittance.Real;
        }
        return new PowerBooks(machinesMw, invertersMw, gridMw, hallsMw, loss * spec.BaseMva, arc * spec.BaseMva);
    }

    private double FaultKv => fault?.Branch is { } name
        ? spec.Buses[spec.BusIndex(spec.Branches.First(branch => branch.Name == name).From, "fault.branch")].NominalKv
        : spec.Buses[faultNode].NominalKv;

    private void Watch()
    {
        double weighted = 0;
        double weights = 0;
        for (int i = 0; i < machines.Length; i++)
        {
            double weight = machines[i].Rating / machines[i].SwingPerS;
            weighted += weight * state[i * MachineStates];
            weights += weight;
        }
        // Against the fixed frequency of a grid, or else against each other.
        double centre = gridNode >= 0 ? 0 : weights > 0 ? weighted / weights : 0;
        for (int i = 0; i < machines.Length; i++)
        {
            HasSlipped |= stage.IsLive[machines[i].Bus] && Math.Abs(state[i * MachineStates] - centre) > Math.PI * 1.05;
        }
        for (int g = 0; g < inverters.Length; g++) { MostInverterCurrentFactor = Math.Max(MostInverterCurrentFactor, InverterCurrentFactor(g)); }
    }
}
