using System.Net.Sockets;
using System.Text;
using MuxChat.Core.Loop;
using MuxChat.LoadTests.Audit;
using MuxChat.LoadTests.Wires;

namespace MuxChat.LoadTests.Clients;

/// <summary>
/// One simulated client: its socket and its wire, the bytes of an unfinished line, what it still has to send, and its book. It speaks the
/// line protocol whatever its wire carries. The parsing is this program's own, so that a mistake of the server's cannot cancel out.
/// </summary>
internal sealed class LoadClient : IWireOwner
{
    private readonly Swarm _swarm;
    private readonly IWire _wire;
    private readonly ByteBuffer _partial = new();
    private readonly ByteBuffer _unsent = new();

    public LoadClient(Swarm swarm, IWire wire, int index, Socket socket, Token token)
    {
        _swarm = swarm;
        _wire = wire;
        Index = index;
        Socket = socket;
        Token = token;
        Ledger = new Ledger(swarm.Counts);
    }

    public int Index { get; }

    public Socket Socket { get; }

    public Token Token { get; }

    public Ledger Ledger { get; }

    /// <summary>The number of the next line it says.</summary>
    public int NextNumber { get; set; }

    /// <summary>Whether it has joined its room.</summary>
    public bool IsReady { get; private set; }

    /// <summary>When it had joined, on the swarm's clock, in microseconds.</summary>
    public long ReadyUs { get; private set; }

    /// <summary>Whether what it hears is checked. Those who only come and go are not: the ones who stay are.</summary>
    public bool IsAudited { get; init; } = true;

    /// <summary>Whether it reads what it is sent. One that does not is meant to be cut.</summary>
    public bool Reads { get; set; } = true;

    public bool IsClosed { get; private set; }

    /// <summary>Whether it has said goodbye, so that the server's closing is no surprise.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>Whether its connection is not made yet. What it sends waits until it is.</summary>
    public bool IsConnecting { get; set; }

    /// <summary>When it was to begin to connect, on the swarm's clock, in microseconds: its login counts from then.</summary>
    public long DueUs { get; init; }

    public bool HasUnsent => IsConnecting || !_unsent.IsEmpty;

    public Interest Wanted => (Reads ? Interest.Read : Interest.None) | (HasUnsent ? Interest.Write : Interest.None);

    /// <summary>Sends what its wire begins with.</summary>
    public void Begin() => _wire.Begin(this);

    /// <summary>Sends lines, each ended by LF, as far as the kernel takes them; the rest goes when the socket is writable.</summary>
    public void Send(ReadOnlySpan<byte> lines)
    {
        if (!IsClosed)
        {
            _wire.Send(lines, this);
        }
    }

    public void SendBytes(ReadOnlySpan<byte> bytes)
    {
        if (IsClosed)
        {
            return;
        }

        if (!HasUnsent)
        {
            var sent = Socket.Send(bytes, SocketFlags.None, out var error);
            if (error is not (SocketError.Success or SocketError.WouldBlock))
            {
                Close(expected: false);
                return;
            }

            bytes = bytes[sent..];
        }

        if (bytes.Length > 0)
        {
            _unsent.Append(bytes);
            _swarm.UpdateInterest(this);
        }
    }

    public void OnWritable()
    {
        if (IsConnecting && !TryFinishConnect())
        {
            return;
        }

        var sent = Socket.Send(_unsent.Bytes, SocketFlags.None, out var error);
        if (error is not (SocketError.Success or SocketError.WouldBlock))
        {
            Close(expected: false);
            return;
        }

        _unsent.Consume(sent);
        if (!HasUnsent)
        {
            _swarm.UpdateInterest(this);
        }
    }

    public void OnReadable(byte[] scratch)
    {
        if (IsConnecting)
        {
            // Only an error is reported before it is writable.
            TryFinishConnect();
            return;
        }

        if (!Reads)
        {
            // Only an error or a hang-up is reported for it: it was cut, and what it still has is none of the audit's.
            Close(expected: true);
            return;
        }

        var received = Socket.Receive(scratch, SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
        {
            return;
        }

        if (received == 0)
        {
            Close(expected: IsLeaving);
            return;
        }

        _swarm.NoteArrival(received);
        if (_partial.IsEmpty)
        {
            var bytes = scratch.AsSpan(0, received);
            _partial.Append(bytes[_wire.Receive(bytes, this)..]);
            return;
        }

        _partial.Append(scratch.AsSpan(0, received));
        _partial.Consume(_wire.Receive(_partial.Bytes, this));
    }

    public void Fail(string why)
    {
        _swarm.NoteError(why);
        Close(expected: true);
    }

    /// <summary>Closes the socket; a close that was not expected counts against the server.</summary>
    public void Close(bool expected, bool byReset = false)
    {
        if (IsClosed)
        {
            return;
        }

        IsClosed = true;
        if (!expected)
        {
            _swarm.Counts.Refused++;
        }

        _swarm.Remove(this);
        if (byReset)
        {
            Socket.LingerState = new LingerOption(true, 0);
        }

        Socket.Dispose();
        _wire.Dispose();
    }

    public void OnLine(ReadOnlySpan<byte> line)
    {
        var kind = line.IsEmpty ? (byte)0 : line[0];
        if (kind == (byte)'<' || kind == (byte)'[')
        {
            if (!IsAudited)
            {
                return;
            }

            TakeSaid(kind == (byte)'<' ? line : line[(line.IndexOf(" "u8) + 1)..]);
        }
        else if (kind == (byte)'*')
        {
            if (!IsReady && line.StartsWith("* pong ready"u8))
            {
                IsReady = true;
                ReadyUs = _swarm.OnReady(this);
            }

            _swarm.OnServerLine(this, line);
        }
        else if (kind == (byte)'!')
        {
            _swarm.NoteError(Encoding.UTF8.GetString(line));
        }
        else if (IsAudited)
        {
            Ledger.NoteSpoilt();
        }
    }

    // connect(2): a connection in progress is writable once it is made or has failed, and SO_ERROR says which.
    private bool TryFinishConnect()
    {
        var error = (SocketError)(int)Socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
        if (error != SocketError.Success)
        {
            Fail($"cannot connect: {new SocketException((int)error).Message}");
            return false;
        }

        IsConnecting = false;
        return true;
    }

    // "<u3> s3 n17 filler": nick, sender and filler have to agree.
    private void TakeSaid(ReadOnlySpan<byte> line)
    {
        var close = line.IndexOf((byte)'>');
        if (close < 3
            || !line.StartsWith("<u"u8)
            || !System.Buffers.Text.Utf8Parser.TryParse(line[2..close], out int nick, out var digits)
            || digits != close - 2
            || !line[(close + 1)..].StartsWith(" "u8)
            || !_swarm.Body.TryRead(line[(close + 2)..], out var sender, out var number)
            || sender != nick)
        {
            Ledger.NoteSpoilt();
            return;
        }

        Ledger.Note(sender, number);
        _swarm.OnDelivered(sender, number);
    }
}
