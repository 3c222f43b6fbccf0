namespace MuxChat.DeepTests.PlantedBugs;

/// <summary>Mistakes about channels that open first, and that hold what they have not sent, as those of TLS do.</summary>
public static partial class BugList
{
    public static readonly IReadOnlyList<PlantedBug> Ciphers =
    [
        new("who goes away within a handshake is said to have failed", "Loop/Opening.cs",
            "client.End(status == ChannelStatus.EndOfInput ? CloseReason.EndOfInput : CloseReason.Reset);",
            "client.End(status == ChannelStatus.EndOfInput ? CloseReason.HandshakeFailed : CloseReason.Reset);",
            "opening") { IsOnlyFinder = true },
        new("who could not open is closed before its alert is sent", "Loop/Opening.cs",
            "            Stop();\n            client.End(CloseReason.HandshakeFailed);",
            "            client.End(CloseReason.HandshakeFailed);",
            "opening") { IsOnlyFinder = true },
        new("a cipher is read with the space of any other channel", "Loop/InputPump.cs",
            "var most = Math.Max(loop.Limits.ReadBytesPerTick, least);",
            "var most = loop.Limits.ReadBytesPerTick;",
            "cipher") { IsOnlyFinder = true },
        new("a cipher is read with less space behind an unfinished frame", "Loop/InputPump.cs",
            "most = Math.Max(Math.Min(ContinuedReadBytes, most), least);",
            "most = Math.Min(ContinuedReadBytes, most);",
            "cipher") { IsOnlyFinder = true },
        new("what comes with the end of input is not heard", "Loop/Connection.cs",
            "        _input.OnReceived(space[..received]);",
            "        _input.OnReceived(space[..(status == ChannelStatus.EndOfInput ? 0 : received)]);",
            "cipher"),
        new("the sending side is shut down while the cipher holds bytes", "Loop/Connection.cs",
            "QueuedBytes > 0 || Channel.HasUnsent || Client.Recipient.PendingAnswers > 0)",
            "QueuedBytes > 0 || Client.Recipient.PendingAnswers > 0)",
            "cipher") { IsOnlyFinder = true },
        new("what a cipher holds behind a write is forgotten", "Loop/OutputPump.cs",
            "FellShort = outbox.QueuedBytes > 0 || channel.HasUnsent;",
            "FellShort = outbox.QueuedBytes > 0;",
            "interest"),
        new("what a cipher holds is not sent when nothing else is", "Loop/OutputPump.cs",
            "if (outbox.QueuedBytes == 0 && channel.HasUnsent && IsBroken(channel.Send([], out _)))",
            "if (outbox.QueuedBytes < 0 && channel.HasUnsent && IsBroken(channel.Send([], out _)))",
            "served"),
        new("what a cipher answers by itself is not waited for", "Loop/Connection.cs",
            "var writes = (_output.FellShort || Channel.HasUnsent) &&",
            "var writes = _output.FellShort &&",
            "interest"),
        new("a channel that opens is watched for writing", "Loop/Connection.cs",
            "var writes = (_output.FellShort || Channel.HasUnsent) &&",
            "var writes = (_output.FellShort || Channel.HasUnsent || _opening.IsOn) &&",
            "interest"),
    ];
}
