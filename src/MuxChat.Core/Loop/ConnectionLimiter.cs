using System.Diagnostics.CodeAnalysis;
using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Loop;

/// <summary>
/// Decides which connections are admitted. Limits the clients in all, the connections of one address, and its new connections per minute.
/// </summary>
/// <remarks>
/// Used by one thread at a time, and the same for every I/O model. The caller calls <see cref="TryAdmit"/> once per connection, and
/// <see cref="Release"/> once for each that was admitted. Invariant: the limiter knows an address while it has a connection. It then
/// remembers the address until its rate allows as many connections as a new address has, or until <see cref="LoopLimits.IdleAddresses"/>
/// others have become idle later. To be forgotten sooner, a client would need that many addresses.
/// </remarks>
public sealed class ConnectionLimiter
{
    /// <summary>Idle addresses checked at each request: 4. Idle addresses therefore expire faster than new ones can arrive.</summary>
    private const int LooksAtIdle = 4;

    private readonly Replaceable<LoopLimits> _current;
    private readonly Dictionary<UInt128, AddressEntry> _entries = [];

    // The limits in force, and the errors made from them. Rebuilt when the limits have been replaced.
    private LoopLimits _limits;
    private CommandResult _tooMany;
    private CommandResult _tooQuick;
    private AddressEntry? _oldestIdle;
    private AddressEntry? _newestIdle;

    /// <summary>Creates a limiter that knows no address.</summary>
    public ConnectionLimiter(Replaceable<LoopLimits> limits)
    {
        _current = limits;
        Describe(limits.Current);
    }

    /// <summary>The error for a client when the server is full.</summary>
    public CommandResult Full { get; private set; }

    /// <summary>Addresses remembered, with or without a connection.</summary>
    public int AddressCount => _entries.Count;

    /// <summary>Addresses remembered that have no connection.</summary>
    public int IdleCount { get; private set; }

    /// <summary>
    /// Decides whether to admit a client. An admitted client counts from now on, and the caller must
    /// call <see cref="Release"/> when its connection ends.
    /// </summary>
    /// <param name="address">The peer's address.</param>
    /// <param name="clients">The number of clients now.</param>
    /// <param name="nowMs">The clock's time, in milliseconds.</param>
    /// <returns>Ok, or the error to send to the client.</returns>
    public CommandResult TryAdmit(PeerAddress address, int clients, long nowMs)
    {
        Follow();
        return clients >= _limits.Clients ? Full : TryCount(address, nowMs);
    }

    /// <summary>
    /// Decides whether an admitted connection may count for another address, which is the real one of its client. There it is a new
    /// connection. If the answer is no, it still counts for the old address.
    /// </summary>
    /// <param name="from">The address for which the connection was admitted.</param>
    /// <param name="to">The real address.</param>
    /// <param name="nowMs">The clock's time, in milliseconds.</param>
    /// <returns>Ok, or the error to send to the client.</returns>
    public CommandResult TryMove(PeerAddress from, PeerAddress to, long nowMs)
    {
        Follow();
        var answer = TryCount(to, nowMs);
        if (answer.IsOk)
        {
            Release(from);
        }

        return answer;
    }

    /// <summary>Counts an admitted connection of this address as ended.</summary>
    /// <exception cref="InvalidOperationException">The address has no admitted connection.</exception>
    public void Release(PeerAddress address)
    {
        if (IsExempt(address))
        {
            return;
        }

        if (!_entries.TryGetValue(address.Prefix, out var entry) || entry.Connections == 0)
        {
            throw new InvalidOperationException("A connection was released that was never admitted.");
        }

        if (--entry.Connections == 0)
        {
            Link(entry);
            while (IdleCount > _limits.IdleAddresses)
            {
                Forget(_oldestIdle!);
            }
        }
    }

    private CommandResult TryCount(PeerAddress address, long nowMs)
    {
        if (IsExempt(address))
        {
            return CommandResult.Ok();
        }

        ForgetRested(nowMs);
        var entry = _entries.GetValueOrDefault(address.Prefix);
        if (entry is not null && entry.Connections >= _limits.ClientsPerAddress)
        {
            return _tooMany;
        }

        entry?.SetRate(_limits.ConnectsPerMinute);
        if (entry is not null && !entry.Rate.IsOpen(nowMs))
        {
            return _tooQuick;
        }

        if (entry is null)
        {
            entry = new AddressEntry(address.Prefix, _limits.ConnectsPerMinute, nowMs);
            _entries.Add(address.Prefix, entry);
        }
        else if (entry.Connections == 0)
        {
            Unlink(entry);
        }

        entry.Rate.Pass();
        entry.Connections++;
        return CommandResult.Ok();
    }

    private void Follow()
    {
        if (!ReferenceEquals(_limits, _current.Current))
        {
            Describe(_current.Current);
        }
    }

    [MemberNotNull(nameof(_limits), nameof(_tooMany), nameof(_tooQuick), nameof(Full))]
    private void Describe(LoopLimits limits)
    {
        _limits = limits;
        Full = CommandResult.Error(ErrorCode.ServerFull, $"the server is full ({limits.Clients} clients): try again later");
        _tooMany = CommandResult.Error(
            ErrorCode.TooManyConnections,
            $"your address has {limits.ClientsPerAddress} connections, the maximum: close one first");
        _tooQuick = CommandResult.Error(
            ErrorCode.ConnectRate,
            $"your address connects too often (at most {limits.ConnectsPerMinute} times a minute): wait a minute");
    }

    private bool IsExempt(PeerAddress address) => address.IsExempt || (address.IsLoopback && !_limits.LimitLoopback);

    // The oldest come first, so the first address that is still needed ends the search.
    private void ForgetRested(long nowMs)
    {
        for (var looks = 0; looks < LooksAtIdle && _oldestIdle is not null && _oldestIdle.Rate.IsFull(nowMs); looks++)
        {
            Forget(_oldestIdle);
        }
    }

    private void Forget(AddressEntry entry)
    {
        Unlink(entry);
        _entries.Remove(entry.Prefix);
    }

    private void Link(AddressEntry entry)
    {
        entry.Older = _newestIdle;
        if (_newestIdle is null)
        {
            _oldestIdle = entry;
        }
        else
        {
            _newestIdle.Newer = entry;
        }

        _newestIdle = entry;
        IdleCount++;
    }

    private void Unlink(AddressEntry entry)
    {
        _oldestIdle = _oldestIdle == entry ? entry.Newer : _oldestIdle;
        _newestIdle = _newestIdle == entry ? entry.Older : _newestIdle;
        entry.Older?.Newer = entry.Newer;
        entry.Newer?.Older = entry.Older;
        (entry.Older, entry.Newer) = (null, null);
        IdleCount--;
    }

    /// <summary>The limiter's record of one address. An address without a connection is in the list of idle ones.</summary>
    private sealed class AddressEntry(UInt128 prefix, int connectsPerMinute, long nowMs)
    {
        private const double SecondsPerMinute = 60;

        private TokenBucket _rate = new(connectsPerMinute, connectsPerMinute / SecondsPerMinute, nowMs);

        public UInt128 Prefix { get; } = prefix;

        /// <summary>The connections that the address may still open.</summary>
        public ref TokenBucket Rate => ref _rate;

        /// <summary>Sets the new connections per minute, which is also the burst size.</summary>
        public void SetRate(int connectsPerMinute) => _rate.SetRate(connectsPerMinute, connectsPerMinute / SecondsPerMinute);

        /// <summary>Connections now.</summary>
        public int Connections { get; set; }

        /// <summary>The previous address in the idle list, whose last connection ended earlier.</summary>
        public AddressEntry? Older { get; set; }

        /// <summary>The next address in the idle list.</summary>
        public AddressEntry? Newer { get; set; }
    }
}
