using Gigawatt.Numerics;

namespace Gigawatt.Power.Waveforms;

/// <summary>What a campus run knows of the wave of one job.</summary>
/// <param name="MeanMw">Mean power.</param>
/// <param name="SwingMw">High less low.</param>
/// <param name="PeriodS">Time of an iteration.</param>
/// <param name="DutyFraction">Share of the iteration above the middle height.</param>
/// <param name="EdgeS">Time of a climb, and of a fall.</param>
/// <param name="Gpus">GPUs of the job.</param>
public readonly record struct JobSwing(double MeanMw, double SwingMw, double PeriodS, double DutyFraction, double EdgeS, int Gpus)
{
    /// <summary>Its iteration.</summary>
    public Trapezoid Iteration => new(MeanMw + (1 - DutyFraction) * SwingMw, MeanMw - DutyFraction * SwingMw, PeriodS, DutyFraction, EdgeS, EdgeS);
}

/// <summary>What smooths a campus, as few numbers.</summary>
/// <param name="FloorFraction">Floor of the GPUs as a share of their high; 0 is none.</param>
/// <param name="RackTimeConstantS">Low-pass of the racks; 0 is none.</param>
/// <param name="RackEnergyMwhPerGpu">Energy in the racks for each GPU.</param>
/// <param name="BatteryTimeConstantS">Low-pass of the batteries; 0 is none.</param>
/// <param name="BatteryMw">Highest power of the batteries.</param>
public readonly record struct CampusSmoothing(
    double FloorFraction, double RackTimeConstantS, double RackEnergyMwhPerGpu, double BatteryTimeConstantS, double BatteryMw);

/// <summary>The wave of a campus in a few numbers.</summary>
/// <param name="PeakToPeakMw">Peak-to-peak behind the batteries, all jobs in step.</param>
/// <param name="FundamentalMw">Amplitude of the strongest job's first harmonic behind the batteries.</param>
/// <param name="FundamentalHz">Its frequency.</param>
/// <param name="DischargeMw">Mean discharge of the batteries, which is also the energy through them in MWh per hour.</param>
/// <param name="BurntMw">Mean power that floors burn.</param>
/// <param name="AttenuationNeededDb">By how much more the wave would have to be lowered; 0 when within the limit.</param>
/// <param name="IsWithin">Whether peak-to-peak is within the limit.</param>
public readonly record struct CampusSwingStep(
    double PeakToPeakMw, double FundamentalMw, double FundamentalHz, double DischargeMw, double BurntMw, double AttenuationNeededDb, bool IsWithin);

/// <summary>Peak-to-peak, throughput and verdict without a series, for a step of a campus run.</summary>
/// <remarks>
/// A square wave of swing A behind a low-pass of time constant τ settles between levels A·(1 − a)(1 − b)/(1 − ab) apart, a = e^(−DT/τ), b = e^(−(1−D)T/τ);
/// a store discharges τ times that in each period, since the low-pass rises by (load − target)/τ. The first harmonic is lowered by 1/√(1 + (ωτ)²). Edges
/// lower peak-to-peak and throughput in the proportion of their energy swings when the low-pass is slow against the period. Racks stand
/// before the battery: theirs counts with its first harmonic, as far as their energy reaches. Jobs count as if all were in step. Not modelled: pauses,
/// jitter, state of charge; a series shows these.
/// </remarks>
public static class CampusSwing
{
    /// <summary>The wave of a campus under its smoothing, held against a limit of its peak-to-peak.</summary>
    public static CampusSwingStep Step(ReadOnlySpan<JobSwing> jobs, in CampusSmoothing smoothing, double limitMw)
    {
        double peakToPeakMw = 0, strongestMw = 0, strongestHz = 0, dischargeMw = 0, burntMw = 0, wholeMw = 0;
        for (int i = 0; i < jobs.Length; i++) { wholeMw += jobs[i].SwingMw; }
        for (int i = 0; i < jobs.Length; i++)
        {
            Trapezoid asked = jobs[i].Iteration;
            if (asked.SwingMw <= 0) { continue; }
            double lowMw = Math.Max(asked.LowMw, smoothing.FloorFraction * asked.HighMw);
            Trapezoid wave = asked with { LowMw = Math.Min(lowMw, asked.HighMw) };
            burntMw += wave.MeanMw - asked.MeanMw;
            double hz = 1 / wave.PeriodS;
            double reach = RackReachFraction(wave, jobs[i].Gpus, smoothing);
            double rack = 1 - reach * (1 - StorageSmoothing.Gain(hz, smoothing.RackTimeConstantS));
            double tau = smoothing.BatteryTimeConstantS;
            double squareMwh = wave.SwingMw * wave.DutyFraction * (1 - wave.DutyFraction) * wave.PeriodS / 3600;
            double edges = squareMwh > 0 ? wave.EnergySwingMwh / squareMwh : 1;
            double leftMw = SquareLeftMw(wave, tau);
            // Without a battery the corners of the wave reach full height; behind a slow one only its energy counts.
            double slow = tau > 0 ? tau / (tau + wave.PeriodS) : 0;
            double share = wholeMw > 0 ? wave.SwingMw / wholeMw : 0;
            double clippedMw = wave.SwingMw - Math.Min(smoothing.BatteryMw * share, wave.DutyFraction * wave.SwingMw)
                - Math.Min(smoothing.BatteryMw * share, (1 - wave.DutyFraction) * wave.SwingMw);
            double behindMw = leftMw * (1 + slow * (edges - 1)) * rack;
            peakToPeakMw += tau > 0 ? Math.Max(behindMw, clippedMw * rack) : behindMw;
            double served = tau > 0 && wave.SwingMw > 0 ? Math.Min(1, smoothing.BatteryMw * share / (Math.Max(wave.DutyFraction, 1 - wave.DutyFraction) * wave.SwingMw)) : 0;
            dischargeMw += served * tau * leftMw * edges * rack / wave.PeriodS;
            double harmonicMw = wave.HarmonicMw(1) * rack * (tau > 0 ? StorageSmoothing.Gain(hz, tau) : 1);
            if (harmonicMw > strongestMw) { (strongestMw, strongestHz) = (harmonicMw, hz); }
        }
        bool within = peakToPeakMw <= limitMw;
        return new CampusSwingStep(
            peakToPeakMw, strongestMw, strongestHz, dischargeMw, burntMw, within ? 0 : ComplianceMeter.DecibelsDb(peakToPeakMw / limitMw), within);
    }

    /// <summary>Peak-to-peak that a low-pass leaves of a square wave once it has settled.</summary>
    public static double SquareLeftMw(in Trapezoid wave, double timeConstantS)
    {
        if (timeConstantS <= 0) { return wave.SwingMw; }
        double high = Elementary.Exp(-wave.DutyFraction * wave.PeriodS / timeConstantS);
        double low = Elementary.Exp(-(1 - wave.DutyFraction) * wave.PeriodS / timeConstantS);
        return wave.SwingMw * (1 - high) * (1 - low) / (1 - high * low);
    }

    // Share of what the racks' low-pass asks of them that their energy can give.
    private static double RackReachFraction(in Trapezoid wave, int gpus, in CampusSmoothing smoothing)
    {
        if (smoothing.RackTimeConstantS <= 0) { return 0; }
        double askedMwh = smoothing.RackTimeConstantS * SquareLeftMw(wave, smoothing.RackTimeConstantS) / 3600;
        return askedMwh > 0 ? Math.Min(1, gpus * smoothing.RackEnergyMwhPerGpu / askedMwh) : 1;
    }
}
