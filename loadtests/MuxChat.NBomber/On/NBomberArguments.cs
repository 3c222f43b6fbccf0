namespace MuxChat.NBomber;

/// <summary>
/// Takes NBomber's own arguments out of a command line, to be handed on to it. The list is that of NBomber's documentation, "CLI
/// Arguments" (https://nbomber.com/docs/nbomber/cli), of 6.6.
/// </summary>
internal static class NBomberArguments
{
    private static readonly string[] Names =
    [
        "--config", "--infra", "--license", "--session-id", "--test-name", "--test-suite", "--display-console-metrics", "--target",
        "--cluster-local-dev", "--cluster-agents-count", "--cluster-agent-group", "--cluster-id", "--cluster-node-type",
        "--cluster-nats-url", "--cluster-coordinator-target", "--cluster-agent-target",
    ];

    /// <summary>The names, for the help.</summary>
    public static string List => string.Join(", ", Names);

    /// <summary>Each argument is <c>--name=value</c>, or <c>--name</c> and the value after it.</summary>
    public static (string[] Ours, string[] NBombers) Split(IReadOnlyList<string> args)
    {
        var (ours, theirs) = (new List<string>(), new List<string>());
        for (var i = 0; i < args.Count; i++)
        {
            if (!Names.Contains(args[i].Split('=')[0]))
            {
                ours.Add(args[i]);
                continue;
            }

            theirs.Add(args[i]);
            if (!args[i].Contains('=', StringComparison.Ordinal) && i + 1 < args.Count)
            {
                theirs.Add(args[++i]);
            }
        }

        return ([.. ours], [.. theirs]);
    }
}
