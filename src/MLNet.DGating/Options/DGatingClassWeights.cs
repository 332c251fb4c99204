namespace MLNet.DGating;

/// <summary>Names the weights of classes in training.</summary>
public enum DGatingClassWeights
{
    /// <summary>Every row counts as much as its example weight says. Probabilities are those of rows like the training rows.</summary>
    None,

    /// <summary>Rows of rare classes count more, so that every class has the same total weight.</summary>
    /// <remarks>
    /// Selection, choice of the count, predictions and probabilities are then those of rows that have all classes equally often: more
    /// rows are predicted to be of a rare class, and their probabilities are too large for rows like the training rows. docs/theory.md §23
    /// takes them back.
    /// </remarks>
    Balanced,
}
