using Gigawatt.Fabric;
using Gigawatt.Numerics;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Training;

namespace Gigawatt.Studies;

/// <summary>How long GPUs take to exchange data, with which algorithm, over which network.</summary>
public static class CollectiveStudy
{
    private const double KibGb = 1024e-9;

    /// <summary>The study.</summary>
    public static Study Definition { get; } = Study.Of<CollectiveInput>(
        "collective", "How long does an exchange between GPUs take, which algorithm is fastest, and what is the network built of?", "studies/collective.yaml", Answer, Import);

    private static CollectiveInput? Import(string path)
    {
        if (!path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)) { return null; }
        try
        {
            IReadOnlyList<CollectiveRow> rows = CollectiveRows.Read(File.ReadAllText(path));
            return new CollectiveInput { Name = Path.GetFileNameWithoutExtension(path), SizeGb = 1, Ranks = 2, Table = rows };
        }
        catch (CaseException wrong)
        {
            throw new ScenarioException([.. wrong.Problems.Select(problem => TrainingStudy.InLine(path, problem))]);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioException([new Problem(path, 0, 0, "", "a file that can be read", wrong.Message.TrimEnd('.'))]);
        }
    }

    private static StudyAnswer Answer(CollectiveInput input)
    {
        if (input.Table is { } table) { return CollectiveTables.OfRows(input.Name, [.. CollectiveRows.Answers(table)]); }
        Interconnect network = NetworkOf(input);
        CollectiveGroup group = CollectiveGroup.Of(input.Ranks, input.Stride, network);
        if (group.Domains > 1 && input.Gpu is not null && input.Fabric is null)
        {
            throw new CaseException(
                "ranks", FormattableString.Invariant($"at most the {Math.Max(1, network.DomainGpus / input.Stride)} that lie in one NVLink domain of {network.DomainGpus}, or a fabric such as 'fabric: {{ model: quantum-2 }}'"),
                FormattableString.Invariant($"{input.Ranks}"));
        }
        int gpus = input.Gpus ?? (int)Math.Min(int.MaxValue, (long)input.Ranks * input.Stride);
        if ((long)gpus < (long)(input.Ranks - 1) * input.Stride + 1)
        {
            throw new CaseException("gpus", FormattableString.Invariant($"at least the {(long)(input.Ranks - 1) * input.Stride + 1} over which {input.Ranks} ranks of stride {input.Stride} reach"), FormattableString.Invariant($"{gpus}"));
        }
        if (input.Fabric is { } fabric && input.Buildings is null && FatTree.Problem(fabric, gpus, input.Gpus is null ? "ranks" : "gpus") is { } tooMany) { throw new CaseException([tooMany]); }
        double bestS = Collective.BestS(input.Kind, input.SizeGb, group, network, out CollectiveAlgorithm best);
        CollectiveAlgorithm chosen = input.Algorithm == CollectiveChoice.Best ? best : (CollectiveAlgorithm)((int)input.Algorithm - 1);
        double timeS = Collective.TimeS(input.Kind, chosen, input.SizeGb, group, network);
        if (double.IsInfinity(timeS))
        {
            throw new CaseException("algorithm", Possible(input, group, network), SnakeCase.Of(input.Algorithm.ToString()));
        }
        CollectiveAnswer data = new(
            input.Kind, chosen, input.SizeGb, input.Ranks, group.Domains, group.Pods, group.Buildings, timeS,
            Collective.BusGbPerS(input.Kind, input.SizeGb, input.Ranks, timeS), input.SizeGb / timeS, best, bestS,
            [.. Sizes(input).Select(sizeGb => AtSize(input, sizeGb, group, network))], [.. Counts(input, network)],
            [.. input.Measured.Where(one => (one.Kind ?? input.Kind) == input.Kind && (one.Ranks ?? input.Ranks) == input.Ranks).Select(one => Compared(input, one, group, network))], Parts(input, gpus), [], null);
        return new StudyAnswer
        {
            Subject = input.Name,
            Finding = Finding(data),
            Remarks = [.. Remarks(data, network)],
            Tables = [.. CollectiveTables.Of(data)],
            Charts = [.. CollectiveTables.Charts(data)],
            Data = data,
        };
    }

    private static Interconnect NetworkOf(CollectiveInput input)
    {
        if (input.Link is { } link) { return Interconnect.Flat(link.RateGbPerS, link.LatencyS, link.ReduceGbPerS); }
        LinkLevel scaleUp = ParallelismNetwork.ScaleUp(input.Gpu!);
        return input.Fabric is { } fabric
            ? ParallelismNetwork.Of(input.Gpu!, fabric, input.Buildings)
            : new Interconnect { ScaleUp = scaleUp, ScaleOut = scaleUp, DomainGpus = input.Gpu!.NvlinkDomainGpus, PodGpus = int.MaxValue };
    }

    // Powers of two from 64 KiB to 16 GiB, and the size asked for.
    private static IEnumerable<double> Sizes(CollectiveInput input) =>
        Enumerable.Range(0, 19).Select(i => 64 * KibGb * (1 << i)).Append(input.SizeGb).Distinct().Order();

    private static CollectiveAnswerSize AtSize(CollectiveInput input, double sizeGb, CollectiveGroup group, Interconnect network)
    {
        double bestS = Collective.BestS(input.Kind, sizeGb, group, network, out CollectiveAlgorithm best);
        double With(CollectiveAlgorithm algorithm) => Collective.TimeS(input.Kind, algorithm, sizeGb, group, network);
        return new(
            sizeGb, With(CollectiveAlgorithm.Ring), With(CollectiveAlgorithm.Tree), With(CollectiveAlgorithm.InSwitch), With(CollectiveAlgorithm.Hierarchical),
            best, Collective.BusGbPerS(input.Kind, sizeGb, input.Ranks, bestS));
    }

    private static IEnumerable<CollectiveAnswerCount> Counts(CollectiveInput input, Interconnect network)
    {
        long most = input.Link is not null ? 65536
            : input.Fabric is { } fabric ? Math.Max(input.Ranks, Math.Min(131072, FatTree.MaxHosts(fabric) / input.Stride))
            : Math.Max(2, network.DomainGpus / input.Stride);
        IEnumerable<int> counts = Enumerable.Range(1, 26).Select(i => 1 << i).Where(count => count <= most).Append(input.Ranks).Distinct().Order();
        foreach (int ranks in counts)
        {
            CollectiveGroup group = CollectiveGroup.Of(ranks, input.Stride, network);
            double timeS = Collective.BestS(input.Kind, input.SizeGb, group, network, out CollectiveAlgorithm best);
            yield return new(ranks, best, timeS, Collective.BusGbPerS(input.Kind, input.SizeGb, ranks, timeS));
        }
    }

    private static CollectiveAnswerMeasured Compared(CollectiveInput input, MeasuredCollectiveSpec measured, CollectiveGroup group, Interconnect network)
    {
        double timeS = input.Algorithm == CollectiveChoice.Best
            ? Collective.BestS(input.Kind, measured.SizeGb, group, network)
            : Collective.TimeS(input.Kind, (CollectiveAlgorithm)((int)input.Algorithm - 1), measured.SizeGb, group, network);
        return new(measured.SizeGb, measured.TimeS, timeS, timeS / measured.TimeS - 1);
    }

    private static CollectiveAnswerParts? Parts(CollectiveInput input, int gpus)
    {
        if (input.Fabric is not { } fabric) { return null; }
        FabricParts parts = FatTree.Parts(fabric, gpus);
        return new(
            gpus, fabric.Tiers, FatTree.MaxHosts(fabric), parts.SwitchCount, parts.CableCount, parts.PortCount, parts.OpticCount,
            FatTree.OneSwitchGpus(fabric, input.Gpu!.NvlinkDomainGpus), parts.SwitchMw + parts.OpticMw, FatTree.PowerMw(fabric, gpus));
    }

    private static string Possible(CollectiveInput input, CollectiveGroup group, Interconnect network)
    {
        IEnumerable<string> possible = Enum.GetValues<CollectiveAlgorithm>()
            .Where(one => double.IsFinite(Collective.TimeS(input.Kind, one, input.SizeGb, group, network)))
            .Select(one => SnakeCase.Of(one.ToString()));
        return $"an algorithm that carries out {CollectiveTables.Words(input.Kind)} on this network: best, {string.Join(", ", possible)}";
    }

    private static string Finding(CollectiveAnswer data)
    {
        string what = $"{CollectiveTables.Words(data.Kind)} of {CollectiveTables.Size(data.SizeGb)} over {Figures.Number(data.Ranks, 9)} GPUs takes {CollectiveTables.Time(data.TimeS)} {(data.Kind == CollectiveKind.AllToAll ? "from each to each" : CollectiveTables.Words(data.Algorithm))}";
        string capital = char.ToUpperInvariant(what[0]) + what[1..];
        string faster = data.TimeS > data.BestTimeS * 1.005 ? $"; {CollectiveTables.Words(data.Best)} it would take {CollectiveTables.Time(data.BestTimeS)}" : "";
        return $"{capital}, {Figures.Number(data.BusGbPerS)} GB/s of bus bandwidth{faster}.";
    }

    private static IEnumerable<string> Remarks(CollectiveAnswer data, Interconnect network)
    {
        if (data.Measured.Count > 0)
        {
            double worst = data.Measured.Max(one => Math.Abs(one.ErrorFraction)), mean = data.Measured.Average(one => Math.Abs(one.ErrorFraction));
            yield return $"Against {data.Measured.Count} published times the error is {Figures.Percent(mean, 2)} in the mean and {Figures.Percent(worst, 2)} at worst.";
        }
        if (data.Pods > 1)
        {
            yield return $"The ranks lie in {data.Pods:N0} pods; between pods a GPU has {Figures.Number(Interconnect.GpuGbPerS(network, Distance.Pod))} GB/s when all send, inside {Figures.Number(Interconnect.GpuGbPerS(network, Distance.Fabric))} GB/s. A ring leaves each pod once and suffers little; all-to-all suffers in full.";
        }
        if (data.Buildings > 1)
        {
            yield return $"A hop between buildings takes {CollectiveTables.Time(Interconnect.HopS(network, Distance.Building))}, and a GPU has {Figures.Number(Interconnect.GpuGbPerS(network, Distance.Building))} GB/s there when all send.";
        }
        if (data.Parts is { } parts)
        {
            string counted = double.IsNaN(parts.PartsMw) ? "" : $"; counted singly, switches and optics draw {Figures.Power(parts.PartsMw)}";
            yield return $"{parts.Gpus:N0} GPUs take {parts.Switches:N0} {(parts.Switches == 1 ? "switch" : "switches")} in at most {parts.Tiers} tiers, {parts.Cables:N0} links and {parts.Optics:N0} optics, {Figures.Power(parts.BookedMw)} by the figure for each GPU{counted}.";
        }
        CollectiveAnswerSize at = data.Sizes.First(one => one.SizeGb >= data.SizeGb);
        foreach ((CollectiveAlgorithm other, double timeS) in ((CollectiveAlgorithm, double)[])[(CollectiveAlgorithm.Tree, at.TreeS), (CollectiveAlgorithm.Hierarchical, at.HierarchicalS)])
        {
            if (timeS < 0.8 * data.BestTimeS) { yield return $"Done {CollectiveTables.Words(other)} it would take {CollectiveTables.Time(timeS)}, but no library is known to do that here by itself."; }
        }
        yield return "Not modelled: traffic of other jobs, congestion, retransmission, and the GPU cores that an exchange takes from arithmetic.";
    }
}
