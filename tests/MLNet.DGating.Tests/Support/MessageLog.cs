using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.DGating.Tests.Support;

/// <summary>What a context told its user.</summary>
internal sealed class MessageLog
{
    private readonly Lock _lock = new();
    private readonly List<(ChannelMessageKind Kind, string Text)> _messages = [];

    public MessageLog(MLContext context) => context.Log += (_, message) =>
    {
        lock (_lock)
        {
            _messages.Add((message.Kind, message.RawMessage));
        }
    };

    public string[] Warnings => Of(ChannelMessageKind.Warning);

    public string[] Information => Of(ChannelMessageKind.Info);

    private string[] Of(ChannelMessageKind kind)
    {
        lock (_lock)
        {
            return [.. _messages.Where(message => message.Kind == kind).Select(message => message.Text)];
        }
    }
}
