namespace MuxChat.Simulation.Clients.Irc;

/// <summary>Capabilities by name.</summary>
internal static class SimIrcCapabilities
{
    /// <summary>
    /// Those that may be switched while somebody is in rooms: what was written before the answer is in the old form, what
    /// comes after it in the new one.
    /// </summary>
    public static readonly IrcCapability[] Switched =
        [IrcCapability.EchoMessage, IrcCapability.ExtendedJoin, IrcCapability.MessageTags, IrcCapability.ServerTime,
            IrcCapability.UserhostInNames];

    // Asked for in a share of all runs alone, see IrcExtras.
    private const IrcCapability Extra =
        IrcCapability.Batch | IrcCapability.LabeledResponse | IrcCapability.ChatHistory | IrcCapability.EventPlayback;

    private static readonly (IrcCapability One, string Name)[] Names =
    [
        (IrcCapability.AwayNotify, "away-notify"),
        (IrcCapability.Batch, "batch"),
        (IrcCapability.CapNotify, "cap-notify"),
        (IrcCapability.ChatHistory, "draft/chathistory"),
        (IrcCapability.EventPlayback, "draft/event-playback"),
        (IrcCapability.EchoMessage, "echo-message"),
        (IrcCapability.ExtendedJoin, "extended-join"),
        (IrcCapability.LabeledResponse, "labeled-response"),
        (IrcCapability.MessageTags, "message-tags"),
        (IrcCapability.MultiPrefix, "multi-prefix"),
        (IrcCapability.ServerTime, "server-time"),
        (IrcCapability.StandardReplies, "standard-replies"),
        (IrcCapability.UserhostInNames, "userhost-in-names"),
    ];

    /// <summary>A random set; cap-notify comes with version 302 alone.</summary>
    public static IrcCapability Draw(SeededRandom random)
    {
        var drawn = IrcCapability.None;
        foreach (var (one, _) in Names.Where(static one => (one.One & Extra) == 0))
        {
            drawn |= one != IrcCapability.CapNotify && random.Chance(one == IrcCapability.AwayNotify ? 0.7 : 0.5)
                ? one : IrcCapability.None;
        }

        return drawn;
    }

    /// <summary>The names of a set, by a space, each after the same sign.</summary>
    public static string Write(IrcCapability set, string sign = "") =>
        string.Join(' ', Names.Where(one => (set & one.One) != 0).Select(one => sign + one.Name));

    /// <summary>Those of the names that are known here; a server may know more.</summary>
    public static IrcCapability Read(string names)
    {
        var words = names.Split(' ');
        return Names.Where(one => words.Contains(one.Name)).Aggregate(IrcCapability.None, static (set, one) => set | one.One);
    }

    /// <summary>All that are known here.</summary>
    public static IrcCapability All { get; } = Names.Aggregate(IrcCapability.None, static (set, one) => set | one.One);
}
