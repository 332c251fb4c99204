namespace MLNet.DGating.Tool.Output;

/// <summary>Progress for a stream that is no terminal: a line when a phase begins.</summary>
internal sealed class PhaseLines(TextWriter writer) : IProgress<DGatingProgress>
{
    private DGatingPhase? _phase;

    public void Report(DGatingProgress value)
    {
        if (value.Phase != _phase)
        {
            _phase = value.Phase;
            writer.WriteLine(PhaseWords.Of(value.Phase));
        }
    }
}
