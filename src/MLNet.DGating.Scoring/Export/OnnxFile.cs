using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using MLNet.DGating.Model;

namespace MLNet.DGating;

/// <summary>Writes a model as an ONNX file of its own: the feature column in, the columns of ML.NET's transformer out.</summary>
internal static class OnnxFile
{
    // For people and for parsers, not for web pages: names in any script stay readable.
    private static readonly JsonSerializerOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Save(string path, CollapsedNetwork network, FeatureSelectionReport selection, OnnxHead head) =>
        Save(path, () => Create(network, selection, head));

    public static void Save(Stream stream, CollapsedNetwork network, FeatureSelectionReport selection, OnnxHead head) =>
        Save(stream, () => Create(network, selection, head));

    /// <summary>Writes a file that is made once the path was checked.</summary>
    public static void Save(string path, Func<ProtobufMessage> create)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ProtobufMessage model = create();

        AtomicFile.Write(path, temporary =>
        {
            using FileStream stream = File.Create(temporary);
            model.WriteTo(stream);
        });
    }

    /// <summary>Writes a file that is made once the stream was checked.</summary>
    public static void Save(Stream stream, Func<ProtobufMessage> create)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanWrite)
        {
            throw new ArgumentException("The stream cannot be written to. Open it for writing.", nameof(stream));
        }

        create().WriteTo(stream);
    }

    private static ProtobufMessage Create(CollapsedNetwork network, FeatureSelectionReport selection, OnnxHead head)
    {
        OnnxOutput[] outputs = head.Outputs(network.OutputCount);
        string[] names = [.. outputs.Select(output => output.Name)];
        string input = selection.FeatureColumnName;
        if (names.Contains(input))
        {
            throw new InvalidOperationException(
                $"The feature column is named '{input}', as an output of the ONNX model is. Train on a feature column with another name.");
        }

        var document = new OnnxDocument([input, .. names]);
        var graph = new NetworkGraph(document, network, input);
        head.AddTo(graph, names);
        head.AddThreshold(graph, names);
        OnnxOutput features = new(input, OnnxType.Float, network.Inputs.SlotCount);
        return document.ToModel([features], outputs, Producer(), Metadata(selection, head, names));
    }

    /// <summary>Returns the name of the library, and its version.</summary>
    public static (string Name, string Version) Producer()
    {
        Assembly assembly = typeof(OnnxFile).Assembly;
        return ("MLNet.DGating", assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);
    }

    private static (string Key, string Value)[] Metadata(FeatureSelectionReport selection, OnnxHead head, string[] outputs)
    {
        (string name, string version) = Producer();
        return
        [
            ("dgating.library", name),
            ("dgating.version", version),
            ("dgating.task", head.Task),
            ("dgating.feature_column", selection.FeatureColumnName),
            ("dgating.slot_count", selection.Support.Count.ToString(CultureInfo.InvariantCulture)),
            ("dgating.inputs", ToJson([selection.FeatureColumnName])),
            ("dgating.outputs", ToJson(outputs)),
            ("dgating.features", ToJson(selection.Features.Where(gate => gate.IsSelected).Select(gate => gate.Name))),
            ("dgating.selected_slots", ToJson(selection.SelectedIndices)),
            ("dgating.selected_slot_names", ToJson(selection.SelectedNames)),
        ];
    }

    /// <summary>Returns values as the metadata have them; names in any script stay readable.</summary>
    public static string ToJson<T>(IEnumerable<T> values) => JsonSerializer.Serialize(values, s_readable);
}
