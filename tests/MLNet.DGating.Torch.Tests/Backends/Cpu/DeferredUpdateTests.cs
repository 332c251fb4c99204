using MLNet.DGating.Torch.Backends.Cpu;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using TorchSharp;

namespace MLNet.DGating.Torch.Tests.Backends.Cpu;

/// <summary>Steps that are done later are the steps that were skipped.</summary>
public class DeferredUpdateTests
{
    private static readonly Gen<double> s_depth =
        Gen.OneOf(Gen.Const(StepSettings.Ungated), Gen.Int[2, 4].Select(depth => (double)depth), Gen.Double[2, 4]);

    [Fact]
    public void DeferredSteps_AreThoseOfEveryGroupAtOnce_WhileEverythingChangesFromStepToStep() =>
        Gen.Select(Gen.Int[1, 4].Array[1, 12], Gen.Int[1, 21], s_depth, Gen.Int[1, 80], Gen.Double[0, 0.5], Gen.Int[0, int.MaxValue])
            .Sample((sizes, width, depth, steps, share, seed) =>
        {
            var groups = GroupLayout.Create(sizes, GroupTermsOf.Random(sizes.Length, new Random(seed)));
            Compare(groups, width, seed, (eager, deferred, update, random) =>
            {
                for (int i = 0; i < steps; i++)
                {
                    var step = new StepSettings(
                        0.05f * random.NextSingle(), 0.95f * random.NextSingle(), 0.1f, 0.3 * random.NextDouble(), depth, 0);
                    int[] occurring = [.. Enumerable.Range(0, groups.Columns).Where(_ => random.NextDouble() < share)];
                    float[] gradient = new float[groups.Columns * width];
                    foreach (int index in occurring.SelectMany(column => Enumerable.Range(column * width, width)))
                    {
                        gradient[index] = 0.3f * random.NextNormal();
                    }

                    eager.Gradient.Write(gradient);
                    FusedUpdate.Gated(eager, step);
                    update.ApplyDeferred(deferred, occurring);
                    deferred.Gradient.Write(gradient);
                    update.Update(deferred, step);
                    if (random.Next(20) == 0)
                    {
                        update.Flush(deferred);
                    }
                }
            });
        }, iter: 100);

    [Fact]
    public void AGate_ThatItsMomentumWouldCarryBelowZero_IsHalvedInEverySkippedStepToo()
    {
        var step = new StepSettings(0.05f, 0.9f, 0.1f, 0.01, 3, 0);
        Compare(GroupLayout.PerColumn(3), 8, 1, (eager, deferred, update, _) =>
        {
            foreach (GatedParameter parameter in (GatedParameter[])[eager, deferred])
            {
                parameter.Gates.Write([1, 1, 1]);
                parameter.GateVelocity.Write([0.5f, 5, 50]);
            }

            for (int i = 0; i < 30; i++)
            {
                FusedUpdate.Gated(eager, step);
                update.ApplyDeferred(deferred, []);
                update.Update(deferred, step);
            }

            update.Flush(deferred);
            Assert.Equal(eager.Gates.Read(), deferred.Gates.Read());
            // The last one was at the floor from the first step on.
            Assert.InRange(deferred.Gates.Read()[2], float.Epsilon, 1e-8f);
        });
    }

    [Fact]
    public void WhatIsSkippedForVeryLong_IsDoneAllTheSame() => Compare(GroupLayout.PerColumn(2), 5, 3, (eager, deferred, update, _) =>
    {
        var step = new StepSettings(0.01f, 0.9f, 0.01f, 0.01, 3, 0);
        for (int i = 0; i < 2_500; i++)
        {
            FusedUpdate.Gated(eager, step);
            update.ApplyDeferred(deferred, []);
            update.Update(deferred, step);
        }
    });

    // Two layers that start alike, one of them whose updates are deferred, are alike once all are done.
    private static void Compare(GroupLayout groups, int width, int seed, Action<GatedParameter, GatedParameter, DeferredUpdate, Random> run)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var eager = new GatedParameter(groups, width, width);
        using var deferred = new GatedParameter(groups, width, width);
        var random = new Random(seed);
        float[] primary = Normal(groups.Columns * width), velocity = Normal(groups.Columns * width);
        float[] gates =
            [.. Enumerable.Range(0, groups.Count).Select(j => groups.IsKept(j) ? 1 : random.Next(5) == 0 ? 0 : 0.5f + random.NextSingle())];
        float[] gateVelocity = Normal(groups.Count);
        foreach (GatedParameter parameter in (GatedParameter[])[eager, deferred])
        {
            parameter.Primary.Write(primary);
            parameter.PrimaryVelocity.Write(velocity);
            parameter.Gates.Write(gates);
            parameter.GateVelocity.Write(gateVelocity);
        }

        var update = new DeferredUpdate();
        run(eager, deferred, update, random);
        update.Flush(deferred);
        Near.Rounding(eager.Gates.Read(), deferred.Gates.Read(), 1e-5);
        Near.Rounding(eager.GateVelocity.Read(), deferred.GateVelocity.Read(), 1e-5);
        Near.Rounding(eager.Primary.Read(), deferred.Primary.Read(), 1e-5);
        Near.Rounding(eager.PrimaryVelocity.Read(), deferred.PrimaryVelocity.Read(), 1e-5);
        Near.Rounding(eager.Effective.Read(), deferred.Effective.Read(), 1e-5);

        float[] Normal(int count) => [.. Enumerable.Range(0, count).Select(_ => 0.5f * random.NextNormal())];
    }
}
