using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tests.Determinism;

/// <summary>The culture of the thread changes neither what is learnt nor what is written.</summary>
public class CultureTests
{
    private static readonly string[] s_names =
        ["tr-TR", "ar-SA", "fa-IR", "de-DE", "fr-FR", "ru-RU", "hi-IN", "th-TH", "ja-JP", "sv-SE", "az-AZ"];

    private readonly DataRow[] _rows = Planted.Linear(120, 8, 2, seed: 1);

    [Theory, AllTasks]
    public void Fit_InAnyCulture_GivesTheSameBitsReportAndFiles(string task)
    {
        (byte[] bits, string report, byte[] onnx) = In(CultureInfo.InvariantCulture, task);
        Assert.All(Cultures(), culture =>
        {
            (byte[] bitsThere, string reportThere, byte[] onnxThere) = In(culture, task);
            Assert.Equal(bits, bitsThere);
            Assert.Equal(report, reportThere);
            Assert.Equal(onnx, onnxThere);
        });
    }

    // A machine without the data of cultures, as many containers are, has the invented one alone.
    private static IEnumerable<CultureInfo> Cultures()
    {
        var invented = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        invented.NumberFormat = new NumberFormatInfo
        {
            NumberDecimalSeparator = ",", NumberGroupSeparator = ".", NegativeSign = "~", NaNSymbol = "nothing",
            PositiveInfinitySymbol = "much", PercentDecimalSeparator = ",", PercentSymbol = "pc",
        };
        yield return invented;
        foreach (string name in s_names)
        {
            if (TryGet(name) is { } culture)
            {
                yield return culture;
            }
        }
    }

    private static CultureInfo? TryGet(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }

    private (byte[] Bits, string Report, byte[] Onnx) In(CultureInfo culture, string task)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            var context = new MLContext(seed: 5);
            Fitted fitted = TrainingTask.Get(task).Fit(context, _rows, 2).SaveAndLoad(context, DataRow.View(context, _rows).Schema);
            using var onnx = new MemoryStream();
            (fitted.Model as DGatingModelParameters<float>)?.SaveAsOnnx(onnx);
            (fitted.Model as DGatingModelParameters<VBuffer<float>>)?.SaveAsOnnx(onnx);
            return (fitted.Bits(context, _rows), fitted.Report.ToString(), onnx.ToArray());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
