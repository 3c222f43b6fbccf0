using System.Security.Cryptography;
using System.Text;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;
using MuxChat.Core.Delivery;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols;
using MuxChat.Server.Commands;
using MuxChat.Sockets.Listening;

namespace MuxChat.Server.Options;

/// <summary>Reads the values of options that are neither numbers nor words.</summary>
internal static class OptionReaders
{
    private const int KeyBytes = 32;

    public static byte[] Room(string given) => RoomName.TryFromOperator(given, out var room)
        ? room
        : throw new StartupException(StartupException.Usage, $"--room {given}: {RoomName.Rule}");

    // No message repeats a password or a hash.
    public static ServerPassword Password(string given)
    {
        var password = Encoding.UTF8.GetBytes(given);
        return ServerPassword.IsPossible(password)
            ? new ServerPassword(password, RandomNumberGenerator.GetBytes(KeyBytes))
            : throw new StartupException(StartupException.Usage, $"--password: {ServerPassword.Rule}");
    }

    public static Dictionary<string, PasswordHash> Operators(IReadOnlyList<string> all)
    {
        var operators = new Dictionary<string, PasswordHash>();
        foreach (var given in all)
        {
            var colon = given.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || !Nickname.IsValid(Encoding.UTF8.GetBytes(given[..colon]))
                || !PasswordHash.TryParse(given[(colon + 1)..], out var hash))
            {
                throw new StartupException(
                    StartupException.Usage,
                    "--oper takes NAME:HASH, with a NAME that is valid as a nick and a HASH that muxchat hash printed: "
                        + $"{PasswordHash.Scheme}$ITERATIONS$SALT$HASH");
            }

            if (!operators.TryAdd(given[..colon], hash!))
            {
                throw new StartupException(StartupException.Usage, $"--oper {given[..colon]} is given twice: once is enough");
            }
        }

        return operators;
    }

    /// <exception cref="StartupException">A text is no block of addresses.</exception>
    public static IReadOnlyList<AddressRange> Proxies(IReadOnlyList<string> all) => [.. all.Select(static given =>
        AddressRange.TryParse(given, out var range, out var why) ? range
            : throw new StartupException(StartupException.Usage, $"--proxy-from {given}: {why}"))];

    // No message repeats a hash.
    public static Dictionary<InternetAddress, PasswordHash> Gateways(IReadOnlyList<string> all)
    {
        var gateways = new Dictionary<InternetAddress, PasswordHash>();
        foreach (var given in all)
        {
            var colon = given.LastIndexOf(':');
            var address = colon < 0 ? "" : given[..colon];
            var isBracketed = address.StartsWith('[') && address.EndsWith(']');
            if (!InternetAddress.TryParse(Encoding.UTF8.GetBytes(isBracketed ? address[1..^1] : address), out var gateway)
                || gateway.IsIPv4 == isBracketed || gateway.IsUnknown || !PasswordHash.TryParse(given[(colon + 1)..], out var hash))
            {
                throw new StartupException(StartupException.Usage,
                    "--gateway takes ADDRESS:HASH, with an IPv6 address in brackets, and a HASH that muxchat hash printed: "
                        + $"192.0.2.1:{PasswordHash.Scheme}$ITERATIONS$SALT$HASH");
            }

            if (!gateways.TryAdd(gateway, hash!))
            {
                throw new StartupException(StartupException.Usage, $"--gateway {address} is given twice: once is enough");
            }
        }

        return gateways;
    }

    /// <exception cref="StartupException">No user of this machine has the name, or no listener knows users.</exception>
    public static HashSet<uint> LocalOperators(IReadOnlyList<string> all, IReadOnlyList<ListenUri> listeners)
    {
        Require(listeners.Any(static uri => uri.IsUnix), "--oper-uid", "a +unix listener");
        if (!OperatingSystem.IsLinux())
        {
            throw new StartupException(StartupException.Usage, "--oper-uid works on Linux only: no other system names the user here");
        }

        return [.. all.Select(static given => Accounts.FindUser(given)
            ?? throw new StartupException(StartupException.Usage, $"--oper-uid {given}: this machine has no such user"))];
    }

    /// <exception cref="StartupException">The text is too long, or no listener sends it.</exception>
    public static byte[] Greeting(string given, IReadOnlyList<ListenUri> listeners)
    {
        Require(listeners.Any(static uri => uri.SendsGreeting), "--greet", "an echo or upper listener");
        var greeting = Encoding.UTF8.GetBytes(given);
        return greeting.Length <= UnframedFraming.MaxFrameBytes
            ? greeting
            : throw new StartupException(StartupException.Usage,
                $"--greet has {greeting.Length} bytes: at most {UnframedFraming.MaxFrameBytes} are allowed");
    }

    /// <exception cref="StartupException">A text is no origin.</exception>
    public static IReadOnlyList<string> Origins(IReadOnlyList<string> all) => [.. all.Select(Origin)];

    // RFC 6454, section 6.2: scheme and host, and a port that is not the scheme's.
    private static string Origin(string given) => given == "*" ? given
        : Uri.TryCreate(given, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            && given.TrimEnd('/').Equals(uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)
            && uri.UserInfo.Length == 0
        ? uri.GetLeftPart(UriPartial.Authority)
        : throw new StartupException(StartupException.Usage,
            $"--origin {given}: an origin is http://HOST or https://HOST, with the port if it is not the usual one, or *");

    /// <exception cref="StartupException">It is not met.</exception>
    internal static void Require(bool isMet, string option, string needed)
    {
        if (!isMet)
        {
            throw new StartupException(
                StartupException.Usage, $"{option} does nothing without {needed}: give both, or leave {option} out");
        }
    }
}
