using Microsoft.ML;
using Microsoft.ML.Data;
using QuickStart;

namespace AspNetScoring;

/// <summary>The rows of mice.csv: the class as text, and 77 proteins.</summary>
internal static class MouseData
{
    public static IDataView Load(MLContext mlContext)
    {
        // A loader that sees the file takes the slots' names from its header.
        string path = ExampleData.PathOf("mice.csv");
        TextLoader.Column[] columns = [new("Class", DataKind.String, 0), new("Features", DataKind.Single, 1, 77)];
        var sample = new MultiFileSource(path);
        return mlContext.Data.CreateTextLoader(columns, separatorChar: ',', hasHeader: true, dataSample: sample).Load(path);
    }
}
