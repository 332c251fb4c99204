namespace MLNet.DGating.Model;

/// <summary>Names the function from a network's scores to what it predicts: the inverse of a generalized linear model's link.</summary>
internal enum Link
{
    /// <summary>The score itself: a number in the label's unit.</summary>
    Identity,

    /// <summary>1 / (1 + e^−score): a probability.</summary>
    Logistic,

    /// <summary>e^score over the sum of all: a probability for each class.</summary>
    Softmax,

    /// <summary>e^score: a number above 0, such as a count.</summary>
    Exponential,
}
