using MuxChat.Core.Chat;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;

namespace MuxChat.Simulation.Checks;

/// <summary>
/// Counts by itself who comes from where: how many connections an address has, and how many it may still make. Who is turned away for its
/// address must be, and nobody is let in who must not be.
/// </summary>
internal sealed class AddressesCheck(LoopLimits limits)
{
    private const double MsPerMinute = 60_000;

    /// <summary>At the very edge either answer is right: two sums of parts of a number need not be the same.</summary>
    private const double Edge = 1e-6;

    private readonly Dictionary<UInt128, Place> _places = [];

    public void Accepted(PeerAddress address, int client, long nowMs)
    {
        if (Find(address, nowMs) is not { } place)
        {
            return;
        }

        Check.Fail(place.Connections >= limits.ClientsPerAddress, CheckNames.Addresses,
            $"client {client} is let in, and its address has {place.Connections} connections");
        Check.Fail(place.Left < 1 - Edge, CheckNames.Addresses,
            $"client {client} is let in, and its address may make {place.Left} connections");
        place.Connections++;
        place.Left--;
    }

    public void TurnedAway(PeerAddress address, ErrorCode why, int client, long nowMs)
    {
        var place = Find(address, nowMs);
        var isRight = why switch
        {
            ErrorCode.TooManyConnections => place?.Connections >= limits.ClientsPerAddress,
            ErrorCode.ConnectRate => place?.Connections < limits.ClientsPerAddress && place.Left < 1 + Edge,
            _ => true,
        };
        Check.Fail(!isRight, CheckNames.Addresses,
            $"client {client} is turned away for {why}; its address has {place?.Connections} connections and may make {place?.Left}");
    }

    public void Closed(PeerAddress address)
    {
        if (_places.TryGetValue(address.Prefix, out var place) && !IsExempt(address))
        {
            place.Connections--;
        }
    }

    /// <summary>Nobody is connected any more.</summary>
    public void CheckNobodyIsLeft()
    {
        foreach (var place in _places.Values)
        {
            Check.Fail(place.Connections != 0, CheckNames.Addresses, $"an address has {place.Connections} connections after the end");
        }
    }

    private bool IsExempt(PeerAddress address) => address.IsLoopback && !limits.LimitLoopback;

    private Place? Find(PeerAddress address, long nowMs)
    {
        if (IsExempt(address))
        {
            return null;
        }

        if (!_places.TryGetValue(address.Prefix, out var place))
        {
            _places[address.Prefix] = place = new Place { Left = limits.ConnectsPerMinute, AtMs = nowMs };
        }

        place.Left = Math.Min(limits.ConnectsPerMinute, place.Left + ((nowMs - place.AtMs) * limits.ConnectsPerMinute / MsPerMinute));
        place.AtMs = nowMs;
        return place;
    }

    private sealed class Place
    {
        public int Connections { get; set; }

        public double Left { get; set; }

        public long AtMs { get; set; }
    }
}
