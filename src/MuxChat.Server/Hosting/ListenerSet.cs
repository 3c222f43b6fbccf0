using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using MuxChat.Server.Logging;
using MuxChat.Server.Options;
using MuxChat.Sockets.Listening;

namespace MuxChat.Server.Hosting;

/// <summary>Opens the listeners that <c>--listen</c> names, all or none.</summary>
internal sealed class ListenerSet
{
    private readonly List<Socket> _sockets = [];
    private readonly List<ListenUri> _uris = [];

    public IReadOnlyList<Socket> Sockets => _sockets;

    /// <summary>The URI of each socket. A name with several addresses has several sockets.</summary>
    public IReadOnlyList<ListenUri> Uris => _uris;

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
            set._sockets.ForEach(socket => socket.Dispose());
            throw;
        }
    }

    /// <summary>Returns a line for each socket, with its actual port.</summary>
    public IEnumerable<string> Describe() =>
        _sockets.Zip(_uris, (socket, uri) => $"listening on {uri.Format((IPEndPoint)socket.LocalEndPoint!)}");

    private void OpenOne(ListenUri uri, ILogger logger)
    {
        var endPoints = uri.Resolve();
        var opened = 0;
        foreach (var endPoint in endPoints)
        {
            try
            {
                _sockets.Add(Listeners.Open(endPoint));
                _uris.Add(uri);
                opened++;
            }
            catch (SocketException error) when (IsMissingFamily(error) && endPoints.Count > 1)
            {
                // A name may have an IPv6 address on a machine without IPv6.
                logger.AddressSkipped(uri.Format(endPoint), error.Message);
            }
            catch (SocketException error)
            {
                throw Failed(uri.Format(endPoint), error);
            }
        }

        if (opened == 0)
        {
            throw new StartupException(StartupException.CouldNotStart,
                $"cannot listen on {uri}: the host has no address that can be used here");
        }
    }

    private static bool IsMissingFamily(SocketException error) =>
        error.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported;

    private static StartupException Failed(string where, SocketException error) => new(
        StartupException.CouldNotStart,
        error.SocketErrorCode == SocketError.AddressAlreadyInUse
            ? $"cannot listen on {where}: the port is in use; stop what uses it or choose another with --listen"
            : $"cannot listen on {where}: {error.Message}");
}
