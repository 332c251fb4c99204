// What an app that only deploys a model does: load the zip, score the rows, and nothing else. No type of the library is named.
// Arguments: model.zip rows.bin scores.bin; rows.bin is a saved data view, scores.bin gets the bits of all predictions.
using Microsoft.ML;
using Microsoft.ML.Data;

var mlContext = new MLContext(seed: 1);
ITransformer model = mlContext.Model.Load(args[0], out _);
IDataView scored = model.Transform(mlContext.Data.LoadFromBinary(args[1]));

using (var writer = new BinaryWriter(File.Create(args[2])))
{
    DataViewSchema.Column score = scored.Schema["Score"];
    DataViewSchema.Column? probability = scored.Schema.GetColumnOrNull("Probability");
    using DataViewRowCursor cursor = scored.GetRowCursor(scored.Schema);
    ValueGetter<float>? scalar = score.Type is VectorDataViewType ? null : cursor.GetGetter<float>(score);
    ValueGetter<VBuffer<float>>? vector = score.Type is VectorDataViewType ? cursor.GetGetter<VBuffer<float>>(score) : null;
    ValueGetter<float>? chance = probability is { } column ? cursor.GetGetter<float>(column) : null;
    float value = 0;
    VBuffer<float> values = default;
    while (cursor.MoveNext())
    {
        if (scalar is not null)
        {
            scalar(ref value);
            writer.Write(value);
        }

        if (vector is not null)
        {
            vector(ref values);
            foreach (float one in values.DenseValues())
            {
                writer.Write(one);
            }
        }

        if (chance is not null)
        {
            chance(ref value);
            writer.Write(value);
        }
    }
}

// The point of the scoring package: nothing of the training side is needed.
bool needsTraining = AppDomain.CurrentDomain.GetAssemblies()
    .Any(assembly => assembly.GetName().Name!.Contains("Torch", StringComparison.Ordinal));
return needsTraining ? 1 : 0;
