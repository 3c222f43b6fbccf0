using MuxChat.Core.Chat;
using MuxChat.Core.Protocols.Echo;
using MuxChat.Core.Protocols.Notify;

namespace MuxChat.Core.Protocols;

/// <summary>The services of the server over UDP, one row each. A new service needs its class and a row here.</summary>
public static class DatagramTable
{
    /// <summary>The scheme of the service that says each datagram in a room.</summary>
    public const string Notify = "notify";

    /// <summary>The rows, in the order of the help.</summary>
    public static IReadOnlyList<DatagramEntry> Rows { get; } =
    [
        new("echo", static _ => new EchoDatagrams(isUpper: false)),
        new("upper", static _ => new EchoDatagrams(isUpper: true)),
        new(Notify, static settings => new NotifyDatagrams(settings.Hub, settings.Room, settings.Key)),
    ];

    /// <summary>Creates the service of a scheme.</summary>
    /// <exception cref="InvalidOperationException">No service has this scheme.</exception>
    public static IDatagramService Create(string scheme, DatagramSettings settings) =>
        Rows.First(row => row.Scheme == scheme).Create(settings);
}

/// <summary>One service over UDP.</summary>
/// <param name="Scheme">The scheme of its listen URIs, without the transport.</param>
/// <param name="Create">Creates the service of one listener.</param>
public sealed record DatagramEntry(string Scheme, Func<DatagramSettings, IDatagramService> Create);

/// <summary>The settings of one UDP listener.</summary>
/// <param name="Hub">The chat.</param>
/// <param name="Room">The room that datagrams go to; empty if the service has none.</param>
/// <param name="Key">The first word that each datagram must have; empty for none.</param>
public sealed record DatagramSettings(ChatHub Hub, byte[] Room, byte[] Key);
