using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLNet.DGating.Torch.ModelSelection.Runs;

/// <summary>Writes plain data, such as descriptions of runs and their results, as bytes, and reads them again with nothing lost.</summary>
/// <remarks>The bytes are JSON in which arrays of numbers are the memory of their numbers, as base64: exact, and fast.</remarks>
internal static class PlainData
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new ArrayConverter<float>(), new ArrayConverter<double>(), new ArrayConverter<int>() },
    };

    /// <summary>Gives the bytes of an object.</summary>
    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, s_options);

    /// <summary>Gives the SHA-256 of an object's bytes.</summary>
    public static string Hash<T>(T value) => Convert.ToHexString(SHA256.HashData(Write(value)));

    /// <summary>Gives the object of some bytes.</summary>
    public static T Read<T>(ReadOnlySpan<byte> bytes) => JsonSerializer.Deserialize<T>(bytes, s_options)!;

    private sealed class ArrayConverter<T> : JsonConverter<T[]>
        where T : unmanaged
    {
        public override T[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            MemoryMarshal.Cast<byte, T>(reader.GetBytesFromBase64()).ToArray();

        public override void Write(Utf8JsonWriter writer, T[] value, JsonSerializerOptions options) =>
            writer.WriteBase64StringValue(MemoryMarshal.AsBytes<T>(value));
    }
}
