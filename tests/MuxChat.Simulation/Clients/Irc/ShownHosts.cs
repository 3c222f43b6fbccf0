using System.Text.RegularExpressions;
using MuxChat.Core.Delivery;

namespace MuxChat.Simulation.Clients.Irc;

/// <summary>What the hosts of clients are shown as: one name for each address, from which the address cannot be told.</summary>
internal sealed partial class ShownHosts
{
    private readonly Dictionary<UInt128, string> _hosts = [];

    /// <summary>Whether this is how a client's host is shown; the first time, any well-formed name that no other address has.</summary>
    public bool IsHostOf(Link link, string host) => IsHostOf(link.Channel.Address, host);

    /// <summary>The same, for an address.</summary>
    public bool IsHostOf(PeerAddress address, string host)
    {
        if (address.IsLoopback)
        {
            return host == "localhost";
        }

        if (_hosts.TryGetValue(address.Prefix, out var known))
        {
            return host == known;
        }

        var isNew = Name().IsMatch(host) && !_hosts.ContainsValue(host);
        if (isNew)
        {
            _hosts[address.Prefix] = host;
        }

        return isNew;
    }

    [GeneratedRegex("^[a-z2-7]{12}\\.ip\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
