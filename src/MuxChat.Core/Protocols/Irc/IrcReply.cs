using System.Buffers;
using System.Text;
using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>
/// The output for the answer to one command. An answer of one line carries the command's label, one of
/// several lines is a batch, and an empty one is an ACK.
/// </summary>
/// <remarks>
/// See IRCv3 labeled responses and IRCv3 batch. Each message is one line. The reply holds the first
/// line until it is clear whether a second follows.
/// </remarks>
internal sealed class IrcReply : IClientOutput
{
    private readonly IClientOutput _output;
    private readonly IrcProtocol _protocol;
    private readonly IrcCaps _caps;
    private readonly byte[]? _label;
    private readonly byte[] _reference;
    private byte[]? _first;
    private byte[]? _inner;
    private bool _isOpen;
    private bool _endsAtGoodbye;

    /// <summary>Begins an answer.</summary>
    /// <param name="output">The connection's output.</param>
    /// <param name="protocol">Encodes events.</param>
    /// <param name="caps">The client's capabilities at the time of the command.</param>
    /// <param name="label">The label, unescaped; null for none.</param>
    /// <param name="number">A number that no other answer to this client has.</param>
    public IrcReply(IClientOutput output, IrcProtocol protocol, IrcCaps caps, byte[]? label, int number)
    {
        _output = output;
        _protocol = protocol;
        _caps = caps;
        _label = label is null ? null : IrcTags.Escaped(label);
        _reference = Encoding.ASCII.GetBytes($"{number}");
    }

    public string ProtocolName => _output.ProtocolName;

    public string RemoteName => _output.RemoteName;

    public long QueuedBytes => _output.QueuedBytes;

    public long SentBytes => _output.SentBytes;

    public bool IsEnding => _output.IsEnding;

    public int WrongPasswords
    {
        get => _output.WrongPasswords;
        set => _output.WrongPasswords = value;
    }

    public void Expel(CloseReason why) => _output.Expel(why);

    public byte[] DescribeHost() => _output.DescribeHost();

    public void Use(IWireFormats formats) => _output.Use(formats);

    public void Redirect(IRecipient? way) => _output.Redirect(way);

    public void Receive(in ChatEvent chatEvent)
    {
        var lines = _protocol.Encode(_caps, chatEvent);
        while (!lines.IsEmpty)
        {
            var length = lines.IndexOf("\r\n"u8);
            SendMessage(lines[..length]);
            lines = lines[(length + 2)..];
        }

        if (_endsAtGoodbye && chatEvent.Kind == EventKind.Closing)
        {
            End();
        }
    }

    public void SendMessage(ReadOnlySpan<byte> content)
    {
        if (!_isOpen && _first is null && _label is not null)
        {
            _first = content.ToArray();
            return;
        }

        if (_label is not null)
        {
            Continue();
        }

        PutTagged("batch="u8, _inner ?? (_isOpen ? _reference : null), content);
    }

    public void SendAsIs(ReadOnlySpan<byte> bytes) => _output.SendAsIs(bytes);

    /// <summary>Starts a batch of the given type for the lines that follow.</summary>
    /// <param name="type">The batch type.</param>
    /// <param name="about">The batch parameter; empty for none.</param>
    /// <param name="tag">A tag of the batch's first line, besides the label; empty for none.</param>
    /// <exception cref="InvalidOperationException">The answer already has a line or a batch.</exception>
    public void Open(ReadOnlySpan<byte> type, ReadOnlySpan<byte> about, ReadOnlySpan<byte> tag = default)
    {
        if (_isOpen || _first is not null)
        {
            throw new InvalidOperationException("The answer has begun.");
        }

        PutTags(tag);
        Put(":"u8).Put(_protocol.Server.Name).Put(" BATCH +"u8).Put(_reference).Put(" "u8).Put(type);
        Put(about.IsEmpty ? default : " "u8).Put(about).SendLine();
        _isOpen = true;
    }

    /// <summary>Shows what the answer has so far, in a batch, because the rest comes in a later part.</summary>
    public void ShowBegun()
    {
        if (_first is not null)
        {
            Continue();
        }
    }

    /// <summary>Starts a batch for some lines of the answer, inside the answer's own batch if it has one.</summary>
    /// <param name="type">The batch type.</param>
    /// <param name="about">The batch parameter; empty for none.</param>
    /// <param name="number">A number that no other batch of this client has.</param>
    public void BeginInner(ReadOnlySpan<byte> type, ReadOnlySpan<byte> about, int number)
    {
        Continue();
        _inner = Encoding.ASCII.GetBytes($"{number}");
        var parameter = about.IsEmpty ? default : " "u8;
        byte[] line = [.. ":"u8, .. _protocol.Server.Name, .. " BATCH +"u8, .. _inner, .. " "u8, .. type, .. parameter, .. about];
        PutTagged("batch="u8, _isOpen ? _reference : null, line);
    }

    /// <summary>Ends that batch.</summary>
    public void EndInner()
    {
        byte[] line = [.. ":"u8, .. _protocol.Server.Name, .. " BATCH -"u8, .. _inner!];
        PutTagged("batch="u8, _isOpen ? _reference : null, line);
        _inner = null;
    }

    // Makes a labelled answer a batch, unless it is one already.
    private void Continue()
    {
        if (_isOpen || _label is null)
        {
            return;
        }

        var first = _first;
        _first = null;
        Open("labeled-response"u8, default);
        if (first is not null)
        {
            SendMessage(first);
        }
    }

    /// <summary>Ends the answer with the client's goodbye, which comes next.</summary>
    public void EndAtGoodbye() => _endsAtGoodbye = true;

    /// <summary>Ends the answer.</summary>
    public void End()
    {
        if (_isOpen)
        {
            Put(":"u8).Put(_protocol.Server.Name).Put(" BATCH -"u8).Put(_reference).SendLine();
        }
        else if (_first is not null)
        {
            PutTagged("label="u8, _label, _first);
        }
        else if (_label is not null)
        {
            PutTags(default);
            Put(":"u8).Put(_protocol.Server.Name).Put(" ACK"u8).SendLine();
        }
    }

    // Inserts the tag before the line's other tags.
    private void PutTagged(ReadOnlySpan<byte> key, byte[]? value, ReadOnlySpan<byte> line)
    {
        if (value is not null)
        {
            var isTagged = line[0] == (byte)'@';
            Put("@"u8).Put(key).Put(value).Put(isTagged ? ";"u8 : " "u8);
            line = isTagged ? line[1..] : line;
        }

        Put(line).SendLine();
    }

    private void PutTags(ReadOnlySpan<byte> tag)
    {
        if (_label is not null)
        {
            Put("@label="u8).Put(_label);
        }

        if (!tag.IsEmpty)
        {
            Put(_label is null ? "@"u8 : ";"u8).Put(tag);
        }

        Put(_label is null && tag.IsEmpty ? default : " "u8);
    }

    private IrcReply Put(ReadOnlySpan<byte> bytes)
    {
        _protocol.Scratch.Write(bytes);
        return this;
    }

    private void SendLine()
    {
        // Empties the buffer first. If sending throws, the next line, of any client, must not continue this one.
        var line = _protocol.Scratch.WrittenSpan;
        _protocol.Scratch.ResetWrittenCount();

        // An outer reply writes into the same buffer.
        _output.SendMessage(_output is IrcReply ? line.ToArray() : line);
    }
}
