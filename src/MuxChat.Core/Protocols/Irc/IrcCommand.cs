using System.Text;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>One command: its name, how it is carried out, how many parameters it needs, and whether it may come before the client is in.</summary>
internal sealed class IrcCommand(string name, IrcHandler handler, int leastParameters = 0, bool isForAll = false, int cost = 1,
    bool isForLogin = false)
{
    public byte[] Name { get; } = Encoding.ASCII.GetBytes(name);

    public IrcHandler Handler { get; } = handler;

    public int LeastParameters { get; } = leastParameters;

    /// <summary>Whether it may come before the client is in.</summary>
    public bool IsForAll { get; } = isForAll;

    /// <summary>Whether a client that comes back needs it: it is paid from the budget for that, as long as that lasts.</summary>
    public bool IsForLogin { get; } = isForLogin;

    /// <summary>What it costs of the flood budget.</summary>
    public int Cost { get; } = cost;
}
