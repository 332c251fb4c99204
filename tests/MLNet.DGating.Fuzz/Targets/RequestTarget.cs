using AspNetScoring;
using MLNet.DGating.Fuzz.Mutation;
using Microsoft.ML;

namespace MLNet.DGating.Fuzz.Targets;

/// <summary>A request's JSON, changed, in the hands of what examples/AspNetScoring reads requests with.</summary>
internal sealed class RequestTarget : FuzzTarget
{
    private readonly Measurements _measurements;
    private readonly byte[] _request;

    public RequestTarget(string model)
        : base("request")
    {
        ITransformer loaded = new MLContext().Model.Load(model, out _);
        FeatureSelectionReport report = ((IEnumerable<ITransformer>)loaded)
            .OfType<ISingleFeaturePredictionTransformer<object>>().Select(step => step.Model).OfType<DGatingModelParameters<float>>()
            .Single().FeatureSelection;
        _measurements = new Measurements(report);
        _request = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(_measurements.Needed.ToDictionary(name => name, _ => 0.5));
    }

    public override byte[] Create(Random random) => ByteMutations.Apply(random, _request, Words.Bytes);

    public override Answer Try(byte[] input)
    {
        (float[] row, Dictionary<string, string[]> errors) =
            _measurements.ReadAsync(new MemoryStream(input), CancellationToken.None).GetAwaiter().GetResult();
        return errors.Count > 0 ? Answer.Refused
            : Array.TrueForAll(row, value => !float.IsInfinity(value)) ? Answer.Taken
            : throw new FuzzFault(FaultKind.Silent, "a feature is not finite");
    }
}
