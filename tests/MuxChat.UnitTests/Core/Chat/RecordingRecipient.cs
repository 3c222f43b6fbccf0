using MuxChat.Core.Chat;
using MuxChat.Core.Protocols;

namespace MuxChat.UnitTests.Core.Chat;

/// <summary>Keeps what it hears.</summary>
internal sealed class RecordingRecipient : IClientOutput
{
    public string ProtocolName { get; init; } = "test";

    public string RemoteName => "192.0.2.1:7";

    public long QueuedBytes => 0;

    public long SentBytes => 0;

    public bool IsEnding => Expelled != CloseReason.None;

    public string? LocalUserName { get; init; }

    public bool IsLocalOperator { get; init; }

    public bool IsLoopback { get; init; }

    public int WrongPasswords { get; set; }

    public CloseReason Expelled { get; private set; }

    public int Wakes { get; private set; }

    public List<Heard> Events { get; } = [];

    public string Host { get; init; } = "somewhere";

    public byte[] DescribeHost() => Bytes.Utf8(Host);

    public void Expel(CloseReason why) => Expelled = why;

    public void Wake() => Wakes++;

    public void Receive(in ChatEvent chatEvent) => Events.Add(Heard.Of(chatEvent));

    public void SendMessage(ReadOnlySpan<byte> content) => throw new NotSupportedException();

    public void SendAsIs(ReadOnlySpan<byte> bytes)
    {
        // RecordingAnswers has kept it.
    }

    public void Redirect(IRecipient? way) => throw new NotSupportedException();

    public void Use(IWireFormats formats) => throw new NotSupportedException();

    /// <summary>What was heard since the last time, in short.</summary>
    public string[] Take()
    {
        var taken = Events.Select(static heard => heard.Short).ToArray();
        Events.Clear();
        return taken;
    }
}
