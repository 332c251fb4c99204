namespace AspNetScoring;

/// <summary>The answer of POST /predict.</summary>
/// <param name="Class">The likeliest class.</param>
/// <param name="Probability">Its probability.</param>
/// <param name="Probabilities">The probability of each class.</param>
/// <param name="FeaturesUsed">The features that the answer depends on; no others need to be sent.</param>
internal sealed record PredictAnswer(
    string Class, float Probability, IReadOnlyDictionary<string, float> Probabilities, IEnumerable<string> FeaturesUsed);

/// <summary>The answer of GET /model.</summary>
/// <param name="Classes">What can be predicted.</param>
/// <param name="Selected">The features that the model reads, the most important first.</param>
/// <param name="Dropped">The features that may be sent but are not read.</param>
internal sealed record ModelAnswer(IEnumerable<string> Classes, IEnumerable<SelectedFeature> Selected, IEnumerable<string> Dropped);

/// <summary>A feature that the model reads.</summary>
/// <param name="Name">Its name in a request.</param>
/// <param name="Importance">The norm of the weights that leave it, on standardized features.</param>
internal sealed record SelectedFeature(string Name, float Importance);
