using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using MuxChat.Core.Chat;
using MuxChat.Core.Loop;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Irc;
using MuxChat.Server.Logging;
using MuxChat.Server.Options;
using MuxChat.Sockets.Listening;
using MuxChat.Sockets.Tls;

namespace MuxChat.Server.Hosting;

/// <summary>Opens the listeners that <c>--listen</c> names, all or none.</summary>
internal sealed class ListenerSet : IDisposable
{
    private readonly List<Socket> _sockets = [];
    private readonly List<UnixListener> _unix = [];
    private readonly List<ListenUri> _uris = [];

    public IReadOnlyList<Socket> Sockets => _sockets;

    /// <exception cref="StartupException">The server cannot listen on one of the addresses.</exception>
    public static ListenerSet Open(IEnumerable<ListenUri> uris, ILogger logger)
    {
        var set = new ListenerSet();
        try
        {
            foreach (var uri in uris)
            {
                set.OpenOne(uri, logger);
            }

            return set;
        }
        catch (StartupException)
        {
            set.Dispose();
            throw;
        }
    }

    /// <summary>Closes the sockets, if the server has not closed them, and removes the files of Unix sockets.</summary>
    public void Dispose()
    {
        _sockets.ForEach(static socket => socket.Dispose());
        _unix.ForEach(static listener => listener.Dispose());
    }

    /// <summary>Returns a line for each socket, with its actual port.</summary>
    public IEnumerable<string> Describe() => _sockets.Zip(_uris, static (socket, uri) => uri.IsAdmin
        ? $"admin on {uri.Format(socket.LocalEndPoint!)}/loop" : $"listening on {uri.Format(socket.LocalEndPoint!)}");

    /// <summary>Returns the protocol of each socket's clients; null for one that detects it, and for UDP.</summary>
    /// <param name="set">The protocols of the server.</param>
    /// <param name="admin">The protocol for admins; null without <c>--admin</c>.</param>
    public IProtocol?[] ProtocolsFrom(ProtocolSet set, IProtocol? admin) =>
        [.. _uris.Select(uri => uri.IsAdmin ? admin : uri.IsDatagram ? null : set.Find(uri.Service, uri.Room))];

    /// <summary>Returns the service of each UDP socket; null for the other sockets.</summary>
    public IDatagramService?[] DatagramServices(ChatHub hub) =>
        [.. _uris.Select(uri => uri.IsDatagram ? DatagramTable.Create(uri.Service, new DatagramSettings(hub, uri.Room, uri.Key)) : null)];

    /// <summary>
    /// Returns the policy that sends IRC clients to TLS, with the port of the listener that fits best; null if the admin wants none.
    /// </summary>
    public StsPolicy? PolicyOf(ServerOptions options)
    {
        if (options.StsNames.Count == 0)
        {
            return null;
        }

        var best = Enumerable.Range(0, _uris.Count).Where(one => _uris[one].TakesSecureIrc)
            .MinBy(one => (_uris[one].IsTls ? 0 : 2) + (_uris[one].Service == ProtocolTable.Auto ? 1 : 0));
        return new StsPolicy(((IPEndPoint)_sockets[best].LocalEndPoint!).Port, options.StsDurationSeconds, options.StsNames);
    }

    /// <summary>
    /// Returns the server's own URL: the one that the admin gave, or that of the first listener that serves the page. A listener on all
    /// addresses is known by the machine's name.
    /// </summary>
    /// <returns>ASCII without a slash at its end; empty if there is no such listener.</returns>
    public byte[] PublicUrlOf(ServerOptions options)
    {
        var first = _uris.FindIndex(static uri => uri is { ServesHttp: true, IsAdmin: false });
        if (options.PublicUrl.Length > 0 || first < 0)
        {
            return options.PublicUrl;
        }

        var at = (IPEndPoint)_sockets[first].LocalEndPoint!;
        var isAny = at.Address.Equals(IPAddress.Any) || at.Address.Equals(IPAddress.IPv6Any);
        var url = new UriBuilder(_uris[first].IsTls ? "https" : "http", isAny ? Environment.MachineName : _uris[first].Host, at.Port);
        return Encoding.ASCII.GetBytes(url.Uri.GetLeftPart(UriPartial.Authority));
    }

    /// <summary>Puts TLS over an accepted channel, if clients of its listener must or may speak it.</summary>
    public IChannel Wrap(int listener, IChannel channel, TlsServer tls)
    {
        var uri = _uris[listener];
        return uri.IsTls || (uri.Service == ProtocolTable.Auto && !uri.IsUnix)
            ? tls.Wrap(channel, OffersOf(uri.Service), isOptional: !uri.IsTls) : channel;
    }

    private static TlsOffers OffersOf(string service) => service switch
    {
        ProtocolTable.Auto => TlsOffers.Irc | TlsOffers.Http,
        "irc" => TlsOffers.Irc,
        "http" => TlsOffers.Http,
        _ => TlsOffers.None,
    };

    private void OpenOne(ListenUri uri, ILogger logger)
    {
        if (uri.IsUnix)
        {
            OpenUnix(uri);
            return;
        }

        var endPoints = uri.Resolve();
        var opened = 0;
        foreach (var endPoint in endPoints)
        {
            try
            {
                OpenInternet(uri, endPoint, logger);
                opened++;
            }
            catch (SocketException error) when (IsMissingFamily(error) && endPoints.Count > 1)
            {
                // A name may have an IPv6 address on a machine without IPv6.
                logger.AddressSkipped(uri.Format(endPoint), error.Message);
            }
            catch (SocketException error)
            {
                throw Failed(uri, endPoint, error);
            }
        }

        if (opened == 0)
        {
            throw new StartupException(StartupException.CouldNotStart,
                $"cannot listen on {uri}: the host has no address that can be used here");
        }
    }

    private void OpenInternet(ListenUri uri, IPEndPoint endPoint, ILogger logger)
    {
        var takesIPv4 = uri.TakesIPv4 && endPoint.AddressFamily == AddressFamily.InterNetworkV6;
        var socket = uri.IsDatagram ? Listeners.OpenDatagram(endPoint, takesIPv4) : Listeners.Open(endPoint, takesIPv4);
        _sockets.Add(socket);
        _uris.Add(uri);
        if (takesIPv4)
        {
            logger.TakesIPv4Too(uri.Format(socket.LocalEndPoint!));
        }
        else if (endPoint.Address.Equals(IPAddress.IPv6Any))
        {
            logger.TakesIPv6Only(uri.Format(socket.LocalEndPoint!));
        }
    }

    private void OpenUnix(ListenUri uri)
    {
        uint? group = null;
        if (uri.Group is not null)
        {
            group = Accounts.FindGroup(uri.Group) ?? throw new StartupException(StartupException.CouldNotStart,
                $"cannot listen on {uri}: this machine has no group {uri.Group}");
        }

        try
        {
            var listener = UnixListener.Open(uri.Path, uri.Mode, group);
            _unix.Add(listener);
            _sockets.Add(listener.Socket);
            _uris.Add(uri);
        }
        catch (IOException error)
        {
            throw new StartupException(StartupException.CouldNotStart, $"cannot listen on {uri}: {error.Message}");
        }
    }

    private static bool IsMissingFamily(SocketException error) =>
        error.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported;

    private static StartupException Failed(ListenUri uri, IPEndPoint endPoint, SocketException error) => new(
        StartupException.CouldNotStart,
        $"cannot listen on {uri.Format(endPoint)}: " + (error.SocketErrorCode == SocketError.AddressAlreadyInUse
            ? $"the port is in use; stop what uses it or choose another with {(uri.IsAdmin ? "--admin" : "--listen")}" : error.Message));
}
