using System.Globalization;
using Microsoft.ML;
using Score;

// Predicts the fares of the rides in a csv file or on the standard input, with a model that ../Train has made.
// It needs MLNet.DGating.Scoring, and no libtorch.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is not ([_] or [_, _]))
{
    Console.Error.WriteLine("Usage: score MODEL.zip [ROWS.csv]. Without a file, the rows are read from the standard input.");
    return 2;
}

try
{
    var mlContext = new MLContext();
    using var engine = mlContext.Model.CreatePredictionEngine<Ride, Fare>(mlContext.Model.Load(args[0], out _));
    using TextReader rows = args.Length == 2 ? File.OpenText(args[1]) : Console.In;
    foreach (Ride ride in RideReader.Read(rows))
    {
        Console.WriteLine(engine.Predict(ride).Score.ToString("f2"));
    }

    return 0;
}
catch (Exception exception) when (exception is IOException or InvalidDataException or FormatException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
