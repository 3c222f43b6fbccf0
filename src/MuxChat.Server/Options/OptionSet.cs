using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;

namespace MuxChat.Server.Options;

/// <summary>
/// The options of <c>muxchat serve</c>, their help, their environment variables, and how they become <see cref="ServerOptions"/>. All are
/// read as text and checked here, so that every mistake gets one line that says what would be right.
/// </summary>
internal sealed class OptionSet
{
    private const int MaxLineBytesLimit = 16 * 1024;
    private const int MaxFrameBytesLimit = 4 * 1024 * 1024;
    private const int MillisecondsPerSecond = 1000;

    // The share that a default is of its greater one: what it is when that one alone is given, and clashes with it.
    private const int OutboxShare = 4;
    private const int IdleShare = 2;

    private readonly Dictionary<string, Option<string[]>> _options = [];
    private readonly Dictionary<string, string> _defaults = [];

    public OptionSet()
    {
        AddText("--listen", "URI", "auto://127.0.0.1:7070", "Where to listen: auto://, line://, frame:// or irc:// HOST:PORT; may be given several times. Port 0 takes a free one.");
        AddText("--io", "MODEL", "auto", $"How to wait for clients: {string.Join(", ", IoModels.Names)}.");
        AddText("--room", "NAME", "lobby", "The room that newcomers are in.");
        AddText("--motd", "FILE", "none", "Message of the day: a UTF-8 text that newcomers are shown.");
        AddText("--flood", "on|off", "on", "Flood control: clients that say too much at once are read more slowly.");
        AddText("--log-level", "LEVEL", "information", "trace, debug, information, warning, error, critical or none; -v alone is debug.", "-v");

        // None, for -v alone. ZeroOrOne would ask for a single value where an array is read, and refuse every level.
        _options["--log-level"].Arity = ArgumentArity.ZeroOrMore;

        var chat = new ChatLimits();
        var talk = new ClientLimits();
        var loop = new LoopLimits();
        AddNumber("--max-clients", loop.Clients, "Clients at once; never more than the descriptors allow.");
        AddNumber("--max-line-bytes", chat.TextBytes, "Longest line, and longest text in any protocol.");
        AddNumber("--max-frame-bytes", 65536, "Longest frame.");
        AddNumber("--max-rooms", chat.Rooms, "Rooms in all.");
        AddNumber("--max-rooms-per-client", chat.RoomsPerClient, "Rooms that one client may be in.");
        AddNumber("--flood-burst", talk.FloodBurst, "Lines that a client may send at once.");
        AddNumber("--flood-rate", talk.FloodPerSecond, "Lines a second that a client may send on and on.");
        AddNumber("--idle-ping-s", talk.IdlePingMs / MillisecondsPerSecond,
            "Seconds of silence after which a frame client is pinged: fewer than --idle-close-s.");
        AddNumber("--idle-close-s", talk.IdleCloseMs / MillisecondsPerSecond, "Seconds of silence after which it is closed.");
        AddNumber("--outbox-hard-bytes", (int)loop.SlowConsumer.HardBytes, "Bytes queued for a client at which it is cut as a slow consumer.");
        AddNumber("--outbox-soft-bytes", (int)loop.SlowConsumer.SoftBytes, "Bytes queued for a client that it may not exceed for long.");
        AddNumber("--outbox-soft-s", loop.SlowConsumer.SoftMs / MillisecondsPerSecond, "How long, in seconds.");
        AddNumber("--accepts-per-tick", loop.AcceptsPerTick, "Clients let in within one tick.");
        AddNumber("--read-bytes-per-tick", loop.ReadBytesPerTick, "Bytes read from one client within one tick.");
        foreach (var (name, valueName, shownDefault, description) in HistoryOptions.All.Concat(ProtectionOptions.All).Concat(AccessOptions.All))
        {
            AddText(name, valueName, shownDefault, description);
        }

        AddNumber("--coalesce-us", loop.CoalesceUs, "Microseconds that a loop under load waits for more lines to write at once; 0 for none.");
    }

    /// <summary>The options, for the command line.</summary>
    public IEnumerable<Option<string[]>> Options => _options.Values;

    /// <summary>The environment variable that stands in for an option: <c>MUXCHAT_</c> and its name.</summary>
    public static string VariableOf(string option) => "MUXCHAT_" + option.TrimStart('-').Replace('-', '_').ToUpperInvariant();

    /// <summary>Checks what was given, on the command line or in the variables that stand in for options.</summary>
    /// <exception cref="StartupException">Something is wrong.</exception>
    public ServerOptions Read(ParseResult parsed, Variables variables)
    {
        var values = new OptionValues(parsed, _options, _defaults, variables.ValueOf);
        if (!RoomName.TryFromOperator(values.Text("--room"), out var lobby))
        {
            throw new StartupException(StartupException.Usage, $"--room {values.Text("--room")}: {RoomName.Rule}");
        }

        var (softBytes, hardBytes) = values.Pair(("--outbox-soft-bytes", 1024, OutboxShare), ("--outbox-hard-bytes", 4096, int.MaxValue),
            gap: 0);
        var (pingSeconds, closeSeconds) = values.Pair(("--idle-ping-s", 1, IdleShare),
            ("--idle-close-s", 2, int.MaxValue / MillisecondsPerSecond), gap: 1);
        var lineBytes = values.Number("--max-line-bytes", 64, MaxLineBytesLimit);
        return new ServerOptions
        {
            Listen = [.. values.All("--listen").Select(ListenUri.Parse)],
            Io = values.Word("--io", IoModels.Names),
            Lobby = lobby,
            Password = AccessOptions.ReadPassword(values),
            Operators = AccessOptions.ReadOperators(values),
            MotdFile = values.Path("--motd"),
            Data = values.Path("--data"),
            UnknownVariables = [.. variables.Unknown(_options.Keys)],
            Journal = HistoryOptions.Read(values),
            LogLevel = ReadLevel(values),
            MaxLineBytes = lineBytes,
            MaxFrameBytes = values.Number("--max-frame-bytes", 64, MaxFrameBytesLimit),
            Chat = HistoryOptions.Read(values, new ChatLimits
            {
                // Nobody is cut as a slow consumer for the one answer it asked for.
                HistoryAnswerBytes = Math.Min(new ChatLimits().HistoryAnswerBytes, softBytes / 2),
                TextBytes = lineBytes,
                Rooms = values.Number("--max-rooms", 1, 1_000_000),
                RoomsPerClient = values.Number("--max-rooms-per-client", 1, 1000),
            }),
            Conversation = ProtectionOptions.Read(values, new ClientLimits
            {
                Flood = values.Word("--flood", ["on", "off"]) == "on",
                FloodBurst = values.Number("--flood-burst", 1, 1_000_000),
                FloodPerSecond = values.Number("--flood-rate", 1, 1_000_000),
                OutputPauseBytes = softBytes,
                IdlePingMs = pingSeconds * MillisecondsPerSecond,
                IdleCloseMs = closeSeconds * MillisecondsPerSecond,
            }),
            Loop = ProtectionOptions.Read(values, new LoopLimits
            {
                Clients = values.Number("--max-clients", 1, 1_000_000),
                AcceptsPerTick = values.Number("--accepts-per-tick", 1, 100_000),
                CoalesceUs = values.Number("--coalesce-us", 0, 100_000),
                ReadBytesPerTick = values.Number("--read-bytes-per-tick", 512, 16 * 1024 * 1024),
                SlowConsumer = new SlowConsumerRule
                {
                    HardBytes = hardBytes,
                    SoftBytes = softBytes,
                    SoftMs = values.Number("--outbox-soft-s", 1, int.MaxValue / MillisecondsPerSecond) * MillisecondsPerSecond,
                },
            }),
        };
    }

    private static LogLevel ReadLevel(OptionValues values)
    {
        if (values.IsGivenWithoutValue("--log-level"))
        {
            return LogLevel.Debug;
        }

        var word = values.Word("--log-level", [.. Enum.GetNames<LogLevel>().Select(name => name.ToLowerInvariant())]);
        return Enum.Parse<LogLevel>(word, ignoreCase: true);
    }

    private void AddText(string name, string valueName, string shownDefault, string description, params string[] aliases)
    {
        _defaults[name] = shownDefault;
        _options[name] = new Option<string[]>(name, aliases)
        {
            HelpName = valueName,
            Description = $"{description} [default: {shownDefault}]",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
    }

    private void AddNumber(string name, int shownDefault, string description) =>
        AddText(name, "N", shownDefault.ToString(CultureInfo.InvariantCulture), description);
}
