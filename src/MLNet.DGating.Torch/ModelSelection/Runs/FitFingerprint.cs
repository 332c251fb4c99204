using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Runs;

/// <summary>Identifies a fit on one rank: what has to be the same on all of them.</summary>
/// <param name="Version">The version of the product and of the runtime.</param>
/// <param name="Device">Whether runs are carried out on the CPU or in a batch on a device, which have other networks.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Options">A hash of the other settings.</param>
/// <param name="Rows">A hash of the rows and of how they are grouped.</param>
/// <param name="Processor">The kind of the processor, on which rounding depends; it may differ.</param>
internal sealed record FitFingerprint(string Version, string Device, int Seed, string Options, string Rows, string Processor)
{
    /// <summary>Computes the fingerprint.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="settings">The settings of the fit.</param>
    /// <param name="execution">Where its runs are carried out.</param>
    /// <param name="options">What else tells its options from others.</param>
    public static FitFingerprint Of(TrainingSet data, FitSettings settings, ExecutionSettings execution, string options = "")
    {
        Assembly assembly = typeof(FitSettings).Assembly;
        string version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        return new FitFingerprint(
            $"{version} on .NET {Environment.Version}",
            execution.IsBatched ? "a device" : "the CPU",
            settings.Seed,
            PlainData.Hash(options + PlainData.Hash(settings with { Seed = 0 })),
            HashOf(data),
            $"{RuntimeInformation.ProcessArchitecture} with vectors of {WidestVector} bits");
    }

    private static int WidestVector =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>Tells in a sentence in what the fit of a rank differs from that of rank 0; null where it does not.</summary>
    /// <param name="rank">The rank, with its machine.</param>
    /// <param name="first">The fingerprint of rank 0.</param>
    public string? Difference(string rank, FitFingerprint first) => this switch
    {
        _ when Version != first.Version =>
            $"{rank} has version {Version}, but rank 0 has {first.Version}: install the same version on every machine.",
        _ when Device != first.Device =>
            $"{rank} trains on {Device}, but rank 0 on {first.Device}: give the options a device that every machine has.",
        _ when Rows != first.Rows =>
            $"{rank} has read other rows than rank 0: let every rank read the same files in the same order.",
        _ when Seed != first.Seed =>
            $"{rank} has another seed than rank 0: give the MLContext or the options a seed.",
        _ when Options != first.Options =>
            $"{rank} has other options than rank 0: start every rank with the same ones.",
        _ => null,
    };

    /// <summary>Tells in a part of a sentence in what a fit differs from that of a checkpoint; null where it does not.</summary>
    public string? DifferenceFrom(FitFingerprint saved) => this switch
    {
        _ when Version != saved.Version => $"it was written by version {saved.Version}, but this is {Version}",
        _ when Rows != saved.Rows => "it is of other rows",
        _ when Seed != saved.Seed => $"it has the seed {saved.Seed}, but this fit {Seed}",
        _ when Options != saved.Options => "it has other options",
        _ when Device != saved.Device => $"it was trained on {saved.Device}, but this fit on {Device}",
        _ => null,
    };

    private static string HashOf(TrainingSet data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        float[] row = new float[data.IsSparse ? 0 : data.Features.Columns];
        // Rows that ranks hold a part of each are not the same; what follows is.
        for (int i = 0; i < (data.Shards is null ? data.Rows : 0); i++)
        {
            if (data.Features is SparseMatrix sparse)
            {
                hash.AppendData(MemoryMarshal.AsBytes(sparse.Row(i).Columns));
                hash.AppendData(MemoryMarshal.AsBytes(sparse.Row(i).Values));
                continue;
            }

            data.Features.Read(i, row);
            hash.AppendData(MemoryMarshal.AsBytes<float>(row));
        }

        Append<float>(data.Targets);
        Append<float>(data.Weights);
        Append<int>(data.Blocks);
        Append<int>(data.Groups.InputStarts);
        Append<float>(data.Groups.Weights);
        Append<double>(data.Groups.Costs);
        Append<long>(data.Stream is null ? null : [data.Stream.Rows]);
        Append([data.IsPiecewise, data.IsAdditive]);
        Append(PlainData.Write(data.Given));
        return Convert.ToHexString(hash.GetHashAndReset());

        void Append<T>(T[]? values)
            where T : unmanaged
        {
            hash.AppendData(BitConverter.GetBytes(values?.Length ?? -1));
            hash.AppendData(MemoryMarshal.AsBytes<T>(values ?? []));
        }
    }
}
