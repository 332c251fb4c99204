using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tests.Shared;

/// <summary>What ML.NET's own components expect of the columns a trainer makes.</summary>
internal static class SchemaContract
{
    /// <summary>Every promised column is delivered, with the type and, on the trainer's own columns, the annotations promised.</summary>
    public static void AssertDelivered(SchemaShape promised, DataViewSchema schema)
    {
        var delivered = SchemaShape.Create(schema);
        Assert.Equal(promised.Select(column => column.Name).Order(), delivered.Select(column => column.Name).Order());
        foreach (SchemaShape.Column column in promised)
        {
            SchemaShape.Column actual = delivered.Single(other => other.Name == column.Name);
            Assert.True(column.IsCompatibleWith(actual), $"{column.Name} is {actual.GetTypeString()}, promised {column.GetTypeString()}.");
            if (column.Name is "Score" or "Probability" or "PredictedLabel")
            {
                Assert.Equal(column.Annotations.Select(one => one.Name).Order(), actual.Annotations.Select(one => one.Name).Order());
            }
        }
    }

    /// <summary>The annotations by which evaluators find the columns.</summary>
    public static void AssertScores(DataViewSchema schema, string kind, params (string Column, string ValueKind)[] columns)
    {
        foreach ((string column, string valueKind) in columns)
        {
            Assert.Equal(kind, Text(schema[column], "ScoreColumnKind"));
            Assert.Equal(valueKind, Text(schema[column], "ScoreValueKind"));
            Assert.IsType<KeyDataViewType>(schema[column].Annotations.Schema["ScoreColumnSetId"].Type);
        }
    }

    /// <summary>The score's slots and the predicted key bear the values of the label, in its order.</summary>
    public static void AssertClassNames(DataViewSchema schema, string label)
    {
        VBuffer<ReadOnlyMemory<char>> slots = default, keys = default, values = default;
        schema["Score"].GetSlotNames(ref slots);
        schema["PredictedLabel"].GetKeyValues(ref keys);
        schema[label].GetKeyValues(ref values);
        string[] names = [.. values.DenseValues().Select(name => name.ToString())];
        Assert.Equal(names, slots.DenseValues().Select(name => name.ToString()));
        Assert.Equal(names, keys.DenseValues().Select(name => name.ToString()));
    }

    private static string Text(DataViewSchema.Column column, string annotation)
    {
        ReadOnlyMemory<char> value = default;
        column.Annotations.GetValue(annotation, ref value);
        return value.ToString();
    }
}
