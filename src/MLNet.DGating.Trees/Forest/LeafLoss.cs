namespace MLNet.DGating.Trees.Forest;

/// <summary>A loss of a row's score, with a bound on its curvature.</summary>
internal abstract class LeafLoss
{
    /// <summary>Half the squared difference.</summary>
    public static LeafLoss Squared { get; } = new SquaredLoss();

    /// <summary>The log-loss of a label of 0 or 1, the score being its logit.</summary>
    public static LeafLoss Logistic { get; } = new LogisticLoss();

    /// <summary>The largest second derivative.</summary>
    public abstract double Curvature { get; }

    public abstract double Loss(double label, double score);

    public abstract double Gradient(double label, double score);

    private sealed class SquaredLoss : LeafLoss
    {
        public override double Curvature => 1;

        public override double Loss(double label, double score) => (score - label) * (score - label) / 2;

        public override double Gradient(double label, double score) => score - label;
    }

    private sealed class LogisticLoss : LeafLoss
    {
        public override double Curvature => 0.25;

        public override double Loss(double label, double score) =>
            Math.Max(score, 0) - label * score + Math.Log(1 + Math.Exp(-Math.Abs(score)));

        public override double Gradient(double label, double score) => 1 / (1 + Math.Exp(-score)) - label;
    }
}
