using MuxChat.Core.Protocols.Http;

namespace MuxChat.Server.Options;

/// <summary>Reads <c>--admin</c> and <c>--admin-token</c>. Invariant: an address beyond this machine has a token.</summary>
internal static class AdminOptions
{
    private const string Scheme = "http";

    /// <exception cref="StartupException">A text is no address for admins.</exception>
    public static IReadOnlyList<ListenUri> Addresses(IReadOnlyList<string> all) => [.. all.Select(Address)];

    /// <exception cref="StartupException">The token is not possible, or is missing.</exception>
    public static ServerOptions WithToken(ServerOptions served, string? token)
    {
        if (token is not null && !HttpGuard.IsPossible(token))
        {
            throw new StartupException(StartupException.Usage, $"--admin-token: {HttpGuard.Rule}");
        }

        if (token is null && served.Admin.FirstOrDefault(static uri => !uri.IsOfThisMachine) is { } open)
        {
            throw new StartupException(StartupException.Usage,
                $"--admin {open}: other machines can reach this address, so it needs --admin-token");
        }

        return served with { AdminToken = token };
    }

    private static ListenUri Address(string given) =>
        Uri.TryCreate(given, UriKind.Absolute, out var uri) && uri.Scheme == Scheme
            && given.TrimEnd('/').Equals($"{Scheme}://{uri.Host}:{uri.Port}", StringComparison.OrdinalIgnoreCase)
        ? new ListenUri { Scheme = Scheme, Service = Scheme, Host = uri.DnsSafeHost, Port = uri.Port, IsAdmin = true }
        : throw new StartupException(StartupException.Usage,
            $"--admin {given}: an address for admins is http://HOST:PORT, such as http://127.0.0.1:7071");
}
