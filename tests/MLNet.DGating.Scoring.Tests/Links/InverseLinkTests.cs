using CsCheck;
using MLNet.DGating.Model;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MLNet.DGating.Scoring.Tests.Links;

public class InverseLinkTests
{
    private static readonly float[] s_edges =
        [0, -0f, 1e-8f, 16, 17, 40, 87, 88, 89, 104, 200, 1e9f, -16, -17, -40, -87, -103, -104, -200, -1e9f, float.NegativeInfinity];

    private static readonly Gen<float[]> s_scores = Gen.OneOf(Gen.Float[-20, 20], Gen.OneOfConst(s_edges)).Array[1, 12];

    public static TheoryData<string> Links => [.. Enum.GetNames<Link>()];

    [Fact]
    public void Of_GivesEachLinkAClassOfItsOwn()
    {
        Assert.Equal(
            [typeof(IdentityLink), typeof(LogisticLink), typeof(SoftmaxLink), typeof(ExponentialLink)],
            Enum.GetValues<Link>().Select(link => InverseLink.Of(link).GetType()));
        ArgumentException error = Assert.Throws<ArgumentOutOfRangeException>("link", () => InverseLink.Of((Link)9));
        Assert.Contains("Must be Identity, Logistic, Softmax or Exponential.", error.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Links))]
    public void Apply_EqualsTheFormulaInDoublePrecision(string link) =>
        s_scores.Sample(scores => AssertNear(Formula(Enum.Parse<Link>(link), scores), Apply(link, scores), absolute: 1e-37));

    [Theory, MemberData(nameof(Links))]
    public void Apply_InPlace_GivesTheSameBits(string link) =>
        s_scores.Sample(scores =>
        {
            float[] inPlace = [.. scores];
            InverseLink.Of(Enum.Parse<Link>(link)).Apply(inPlace, inPlace);
            Assert.Equal(Apply(link, scores), inPlace);
        });

    [Theory, MemberData(nameof(Links))]
    public void Apply_KeepsNaN(string link)
    {
        float[] predictions = Apply(link, [1, float.NaN, 2]);
        Assert.True(float.IsNaN(predictions[1]));
        Assert.Equal(link == nameof(Link.Softmax), float.IsNaN(predictions[0]));
    }

    // The scores of a row with a missing value are not the link's in ONNX, so that NaN is not asked for.
    [Theory, MemberData(nameof(Links))]
    public void AddTo_GivesOnnxRuntimeTheSame(string link) =>
        s_scores.Sample(
            scores =>
            {
                float[][] rows = [scores, [.. scores.Select(score => -score).Where(float.IsFinite)]];
                foreach (float[] row in rows.Where(row => row.Length > 0))
                {
                    float[] expected = Apply(link, row), actual = RunOnnx(link, row);
                    AssertNear([.. expected.Select(value => (double)value)], actual, absolute: 1e-6);
                }
            },
            iter: 100);

    [Fact]
    public void Logistic_OfALargeScore_IsNoCertainty()
    {
        Assert.Equal([1f / (1 << 24), 1 - (1f / (1 << 24))], Apply(nameof(Link.Logistic), [-200, 200]));
        float[] atInfinity = Apply(nameof(Link.Logistic), [float.NegativeInfinity, float.PositiveInfinity]);
        Assert.Equal([LogisticLink.Smallest, LogisticLink.Largest], atInfinity);
    }

    [Fact]
    public void Logistic_AndExponential_OfOneScore_GiveTheBitsOfTheRow() =>
        s_scores.Sample(scores =>
        {
            Assert.Equal(Apply(nameof(Link.Logistic), scores), scores.Select(LogisticLink.Apply));
            Assert.Equal(Apply(nameof(Link.Exponential), scores), scores.Select(MathF.Exp));
        });

    [Fact]
    public void Softmax_SumsToOne_AndDoesNotOverflow() =>
        s_scores.Where(scores => scores.Any(float.IsFinite)).Sample(
            scores => Assert.Equal(1, Apply(nameof(Link.Softmax), scores).Sum(), 1e-5));

    private static float[] Apply(string link, float[] scores)
    {
        float[] predictions = new float[scores.Length];
        InverseLink.Of(Enum.Parse<Link>(link)).Apply(scores, predictions);
        return predictions;
    }

    private static double[] Formula(Link link, float[] scores)
    {
        double largest = scores.Max();
        double sum = scores.Sum(score => Math.Exp(score - largest));
        return Array.ConvertAll(scores, score => link switch
        {
            Link.Identity => score,
            Link.Logistic => Math.Clamp(1 / (1 + Math.Exp(-score)), LogisticLink.Smallest, LogisticLink.Largest),
            Link.Softmax => Math.Exp(score - largest) / sum,
            _ => (float)Math.Exp(score),
        });
    }

    // A float of the size of a large score is off by its rounding, which e^score makes relative.
    private static void AssertNear(double[] expected, float[] actual, double absolute)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            bool near = expected[i].Equals(actual[i]) || Math.Abs(expected[i] - actual[i]) <= absolute + (5e-5 * Math.Abs(expected[i]));
            Assert.True(near || (double.IsNaN(expected[i]) && float.IsNaN(actual[i])), $"Number {i} is {actual[i]}, not {expected[i]}.");
        }
    }

    private static float[] RunOnnx(string link, float[] scores)
    {
        var document = new OnnxDocument(["Scores", "Predictions"]);
        document.AddNode("Identity", [InverseLink.Of(Enum.Parse<Link>(link)).AddTo(document, "Scores")], output: "Predictions");
        OnnxOutput output = new("Predictions", OnnxType.Float, scores.Length);
        using var stream = new MemoryStream();
        document.ToModel([new("Scores", OnnxType.Float, scores.Length)], [output], ("Test", "1"), []).WriteTo(stream);

        using SessionOptions options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        using var session = new InferenceSession(stream.ToArray(), options);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results =
            session.Run([NamedOnnxValue.CreateFromTensor("Scores", new DenseTensor<float>(scores, [1, scores.Length]))]);
        return [.. results[0].AsTensor<float>()];
    }
}
