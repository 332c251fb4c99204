namespace MLNet.DGating;

/// <summary>Writes and reads the regularization path.</summary>
internal static class PathFormat
{
    // *** Binary format ***
    // int: points
    // for each point:
    //     double: lambda
    //     int: features left
    //     double: training loss
    //     double: validation loss, NaN if nothing was held out
    //     double: metric on the same rows; since WithEvidence
    public static void Write(BinaryWriter writer, IReadOnlyList<DGatingPathPoint> path)
    {
        writer.Write(path.Count);
        foreach (DGatingPathPoint point in path)
        {
            writer.Write(point.Lambda);
            writer.Write(point.FeatureCount);
            writer.Write(point.TrainingLoss);
            writer.Write(point.ValidationLoss);
            writer.Write(point.Metric);
        }
    }

    // A pruned model has fewer slots than its path had features.
    public static DGatingPathPoint[] Read(CheckedReader reader, uint version)
    {
        int count = reader.ReadInt(0, int.MaxValue, "the number of points of the path");
        var path = new List<DGatingPathPoint>();
        while (path.Count < count)
        {
            double lambda = reader.ReadDouble("a point of the path");
            reader.Check(lambda >= 0, $"The model is damaged: the path has a lambda of {lambda}.");
            int features = reader.ReadInt(0, int.MaxValue, "the number of features on the path");
            path.Add(new DGatingPathPoint
            {
                Lambda = lambda,
                FeatureCount = features,
                TrainingLoss = reader.ReadDouble("a point of the path"),
                ValidationLoss = reader.ReadDouble("a point of the path"),
                Metric = version >= FormatVersion.WithEvidence ? reader.ReadDouble("a point of the path") : double.NaN,
            });
        }

        return [.. path];
    }
}
