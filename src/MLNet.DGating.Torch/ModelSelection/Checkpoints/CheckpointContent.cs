using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MLNet.DGating.Model;
using MLNet.DGating.Torch.ModelSelection.Runs;

namespace MLNet.DGating.Torch.ModelSelection.Checkpoints;

/// <summary>Holds what a checkpoint has in its file, behind which there is a SHA-256 of all of it.</summary>
internal sealed class CheckpointContent
{
    private static readonly byte[] s_head = Encoding.ASCII.GetBytes("dgating checkpoint 1\n");

    /// <summary>The fits that were begun.</summary>
    public List<FitFingerprint> Fits { get; init; } = [];

    /// <summary>Where the results of runs that have ended are, by the key of the run.</summary>
    public Dictionary<string, EndedRun> Ended { get; init; } = [];

    /// <summary>The networks of runs that were begun, by the key of the run.</summary>
    public Dictionary<string, SavedNetwork?[]> Begun { get; } = [];

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">The file is damaged, or is no checkpoint; the message is a part of a sentence.</exception>
    public static CheckpointContent Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int end = bytes.Length - SHA256.HashSizeInBytes;
        if (end < s_head.Length || !bytes.AsSpan().StartsWith(s_head))
        {
            throw new FormatException("it is not a checkpoint of this version");
        }

        if (!SHA256.HashData(bytes.AsSpan(0, end)).AsSpan().SequenceEqual(bytes.AsSpan(end)))
        {
            throw new FormatException("its checksum is wrong");
        }

        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, s_head.Length, end - s_head.Length));
            return Read(reader);
        }
        catch (Exception fault) when (fault is IOException or JsonException or ArgumentException)
        {
            throw new FormatException("its parts do not fit each other", fault);
        }
    }

    /// <summary>Writes a file, which appears whole or not at all.</summary>
    public void Write(string path) => AtomicFile.Write(path, temporary =>
    {
        using FileStream file = File.Create(temporary);
        using var hashed = new HashedStream(file);
        using var writer = new BinaryWriter(hashed);
        writer.Write(s_head);
        Write(writer);
        writer.Flush();
        file.Write(hashed.Hash());
    });

    private static CheckpointContent Read(BinaryReader reader)
    {
        var content = new CheckpointContent
        {
            Fits = PlainData.Read<List<FitFingerprint>>(NetworkLog.Read<byte>(reader)),
        };
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            content.Ended.Add(
                reader.ReadString(), new EndedRun(reader.ReadInt64(), reader.ReadInt32(), NetworkLog.Read<byte>(reader)));
        }

        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            string key = reader.ReadString();
            var networks = new List<SavedNetwork?>();
            for (int network = reader.ReadInt32(); network > 0; network--)
            {
                networks.Add(reader.ReadBoolean()
                    ? new SavedNetwork(NetworkLog.Read<byte>(reader), NetworkLog.Read<byte>(reader))
                    : null);
            }

            content.Begun.Add(key, [.. networks]);
        }

        return content;
    }

    private void Write(BinaryWriter writer)
    {
        NetworkLog.Write(writer, PlainData.Write(Fits));
        writer.Write(Ended.Count);
        foreach ((string key, EndedRun run) in Ended)
        {
            writer.Write(key);
            writer.Write(run.Offset);
            writer.Write(run.Length);
            NetworkLog.Write(writer, run.Hash);
        }

        writer.Write(Begun.Count);
        foreach ((string key, SavedNetwork?[] networks) in Begun)
        {
            writer.Write(key);
            writer.Write(networks.Length);
            foreach (SavedNetwork? network in networks)
            {
                writer.Write(network is not null);
                if (network is not null)
                {
                    NetworkLog.Write(writer, network.Answers);
                    NetworkLog.Write(writer, network.State);
                }
            }
        }
    }
}
