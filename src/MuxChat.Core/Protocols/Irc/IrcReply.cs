using System.Text;
using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>
/// The output for the answer to one command. An answer of one line carries the command's label, one of
/// several lines is a batch, and an empty one is an ACK.
/// </summary>
/// <remarks>
/// See IRCv3 labeled responses and IRCv3 batch. Each call sends whole lines. The reply holds the
/// first line until it is clear whether a second follows.
/// </remarks>
internal sealed class IrcReply : IClientOutput
{
    private readonly IClientOutput _output;
    private readonly IrcProtocol _protocol;
    private readonly IrcCaps _caps;
    private readonly byte[]? _label;
    private readonly byte[] _reference;
    private byte[]? _first;
    private bool _isOpen;

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

    public bool WantsReplay => _output.WantsReplay;

    public string ProtocolName => _output.ProtocolName;

    public string RemoteName => _output.RemoteName;

    public void Expel(CloseReason why) => _output.Expel(why);

    public byte[] DescribeHost() => _output.DescribeHost();

    public void Use(IWireFormats formats) => _output.Use(formats);

    public void Redirect(IRecipient? way) => _output.Redirect(way);

    public void Receive(in ChatEvent chatEvent) => Send(_protocol.Encode(_caps, chatEvent));

    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var length = bytes.IndexOf((byte)'\n') + 1;
            AppendLine(bytes[..length]);
            bytes = bytes[length..];
        }
    }

    /// <summary>Starts a batch of the given type for the lines that follow.</summary>
    /// <exception cref="InvalidOperationException">The answer already has a line or a batch.</exception>
    public void Open(ReadOnlySpan<byte> type, ReadOnlySpan<byte> about)
    {
        if (_isOpen || _first is not null)
        {
            throw new InvalidOperationException("The answer has begun.");
        }

        PutLabel();
        _output.Send(":"u8);
        _output.Send(IrcServer.Name);
        _output.Send(" BATCH +"u8);
        _output.Send(_reference);
        _output.Send(" "u8);
        _output.Send(type);
        _output.Send(about.IsEmpty ? default : " "u8);
        _output.Send(about);
        _output.Send("\r\n"u8);
        _isOpen = true;
    }

    /// <summary>Announces lines in a later part: makes the answer a batch, unless it is one already.</summary>
    public void Continue()
    {
        if (_isOpen)
        {
            return;
        }

        var first = _first;
        _first = null;
        Open("labeled-response"u8, default);
        if (first is not null)
        {
            AppendLine(first);
        }
    }

    /// <summary>Ends the answer.</summary>
    public void End()
    {
        if (_isOpen)
        {
            _output.Send(":"u8);
            _output.Send(IrcServer.Name);
            _output.Send(" BATCH -"u8);
            _output.Send(_reference);
            _output.Send("\r\n"u8);
        }
        else if (_first is not null)
        {
            PutTagged("label="u8, _label, _first);
        }
        else if (_label is not null)
        {
            PutLabel();
            _output.Send(":"u8);
            _output.Send(IrcServer.Name);
            _output.Send(" ACK\r\n"u8);
        }
    }

    private void AppendLine(ReadOnlySpan<byte> line)
    {
        if (!_isOpen && _first is null && _label is not null)
        {
            _first = line.ToArray();
            return;
        }

        if (_label is not null)
        {
            Continue();
        }

        PutTagged("batch="u8, _isOpen ? _reference : null, line);
    }

    // Inserts the tag before the line's other tags.
    private void PutTagged(ReadOnlySpan<byte> key, byte[]? value, ReadOnlySpan<byte> line)
    {
        if (value is not null)
        {
            var isTagged = line[0] == (byte)'@';
            _output.Send("@"u8);
            _output.Send(key);
            _output.Send(value);
            _output.Send(isTagged ? ";"u8 : " "u8);
            line = isTagged ? line[1..] : line;
        }

        _output.Send(line);
    }

    private void PutLabel()
    {
        if (_label is not null)
        {
            _output.Send("@label="u8);
            _output.Send(_label);
            _output.Send(" "u8);
        }
    }
}
