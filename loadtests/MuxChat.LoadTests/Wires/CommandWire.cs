using System.Text;

namespace MuxChat.LoadTests.Wires;

/// <summary>
/// A wire to a server with commands of its own: takes the lines of the client apart, and leaves each command to the protocol.
/// </summary>
/// <remarks>A simulated client speaks in one room, the one that it joined last.</remarks>
internal abstract class CommandWire : IWire
{
    /// <summary>The end of a line.</summary>
    protected const byte LineFeed = (byte)'\n';

    private const byte Space = (byte)' ';
    private const byte Slash = (byte)'/';

    private readonly ByteBuffer _room = new();
    private readonly ByteBuffer _said = new();
    private readonly ByteBuffer _pong = new();
    private readonly ByteBuffer _pings = new();
    private int _unconfirmed;

    /// <summary>The bytes for the connection, sent when all lines are taken apart.</summary>
    protected ByteBuffer Out { get; } = new();

    /// <summary>The room joined last; empty without one.</summary>
    protected ReadOnlySpan<byte> Room => _room.Bytes;

    /// <summary>What each line of this client begins with, where the protocol has no senders: <c>&lt;u3&gt; </c>.</summary>
    protected ReadOnlySpan<byte> Said => _said.Bytes;

    public virtual void Begin(IWireOwner owner)
    {
    }

    public void Send(ReadOnlySpan<byte> lines, IWireOwner owner)
    {
        for (var end = lines.IndexOf(LineFeed); end >= 0; end = lines.IndexOf(LineFeed))
        {
            SendLine(lines[..end]);
            lines = lines[(end + 1)..];
        }

        Flush(owner);
    }

    public abstract int Receive(Span<byte> bytes, IWireOwner owner);

    /// <summary>Puts the command of one line into <see cref="Out"/>.</summary>
    protected virtual void SendLine(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty || line[0] != Slash)
        {
            Say(line);
            return;
        }

        var space = line.IndexOf(Space);
        var word = space < 0 ? line : line[..space];
        var rest = space < 0 ? [] : line[(space + 1)..];
        switch (word)
        {
            case var _ when word.SequenceEqual("/nick"u8):
                Fill(_said, "<"u8, rest, "> "u8);
                Name(rest);
                break;
            case var _ when word.SequenceEqual("/join"u8):
                Fill(_room, rest);
                Join(rest);
                break;
            case var _ when word.SequenceEqual("/part"u8):
                LeaveRoom(rest);
                break;
            case var _ when word.SequenceEqual("/ping"u8):
                Ping(rest);
                break;
            case var _ when word.SequenceEqual("/quit"u8):
                Quit();
                break;
            default:
                throw new NotSupportedException($"this wire has no {Encoding.UTF8.GetString(word)}");
        }
    }

    /// <summary>Takes a name.</summary>
    protected virtual void Name(ReadOnlySpan<byte> nick)
    {
    }

    /// <summary>Joins a room, and calls <see cref="AwaitJoin"/> where the server confirms that.</summary>
    protected abstract void Join(ReadOnlySpan<byte> room);

    /// <summary>Leaves the room.</summary>
    protected abstract void Part(ReadOnlySpan<byte> room);

    /// <summary>Asks for a pong with a token.</summary>
    protected abstract void Ping(ReadOnlySpan<byte> token);

    /// <summary>Says a line in the room.</summary>
    protected abstract void Say(ReadOnlySpan<byte> text);

    /// <summary>Asks the server to end the connection.</summary>
    protected virtual void Quit() => throw new NotSupportedException("this protocol has no goodbye");

    /// <summary>From now on no pong is due before <see cref="ConfirmJoin"/>.</summary>
    protected void AwaitJoin() => _unconfirmed++;

    protected void ConfirmJoin() => _unconfirmed--;

    /// <summary>Whether this client has said a line, where the server sends it to its sender as well.</summary>
    protected bool IsOwn(ReadOnlySpan<byte> line) => !Said.IsEmpty && line.StartsWith(Said);

    /// <summary>Gives the client a pong. Until the server has confirmed each join, the client fails instead.</summary>
    protected void Pong(ReadOnlySpan<byte> token, IWireOwner owner)
    {
        if (_unconfirmed > 0)
        {
            owner.Fail("a ping was answered before the join was confirmed");
            return;
        }

        Fill(_pong, "* pong "u8, token);
        owner.OnLine(_pong.Bytes);
    }

    /// <summary>Keeps the token of a ping for <see cref="TryPong"/>, where the protocol's own pings carry none.</summary>
    protected void KeepPing(ReadOnlySpan<byte> token)
    {
        _pings.Append(token);
        _pings.Append([LineFeed]);
    }

    /// <summary>Gives the client the pong of its oldest ping. False when no ping is open.</summary>
    protected bool TryPong(IWireOwner owner)
    {
        var end = _pings.Bytes.IndexOf(LineFeed);
        if (end < 0)
        {
            return false;
        }

        Pong(_pings.Bytes[..end], owner);
        _pings.Consume(end + 1);
        return true;
    }

    /// <summary>Sends what <see cref="Out"/> has.</summary>
    protected void Flush(IWireOwner owner)
    {
        if (!Out.IsEmpty)
        {
            owner.SendBytes(Out.Bytes);
            Out.Clear();
        }
    }

    /// <summary>Puts texts in place of what a buffer had.</summary>
    protected static void Fill(ByteBuffer buffer, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b = default, ReadOnlySpan<byte> c = default)
    {
        buffer.Clear();
        buffer.Append(a);
        buffer.Append(b);
        buffer.Append(c);
    }

    /// <summary>A piece of what the server sent, for the report: its first bytes, as text.</summary>
    protected static string Show(ReadOnlySpan<byte> bytes)
    {
        const int ShownBytes = 80;
        return Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, ShownBytes)]).TrimEnd('\r', '\n');
    }

    // A client of MuxChat leaves the lobby, in which nobody is here.
    private void LeaveRoom(ReadOnlySpan<byte> room)
    {
        if (Room.IsEmpty || !(room.IsEmpty || room.SequenceEqual(Room)))
        {
            return;
        }

        Part(Room);
        _room.Clear();
    }
}
