namespace MLNet.DGating;

/// <summary>Names the losses of <see cref="DGatingRegressionTrainer"/>, and with them what its score is.</summary>
/// <remarks>docs/theory.md §21 has the equations.</remarks>
public enum DGatingRegressionLoss
{
    /// <summary>The squared error. The score is the mean of the label.</summary>
    Squared,

    /// <summary>The absolute error. The score is the median of the label; labels far from the others have little influence.</summary>
    Absolute,

    /// <summary>Huber's loss: squared nearby, absolute beyond <see cref="DGatingRegressionTrainer.Options.HuberDelta"/>.</summary>
    Huber,

    /// <summary>The pinball loss of <see cref="DGatingRegressionTrainer.Options.Quantiles"/>, such as a median and an interval.</summary>
    Quantile,

    /// <summary>The Poisson deviance, for counts and other labels of at least 0. The score is their mean, above 0.</summary>
    Poisson,

    /// <summary>The Gamma deviance, for labels above 0 whose errors grow with their size. The score is their mean, above 0.</summary>
    Gamma,
}
