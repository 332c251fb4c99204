using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>Creates the schema of output columns, with the annotations that ML.NET's evaluators require.</summary>
internal static class OutputColumns
{
    public static SchemaShape.Column Scalar(string name, DataViewType type, bool isNormalized = false) =>
        Create(name, SchemaShape.Column.VectorKind.Scalar, type, isKey: false, AnnotationUtils.GetTrainerOutputAnnotation(isNormalized));

    public static SchemaShape.Column Create(
        string name, SchemaShape.Column.VectorKind kind, DataViewType type, bool isKey, IEnumerable<SchemaShape.Column> annotations) =>
        new(name, kind, type, isKey, new SchemaShape(annotations));
}
