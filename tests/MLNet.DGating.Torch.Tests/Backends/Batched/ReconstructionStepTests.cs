using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Settings;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Tests.Backends.Batched;

/// <summary>Targets of many columns, which are read beside the features.</summary>
public class ReconstructionStepTests
{
    private static readonly StepSettings s_step = new(0.02f, 0.9f, 1e-3f, 1e-3, 3, 0);

    [Fact]
    public void BothBackends_TrainAlike_AlsoAfterColumnsHaveLeft() =>
        Gen.Select(Gen.Int[3, 7], Gen.Int[5, 20], Gen.Bool, Gen.Int[0, int.MaxValue]).Sample((slots, rows, weighted, seed) =>
        {
            Problem problem = Create(slots, rows, weighted, seed);
            using Engine cpu = Engine.OnCpu(problem, rows), batched = Engine.Batched(problem, ScalarType.Float32, rows);
            foreach (Engine engine in (Engine[])[cpu, batched])
            {
                engine.Network.Load(problem.State(seed), s_step.GateDepth);
                Train(engine, problem);
                engine.Network.KeepGroups([0, slots - 1], s_step.GateDepth);
                Train(engine, problem);
            }

            float[] Single(Engine engine) => Array.ConvertAll(engine.Parameters, value => (float)value);
            Near.Rounding(Single(cpu), Single(batched), 1e-3);
            Assert.Equal(cpu.TakeLoss(), batched.TakeLoss(), 1e-3 * rows);
        }, iter: 40);

    [Fact]
    public void ANetworkOfOneSlot_LearnsToRebuildTheOthersThatFollowFromIt()
    {
        // Every slot is the first one, times something.
        var random = new Random(5);
        var features = new DesignMatrix(4);
        for (int row = 0; row < 64; row++)
        {
            float value = random.NextNormal();
            ((float[])[value, -value, 2 * value, 0.5f * value]).CopyTo(features.AddRow());
        }

        Problem problem = Of(features, null);
        using var engine = Engine.OnCpu(problem, 64);
        engine.Network.Load(problem.State(1), StepSettings.Ungated);
        engine.Network.KeepGroups([0], StepSettings.Ungated);
        for (int i = 0; i < 400; i++)
        {
            engine.Step(problem.Rows, s_step with { GateDepth = StepSettings.Ungated });
        }

        var losses = new RowEvaluation(problem.Data, problem.Rows);
        Assert.InRange(losses.Metric(engine.Network.Score(problem.Rows)), 0.97, 1);
    }

    private static void Train(Engine engine, Problem problem)
    {
        for (int i = 0; i < 5; i++)
        {
            engine.Step(problem.Rows, s_step);
        }
    }

    private static Problem Create(int slots, int rows, bool weighted, int seed)
    {
        var random = new Random(seed);
        float[]? weights = weighted ? [.. Enumerable.Range(0, rows).Select(_ => 0.25f + random.NextSingle())] : null;
        return Of(RandomData.NormalMatrix(random, rows, slots), weights);
    }

    private static Problem Of(DesignMatrix features, float[]? weights)
    {
        int slots = features.Columns;
        var data = new TrainingSet(features, [], weights, GroupLayout.PerColumn(slots), LearningTask.Reconstruction(slots))
        {
            TargetRows = new FeatureRows(features, null),
        };
        return new Problem(data, new TrainingSettings { HiddenLayers = [6] });
    }
}
