using System.Diagnostics.CodeAnalysis;
using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Loop;

/// <summary>
/// Decides who is let in: how many clients in all, how many at once from one address, and how many a minute. The same for every I/O model.
/// </summary>
/// <remarks>
/// Used by one thread at a time. It is asked once for each connection and told once of the end of each that it let in; nothing
/// else costs anything. Invariant: an address is known while it has a connection, and after that until it may make as many as a
/// new one, or until <see cref="LoopLimits.IdleAddresses"/> others have ended theirs later. So whoever wants to be forgotten
/// sooner needs that many addresses.
/// </remarks>
public sealed class ConnectionLimiter
{
    /// <summary>
    /// Idle addresses looked at when somebody asks: 4. So those that need not be remembered go quicker than new ones can come.
    /// </summary>
    private const int LooksAtIdle = 4;

    private readonly Replaceable<LoopLimits> _current;
    private readonly Dictionary<UInt128, AddressEntry> _entries = [];

    // What holds, and what clients are told of it: made anew when the limits have been replaced.
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

    /// <summary>What a client is told for whom there is no place.</summary>
    public CommandResult Full { get; private set; }

    /// <summary>Addresses that are remembered, with connections or without.</summary>
    public int AddressCount => _entries.Count;

    /// <summary>Addresses among them that have no connection.</summary>
    public int IdleCount { get; private set; }

    /// <summary>
    /// Asks whether a client may come in. If so, it counts from now on, and <see cref="Release"/> must be called when its
    /// connection ends, however it does.
    /// </summary>
    /// <param name="address">Where it comes from.</param>
    /// <param name="clients">How many clients there are already.</param>
    /// <param name="nowMs">The time.</param>
    /// <returns>Done, or why not, as the client is to be told.</returns>
    public CommandResult TryAdmit(PeerAddress address, int clients, long nowMs)
    {
        if (!ReferenceEquals(_limits, _current.Current))
        {
            Describe(_current.Current);
        }

        if (clients >= _limits.Clients)
        {
            return Full;
        }

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

    /// <summary>The connection of a client that was let in has ended.</summary>
    /// <exception cref="InvalidOperationException">None from that address was let in that had not ended.</exception>
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

    private bool IsExempt(PeerAddress address) => address.IsLoopback && !_limits.LimitLoopback;

    // The oldest stand first, so that the first that is still needed ends the search.
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

    /// <summary>What the limiter knows of one address. An address without a connection is in the list of the idle.</summary>
    private sealed class AddressEntry(UInt128 prefix, int connectsPerMinute, long nowMs)
    {
        private const double SecondsPerMinute = 60;

        private TokenBucket _rate = new(connectsPerMinute, connectsPerMinute / SecondsPerMinute, nowMs);

        public UInt128 Prefix { get; } = prefix;

        /// <summary>The connections that it may still make.</summary>
        public ref TokenBucket Rate => ref _rate;

        /// <summary>Sets how many connections a minute it may make, and as many at once.</summary>
        public void SetRate(int connectsPerMinute) => _rate.SetRate(connectsPerMinute, connectsPerMinute / SecondsPerMinute);

        /// <summary>Connections at this moment.</summary>
        public int Connections { get; set; }

        /// <summary>The one before it among the idle: its last connection ended earlier.</summary>
        public AddressEntry? Older { get; set; }

        /// <summary>The one behind it among the idle.</summary>
        public AddressEntry? Newer { get; set; }
    }
}
