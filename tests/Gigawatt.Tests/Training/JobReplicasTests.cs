using Gigawatt.Training;

namespace Gigawatt.Tests.Training;

public sealed class JobReplicasTests
{
    private static readonly TrainingJobSpec Four = LivedJob.Frail with { Replicas = 4, ReplicaRestartS = 180 };

    [Fact]
    public void One_of_four_is_out_for_detection_and_its_return()
    {
        // At 350 s one fails: 25 GPUs are out for 40 + 180 s, and nothing is lost.
        LivedJob job = new(Four, failsAtS: 350);
        job.Until(600);
        job.Total.ComputingGpuS.ShouldBe(100 * 250 + 75 * 220 + 100 * 30, 1e-6);
        job.Total.SwappingGpuS.ShouldBe(25 * 220, 1e-6);
        (job.Total.LostGpuS, job.Total.Failures).ShouldBe((0, 1));
        job.Events[^1].ShouldBe(new JobEvent(350, JobEventKind.Interrupted, 0, 0));
    }

    [Fact]
    public void A_replica_without_a_spare_waits_for_a_node()
    {
        LivedJob job = new(Four with { RepairFraction = 1, SwapS = 20 }, failsAtS: 350);
        job.Until(500);
        job.State.HeldGpus.ShouldBe(92);
        job.Until(600, gpus: 92);
        job.Until(900, gpus: 100);
        // Offered again at 600 s: swapped and back at 800 s. 75 compute from 350 to 800 s.
        job.Total.ComputingGpuS.ShouldBe(100 * 250 + 75 * 450 + 100 * 100, 1e-6);
        job.Total.SwappingGpuS.ShouldBe(17 * 250 + 25 * 200, 1e-6);
    }

    [Fact]
    public void The_last_replica_stops_them_all()
    {
        LivedJob job = new(Four, failsAtS: 350);
        job.Until(360);
        job.State.OutReplicas = 3;
        job.State.HazardToFailure = 1e-300;
        job.Until(362);
        job.State.Phase.ShouldBe(JobPhase.Detecting);
        job.State.OutReplicas.ShouldBe(0);
    }
}
