namespace MLNet.DGating.Model;

/// <summary>Names the function from scores to predictions, the inverse of a generalized linear model's link.</summary>
internal enum Link
{
    /// <summary>The identity: the score is a number in the label's unit.</summary>
    Identity,

    /// <summary>The logistic function 1 / (1 + e^−score), which gives a probability.</summary>
    Logistic,

    /// <summary>The softmax function, e^score over the sum of all, which gives a probability for each class.</summary>
    Softmax,

    /// <summary>The exponential function e^score, which gives a number above 0, such as a count.</summary>
    Exponential,
}
