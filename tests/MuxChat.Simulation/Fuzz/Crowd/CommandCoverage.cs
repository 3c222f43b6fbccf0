using System.Globalization;
using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Irc;

namespace MuxChat.Simulation.Fuzz.Crowd;

/// <summary>
/// How often clients gave each command of each protocol, and how often it was done. The words are the product's own tables.
/// </summary>
internal sealed class CommandCoverage
{
    private static readonly string[] Shared = [.. CommandTable.All.Select(static command => Encoding.ASCII.GetString(command.Name))];

    private static readonly Dictionary<string, string[]> Words = new()
    {
        ["line"] = Shared,
        ["frame"] = Shared,
        ["irc"] = [.. IrcCommands.All.Select(static command => Encoding.ASCII.GetString(command.Name))],
    };

    private readonly Dictionary<string, long[]> _given = Zeros();
    private readonly Dictionary<string, long[]> _done = Zeros();

    /// <summary>Frames that clients gave, whatever they hold.</summary>
    public long Steps { get; private set; }

    /// <summary>Commands that were never carried out: <c>irc KILL</c>.</summary>
    public IReadOnlyList<string> Missing => [.. Words.Keys.SelectMany(MissingOf)];

    /// <summary>A client gave the command of that number in its protocol's table; -1 for what is none.</summary>
    public void Note(string protocol, int word, bool isDone)
    {
        Steps++;
        if (word >= 0)
        {
            _given[protocol][word]++;
            _done[protocol][word] += isDone ? 1 : 0;
        }
    }

    /// <summary>Adds what another one counted.</summary>
    public void Add(CommandCoverage other)
    {
        Steps += other.Steps;
        foreach (var protocol in Words.Keys)
        {
            for (var word = 0; word < _given[protocol].Length; word++)
            {
                _given[protocol][word] += other._given[protocol][word];
                _done[protocol][word] += other._done[protocol][word];
            }
        }
    }

    public override string ToString()
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{Steps:N0} steps; each command: given, done"));
        foreach (var protocol in Words.Keys)
        {
            var words = Expected(protocol).Select(word => $"{Words[protocol][word]} {_given[protocol][word]} {_done[protocol][word]}");
            text.Append("\n  ").Append(protocol).Append(": ").AppendJoin(", ", words);
        }

        return text.ToString();
    }

    private IEnumerable<string> MissingOf(string protocol) =>
        Expected(protocol).Where(word => _done[protocol][word] == 0).Select(word => $"{protocol} {Words[protocol][word]}");

    private static Dictionary<string, long[]> Zeros() =>
        Words.ToDictionary(static one => one.Key, static one => new long[one.Value.Length]);

    private static IEnumerable<int> Expected(string protocol) =>
        Enumerable.Range(0, Words[protocol].Length).Where(word => protocol != "line" || IsOnLines(CommandTable.All[word]));

    // What cannot be typed is no command of lines, except a plain text, which needs no word.
    private static bool IsOnLines(CommandInfo command) => command.LineSyntax.Length > 0 || command.Kind == CommandKind.Say;
}
