using Gigawatt.Compute;
using Gigawatt.Fabric;
using Gigawatt.Numerics;
using Gigawatt.Scenarios;
using Gigawatt.Training;

namespace Gigawatt.Simulation;

/// <summary>The pace of jobs that say how they are cut: on the racks they run on, over the fabric of the campus, calibrated on the published runs.</summary>
public static class JobPaces
{
    /// <summary>The pace of a job; null when it has no plan.</summary>
    /// <exception cref="CaseException">The plan does not fit, or racks that may run the job lack its precision; paths begin at the job.</exception>
    public static TrainingPace? Of(Scenario scenario, JobSpec job)
    {
        if (job.Plan is not { } plan)
        {
            foreach (GpuSpec one in Gpus(scenario, job)) { Refuse(one, job.Job.Precision); }
            return null;
        }
        if (job.Job.Trains is not { } model)
        {
            throw new CaseException("trains", "a model, since 'plan' works out its step, such as 'trains: llama-3.1-405b'", "none");
        }
        GpuSpec gpu = plan.Gpu ?? GpuOf(scenario, job);
        Refuse(gpu, job.Job.Precision);
        Interconnect network = FabricOf(scenario, job) is { } fabric ? ParallelismNetwork.Of(gpu, fabric) : StepNetwork.Of(gpu, gpu.NvlinkDomainGpus);
        StepCoefficients coefficients = TrainingPublished.Calibration.For(TrainingPublished.NameOf(gpu), job.Job.Precision, plan.Software.Framework, plan.Software.Overlap);
        PowerStatesSpec states = PowerStates.Of(gpu.Title.Split(' ')[0]) ?? new PowerStatesSpec();
        try
        {
            return TrainingPace.Of(plan, model, job.Job.Precision, job.Job.Gpus, gpu, network, coefficients, states);
        }
        catch (CaseException wrong)
        {
            throw new CaseException([.. wrong.Problems.Select(problem => problem with { Path = "plan." + problem.Path })]);
        }
    }

    /// <summary>The job with the utilisation and the wave of its plan.</summary>
    public static TrainingJobSpec With(TrainingJobSpec job, TrainingPace? pace) => pace is null
        ? job
        : job with { MfuFraction = pace.MfuFraction, Iteration = pace.Iteration };

    private static GpuSpec GpuOf(Scenario scenario, JobSpec job)
    {
        GpuSpec[] gpus = Gpus(scenario, job);
        return gpus.Length == 1
            ? gpus[0]
            : throw new CaseException("on", "a rack group, or 'gpu' in the plan, since racks of several generations could run the job", string.Join(", ", gpus.Select(gpu => gpu.Title)));
    }

    private static GpuSpec[] Gpus(Scenario scenario, JobSpec job) =>
        [.. scenario.Compute.Racks.Where(group => job.On is null || group.Name == job.On).Select(group => group.Rack.Gpu).DistinctBy(gpu => gpu.Title)];

    private static void Refuse(GpuSpec gpu, Precision precision)
    {
        if (Compute.Gpu.Problem(gpu, precision) is { } problem) { throw new CaseException([problem]); }
    }

    private static FabricSpec? FabricOf(Scenario scenario, JobSpec job)
    {
        if (job.Over is { } name) { return scenario.Compute.Fabrics.First(group => group.Name == name).Fabric; }
        return scenario.Compute.Fabrics.Count switch
        {
            0 => null,
            1 => scenario.Compute.Fabrics[0].Fabric,
            _ => throw new CaseException("over", "the fabric that joins its racks", "several fabrics and none named"),
        };
    }
}
