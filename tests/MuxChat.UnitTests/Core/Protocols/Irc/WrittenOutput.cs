using MuxChat.Core.Chat;
using MuxChat.Core.Protocols;

namespace MuxChat.UnitTests.Core.Protocols.Irc;

/// <summary>Keeps the bytes that a handler has encoded itself; events have no place here.</summary>
internal sealed class WrittenOutput : IClientOutput
{
    public string Text { get; private set; } = "";

    public string ProtocolName => "irc";

    public string RemoteName => "192.0.2.1:1";

    public long QueuedBytes => 0;

    public long SentBytes => 0;

    public bool IsEnding => false;

    public int WrongPasswords { get; set; }

    public void Expel(CloseReason why) => throw new InvalidOperationException("Somebody was expelled.");

    public void Redirect(IRecipient? way) => throw new InvalidOperationException("Events were diverted.");

    public byte[] DescribeHost() => "host.test"u8.ToArray();

    public void Receive(in ChatEvent chatEvent) => throw new InvalidOperationException("An event was sent.");

    public void SendMessage(ReadOnlySpan<byte> content) => Text += Bytes.Utf8(content) + "\r\n";

    public void SendAsIs(ReadOnlySpan<byte> bytes) => Text += Bytes.Utf8(bytes);

    public void Use(IWireFormats formats) => throw new InvalidOperationException("Formats were changed.");
}
