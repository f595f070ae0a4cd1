using Gigawatt.Buildout;
using Gigawatt.Economics;
using Gigawatt.Numerics;
using Gigawatt.Training;
using Gigawatt.Weather;

namespace Gigawatt.Scenarios;

/// <summary>A campus, its build-out, its jobs, its contracts and the claims made about it: one scenario file.</summary>
/// <remarks>The sections follow the folders of the library. Top-level <c>sources</c> belong to the reader.</remarks>
public sealed record Scenario : ISelfChecking
{
    /// <summary>What the campus is called.</summary>
    public required string Name { get; init; }

    /// <summary>What the scenario is about, for the head of the report.</summary>
    public string Description { get; init; } = "";

    /// <summary>First day simulated, from midnight in site time.</summary>
    public required DateOnly Start { get; init; }

    /// <summary>Last day simulated, to midnight.</summary>
    public required DateOnly End { get; init; }

    /// <summary>Length of one step of the operation clock; must divide a day.</summary>
    [Default(Grade.E, "1 min: short against turbine starts, long against grid transients")]
    public double StepS { get; init => field = Check.Within(value, 1, 3600); } = 60;

    /// <summary>Seed of every random stream.</summary>
    [Default(Grade.E, "arbitrary")]
    public int Seed { get; init => field = Check.NotNegative(value); } = 1;

    /// <summary>Where it stands.</summary>
    public SiteSection Site { get; init; } = new();

    /// <summary>Its weather.</summary>
    public WeatherSpec Weather { get; init; } = new();

    /// <summary>Racks and fabric.</summary>
    public required ComputeSection Compute { get; init; }

    /// <summary>Jobs.</summary>
    public TrainingSection Training { get; init; } = new();

    /// <summary>Inference.</summary>
    public ServingSection Serving { get; init; } = new();

    /// <summary>Heat rejection.</summary>
    public CoolingSection Cooling { get; init; } = new();

    /// <summary>Generation, batteries, lines and grid.</summary>
    public PowerSection Power { get; init; } = new();

    /// <summary>Water; absent when nothing evaporates.</summary>
    public WaterSection? Water { get; init; }

    /// <summary>Permits.</summary>
    public BuildoutSection Buildout { get; init; } = new();

    /// <summary>Prices, capital and contracts.</summary>
    public EconomicsSpec Economics { get; init; } = new();

    /// <summary>What has been said about the campus, to be held against the run.</summary>
    public IReadOnlyList<ClaimSpec> Claims { get; init; } = [];

    /// <summary>Changed campuses that are run beside this one; the report tells each from it.</summary>
    public IReadOnlyList<WhatIfSpec> WhatIf { get; init; } = [];

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (End < Start)
        {
            yield return new(nameof(End), $"a day on or after the start ({Start:yyyy-MM-dd})", $"{End:yyyy-MM-dd}");
        }
        if (Math.Abs(86400 / StepS - Math.Round(86400 / StepS)) > 1e-9)
        {
            yield return new(nameof(StepS), "a step that divides a day, such as '1 min' or '15 min'",
                FormattableString.Invariant($"{StepS:0.###} s"));
        }
    }
}

/// <summary>The same campus with something changed.</summary>
public sealed record WhatIfSpec
{
    /// <summary>What is different, as the report says it: "without batteries".</summary>
    public required string Name { get; init; }

    /// <summary>Values to change, as behind <c>--set</c>: <c>power.batteries=[]</c>.</summary>
    public required IReadOnlyList<string> Set { get; init; }

    /// <summary>First day compared; the run's when absent.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day compared; the run's when absent.</summary>
    public DateOnly? To { get; init; }
}

/// <summary>Where the campus stands.</summary>
public sealed record SiteSection
{
    /// <summary>Who runs it; the party whose cash the money ledger follows.</summary>
    [Default(Grade.E, "assumption: one operator")]
    public string Operator { get; init; } = "operator";

    /// <summary>Height above the sea.</summary>
    [Default(Grade.B, "81 m (Memphis airport, TMY3)")]
    public double ElevationM { get; init => field = Check.Within(value, -430, 5000); } = 81;

    /// <summary>Dry-bulb temperature for which plant is planned.</summary>
    [Default(Grade.A, "20-year extreme dry-bulb of Memphis, 39.9 °C (ASHRAE 2009 design conditions)")]
    public double DesignDryBulbC { get; init => field = Check.Within(value, -20, 60); } = 39.9;

    /// <summary>Wet-bulb temperature for which plant is planned.</summary>
    [Default(Grade.A, "0.4 % wet-bulb of Memphis, 26.8 °C (ASHRAE 2009 design conditions)")]
    public double DesignWetBulbC { get; init => field = Check.Within(value, -20, 40); } = 26.8;

    /// <summary>Parcels of land and their jurisdictions; the first carries the halls.</summary>
    public IReadOnlyList<ParcelSpec> Parcels { get; init; } = [];

    /// <summary>Floor for racks, as it becomes available; without limit when none is given.</summary>
    public IReadOnlyList<FloorSpec> Floors { get; init; } = [];
}

/// <summary>A parcel of land under one jurisdiction.</summary>
public sealed record ParcelSpec
{
    /// <summary>Name by which components refer to it.</summary>
    public required string Name { get; init; }

    /// <summary>State or country whose rules apply.</summary>
    public string Jurisdiction { get; init; } = "";
}

/// <summary>A building or storey that racks may stand in.</summary>
public sealed record FloorSpec
{
    /// <summary>Name of the building or storey.</summary>
    public required string Name { get; init; }

    /// <summary>Gross area.</summary>
    public required double AreaM2 { get; init => field = Check.Positive(value); }

    /// <summary>First day on which racks may be set; the first day of the run when absent.</summary>
    public DateOnly? Online { get; init; }
}

/// <summary>Racks and fabric.</summary>
public sealed record ComputeSection
{
    /// <summary>Groups of identical racks, in the order in which they get power.</summary>
    public required IReadOnlyList<RackGroupSpec> Racks { get; init; }

    /// <summary>Networks that join GPUs into one system; without limit when none is given.</summary>
    public IReadOnlyList<FabricGroupSpec> Fabrics { get; init; } = [];

    /// <summary>Lighting, offices and controls, drawn always.</summary>
    [Default(Grade.E, "assumption: none unless said otherwise")]
    public double HouseLoadMw { get; init => field = Check.NotNegative(value); }
}

/// <summary>Identical racks delivered over time.</summary>
public sealed record RackGroupSpec : ISelfChecking
{
    /// <summary>Name of the group.</summary>
    public required string Name { get; init; }

    /// <summary>The rack.</summary>
    [Inline]
    public required Compute.RackSpec Rack { get; init; }

    /// <summary>Racks in all; give this or <see cref="Gpus"/>.</summary>
    public int? Count { get; init => field = value is { } racks ? Check.AtLeastOne(racks) : null; }

    /// <summary>GPUs in all, rounded up to whole racks; give this or <see cref="Count"/>.</summary>
    public int? Gpus { get; init => field = value is { } gpus ? Check.AtLeastOne(gpus) : null; }

    /// <summary>When racks arrive; its levels and ramp count racks.</summary>
    public Rollout? Delivered { get; init; }

    /// <summary>Time from delivery until a rack can join a job.</summary>
    [Default(Grade.B, "19 days from first rack to training at Colossus 1 (operator, 2024)")]
    public double CommissioningS { get; init => field = Check.NotNegative(value); } = 19 * 86400.0;

    /// <summary>GPUs of a rack that jobs may use; the rest stands by for failed nodes of the same rack. All when not given.</summary>
    public int? SchedulablePerRack { get; init => field = value is { } gpus ? Check.AtLeastOne(gpus) : null; }

    /// <summary>Who mends its nodes, by the causes of the jobs that ran on them; absent: each is away for the mean repair time of its job.</summary>
    public Reliability.RepairShopSpec? Repair { get; init; }

    /// <summary>Rent, when the racks are rented.</summary>
    public LeaseSpec? Lease { get; init; }

    /// <summary>Racks in all, from whichever count was given.</summary>
    public int RackCount => Count ?? (int)Math.Ceiling((Gpus ?? 0) / (double)Compute.Rack.Gpus(Rack));

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (Count is null == Gpus is null)
        {
            yield return new(nameof(Count), "either 'count' (racks) or 'gpus'", Count is null ? "neither" : "both");
        }
        if (SchedulablePerRack > Compute.Rack.Gpus(Rack))
        {
            yield return new(
                nameof(SchedulablePerRack), FormattableString.Invariant($"at most the {Compute.Rack.Gpus(Rack)} GPUs of a rack"), FormattableString.Invariant($"{SchedulablePerRack}"));
        }
    }
}

/// <summary>A network that joins GPUs.</summary>
public sealed record FabricGroupSpec
{
    /// <summary>Name of the network.</summary>
    public required string Name { get; init; }

    /// <summary>Its technology.</summary>
    [Inline]
    public required Fabric.FabricSpec Fabric { get; init; }

    /// <summary>GPUs it joins when complete.</summary>
    public required int Gpus { get; init => field = Check.AtLeastOne(value); }

    /// <summary>When ports come into service; its levels and ramp count GPUs.</summary>
    public Rollout? Online { get; init; }
}

/// <summary>The work.</summary>
public sealed record TrainingSection
{
    /// <summary>Jobs; on a shortage of GPUs the higher priority is served first, then the order of the list.</summary>
    public IReadOnlyList<JobSpec> Jobs { get; init; } = [];
}

/// <summary>A job and where it may run.</summary>
public sealed record JobSpec : ISelfChecking
{
    /// <summary>The job.</summary>
    [Inline]
    public required TrainingJobSpec Job { get; init; }

    /// <summary>Name of the job.</summary>
    public string Name => Job.Name;

    /// <summary>Rack group it must run on; any when absent.</summary>
    [RefersTo("compute.racks")]
    public string? On { get; init; }

    /// <summary>Fabric that joins its racks, for the plan; the only one when absent.</summary>
    [RefersTo("compute.fabrics")]
    public string? Over { get; init; }

    /// <summary>How it is cut: step, utilisation and wave of power follow, and its <c>mfu</c> and <c>iteration</c> are not used; absent when they are given.</summary>
    public TrainingPlanSpec? Plan { get; init; }

    /// <summary>What it is when it is reinforcement learning: its GPUs are those of the job, which roll out and learn.</summary>
    public ReinforcementLearningSpec? Reinforcement { get; init; }

    /// <summary>People from whom it learns; absent when its environment is a program.</summary>
    public LiveUsersSpec? LiveUsers { get; init; }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (LiveUsers is not null && Reinforcement is null) { yield return new(nameof(LiveUsers), "reinforcement learning ('reinforcement') that learns from them", "none"); }
        if (Reinforcement is { Gpus: > 0 }) { yield return new(nameof(Reinforcement), "no 'gpus' of its own: they are the job's", FormattableString.Invariant($"{Reinforcement.Gpus}")); }
        if (Reinforcement?.RolloutGpus >= Job.Gpus)
        {
            yield return new(nameof(Reinforcement), FormattableString.Invariant($"fewer rollout GPUs than the {Job.Gpus} of the job, so that some learn"), FormattableString.Invariant($"{Reinforcement.RolloutGpus}"));
        }
    }
}

/// <summary>Permits.</summary>
public sealed record BuildoutSection
{
    /// <summary>Leave to run generating units.</summary>
    public IReadOnlyList<PermitSpec> Permits { get; init; } = [];
}
