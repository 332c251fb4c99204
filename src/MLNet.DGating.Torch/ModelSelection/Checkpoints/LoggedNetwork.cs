using System.Runtime.InteropServices;
using MLNet.DGating.Model;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Resumption;

namespace MLNet.DGating.Torch.ModelSelection.Checkpoints;

/// <summary>Passes calls on to a network and logs its answers; at first it gives those of an earlier process.</summary>
/// <remarks>
/// While answers are given again the network is not asked, and only loses the groups that leave, so that its matrices have the form in
/// which the state was saved.
/// </remarks>
/// <param name="network">The network, an <see cref="INetwork"/> if it is used as one.</param>
/// <param name="random">The stream that the network draws from, as the schedule of its batches may.</param>
/// <param name="log">Keeps the answers.</param>
/// <param name="run">The run that the network belongs to.</param>
internal sealed class LoggedNetwork(ITrainedNetwork network, RandomStream random, NetworkLog log, LoggedRun run) : INetwork
{
    private INetwork Gated => (INetwork)network;

    private IResumable State => (IResumable)network;

    public int BatchRows => network.BatchRows;

    public NetworkShape Shape => Gated.Shape;

    public GroupLayout Groups => Gated.Groups;

    public bool IsFinite => Answer(
        AnswerKind.IsFinite, () => network.IsFinite, (writer, isFinite) => writer.Write(isFinite), reader => reader.ReadBoolean());

    public double Train(Iteration iteration)
    {
        run.GoOn();
        if (log.SaveIfDue(run.Interval, Restore, () => StateExchange.Save(State)))
        {
            run.Write();
        }

        // Where the network has drawn random numbers, the schedule goes on behind them.
        ulong asked = Fingerprint(iteration);
        return Answer(
            AnswerKind.Train,
            () => network.Train(iteration),
            (writer, loss) =>
            {
                writer.Write(loss);
                writer.Write(asked);
                writer.Write(StateExchange.Save(random));
            },
            reader =>
            {
                double loss = reader.ReadDouble();
                if (reader.ReadUInt64() != asked)
                {
                    run.Refuse("an iteration has other rows or steps");
                }

                StateExchange.Restore(random, reader.ReadBytes(RandomStream.StateBytes));
                return loss;
            });
    }

    public GroupMeasures Measure(in StepSettings step)
    {
        StepSettings last = step;
        return Answer(
            AnswerKind.Measure,
            () => Gated.Measure(last),
            (writer, measures) =>
            {
                NetworkLog.Write(writer, measures.Norms);
                NetworkLog.Write(writer, measures.GradientNorms);
            },
            reader => new GroupMeasures(NetworkLog.Read<float>(reader), NetworkLog.Read<float>(reader)));
    }

    public NetworkState Capture() => Answer(AnswerKind.Capture, network.Capture, NetworkLog.Write, NetworkLog.ReadState);

    public NetworkState CaptureBefore() =>
        Answer(AnswerKind.CaptureBefore, network.CaptureBefore, NetworkLog.Write, NetworkLog.ReadState);

    public float[] Score(ReadOnlySpan<int> rows)
    {
        int[] asked = rows.ToArray();
        return Answer(AnswerKind.Score, () => network.Score(asked), NetworkLog.Write, NetworkLog.Read<float>);
    }

    // Gradients of all rows, again and again, are too many numbers to keep.
    public (double Loss, double[][] Gradients) Gradient(ReadOnlySpan<int> rows)
    {
        log.GiveUp();
        return Gated.Gradient(rows);
    }

    public void Load(NetworkState state, double gateDepth)
    {
        if (log.IsLive)
        {
            network.Load(state, gateDepth);
        }
    }

    public void Revert(double gateDepth)
    {
        if (log.IsLive)
        {
            network.Revert(gateDepth);
        }
    }

    public void Cut(ReadOnlySpan<int> groups, double gateDepth)
    {
        if (log.IsLive)
        {
            Gated.Cut(groups, gateDepth);
        }
    }

    public void KeepGroups(ReadOnlySpan<int> kept, double gateDepth) => Gated.KeepGroups(kept, gateDepth);

    public void Dispose()
    {
        log.End();
        network.Dispose();
    }

    private T Answer<T>(AnswerKind kind, Func<T> ask, Action<BinaryWriter, T> write, Func<BinaryReader, T> read) =>
        log.Answer(kind, Restore, ask, write, read);

    private void Restore(byte[] saved) => StateExchange.Restore(State, saved);

    // FNV-1a over what the iteration is: that the answers are those of the same one.
    private static ulong Fingerprint(Iteration iteration)
    {
        ulong hash = 14695981039346656037;
        Add(iteration.Rows);
        Add(MemoryMarshal.Cast<float, int>(iteration.LearningRates));
        return hash;

        void Add(ReadOnlySpan<int> values)
        {
            foreach (int value in values)
            {
                hash = (hash ^ (uint)value) * 1099511628211;
            }
        }
    }
}
