namespace MLNet.DGating;

/// <summary>The hidden neurons of the function of two features (docs/theory.md §32).</summary>
/// <param name="First">The number of the first feature.</param>
/// <param name="Second">The number of the second feature.</param>
/// <param name="FirstPlaces">The places of the first feature's slots among those that the network reads.</param>
/// <param name="SecondPlaces">The places of the second feature's slots.</param>
/// <param name="Start">The first of the neurons.</param>
/// <param name="Count">The number of the neurons.</param>
/// <param name="Strength">The norm of the weights from neurons that read both features to the scores.</param>
internal sealed record PairBlock(int First, int Second, int[] FirstPlaces, int[] SecondPlaces, int Start, int Count, float Strength);
