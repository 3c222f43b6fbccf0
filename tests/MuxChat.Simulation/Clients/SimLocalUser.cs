using MuxChat.Core.Delivery;

namespace MuxChat.Simulation.Clients;

/// <summary>A user of the server's machine, whose programs connect over a Unix socket, and the names that others must see.</summary>
/// <param name="Name">The user's name.</param>
/// <param name="Id">The user's number.</param>
/// <param name="Nick">How a guest of this user is called; another one has a number after it.</param>
/// <param name="ShownUser">The user name on IRC: without a tilde, since the kernel vouches for it.</param>
internal sealed record SimLocalUser(string Name, uint Id, string Nick, string ShownUser)
{
    private const int FirstProcess = 4_000;

    /// <summary>All users there are.</summary>
    public static IReadOnlyList<SimLocalUser> All { get; } =
    [
        new("root", 0, "root", "root"),
        new("www-data", 33, "www-data", "www-data"),
        new("1st.user", 1_000, "u-1st-user", "1st.user"),
        new("système", 1_001, "syst-me", "systme"),
        new("a_very_long_name_of_a_user", 1_002, "a_very_long_name", "a_very_lo"),
    ];

    /// <summary>Whether the admin made it a server operator.</summary>
    public bool IsOperator { get; init; }

    /// <summary>As the limits for addresses must count it: apart from all others. It is not what the server makes of it.</summary>
    public PeerAddress Home => new(UInt128.MaxValue - Id, IsLoopback: true);

    /// <summary>Whether a guest of this user may be called that.</summary>
    public bool MayBeCalled(string nick) => nick == Nick || (nick.StartsWith(Nick + "-", StringComparison.Ordinal)
        && nick.Length > Nick.Length + 1 && nick[(Nick.Length + 1)..].All(char.IsAsciiDigit));

    /// <summary>What the kernel says of a client's process.</summary>
    public LocalUser Of(int client) => new(Name, Id, FirstProcess + client, IsOperator);
}
