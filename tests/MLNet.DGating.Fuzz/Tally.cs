using MLNet.DGating.Fuzz.Targets;

namespace MLNet.DGating.Fuzz;

/// <summary>Counts the answers to the inputs of a target.</summary>
internal sealed class Tally
{
    private readonly Dictionary<Answer, int> _answers = [];
    private readonly Dictionary<FaultKind, int> _faults = [];

    /// <summary>What was wrong, a line for each fault.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>How many answers came too late at first, and in time when they were asked for again.</summary>
    public int LateOnce { get; set; }

    public int Inputs => _answers.Values.Sum() + _faults.Values.Sum();

    public int this[Answer answer] => _answers.GetValueOrDefault(answer);

    public int this[FaultKind fault] => _faults.GetValueOrDefault(fault);

    public void Add(Answer answer) => _answers[answer] = this[answer] + 1;

    public void Add(FaultKind fault) => _faults[fault] = this[fault] + 1;
}
