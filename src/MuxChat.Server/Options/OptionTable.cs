using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;
using MuxChat.Core.Clients;
using MuxChat.Core.Loop;
using MuxChat.Core.Protocols;
using MuxChat.Server.Commands;
using MuxChat.Storage;

namespace MuxChat.Server.Options;

/// <summary>All options of <c>muxchat serve</c>, one row each, in the order of the help.</summary>
/// <remarks>A new limit is a property of its limits record, the code that enforces it, and a row here.</remarks>
internal static class OptionTable
{
    private const int Million = 1_000_000;
    private const int KiB = 1024;
    private const long MiB = KiB * KiB;
    private const int MsPerSecond = 1000;
    private const int MaxSeconds = int.MaxValue / MsPerSecond;
    private const int KeyBytes = 32;
    private const string NeedsData = "--data DIR";

    private static readonly string[] IoModels = ["auto", "select", "epoll", ServerOptions.Threads, ServerOptions.Async];
    private static readonly string[] OnOff = ["on", "off"];
    private static readonly string[] Levels = [.. Enum.GetNames<LogLevel>().Select(name => name.ToLowerInvariant())];

    private static readonly OptionRow[] Rows =
    [
        Text("Listening", "--listen", "URI", "auto://127.0.0.1:7070",
            "Where to listen: auto://, line://, frame:// or irc:// HOST:PORT; may be given several times. Port 0 takes a free one.",
            "The address, and the protocol of its clients; `auto` detects it from their first bytes. The server refuses to start if it"
                + " cannot listen there.",
            (served, row, values) => served with { Listen = [.. values.All(row).Select(ListenUri.Parse)] }),
        Words("Listening", "--io", "MODEL", "auto", IoModels, $"How to wait for clients: {string.Join(", ", IoModels)}.",
            "`auto` is `select` for few sockets and `epoll` for more; `threads` and `async` exist for comparison.",
            (served, word) => served with { Io = word }),
        Text("Chat", "--room", "NAME", "lobby", "The room that newcomers are in.",
            "A room of this name always exists. The server does not start with a name that no room can have.",
            (served, row, values) => served with { Lobby = ReadRoom(values.Text(row)) }),
        Text("Chat", "--motd", "FILE", "none", "Message of the day: a UTF-8 text that newcomers are shown.",
            "The server reads it at the start. It does not start when the file cannot be read or is no plain text.",
            (served, row, values) => served with { MotdFile = values.Path(row) }),
        Words("Flood control", "--flood", "on|off", "on", OnOff, "Flood control: clients that say too much at once are read more slowly.",
            "`off` lifts all limits of this table.", (served, word) => served.WithClients(limits => limits with { Flood = word == "on" })),
        Words("Log", "--log-level", "LEVEL", "information", Levels,
            "trace, debug, information, warning, error, critical or none; -v alone is debug.",
            "The server logs what is at least as grave.",
            (served, word) => served with { LogLevel = Enum.Parse<LogLevel>(word, ignoreCase: true) }, LogLevelOf) with
        { Alias = "-v", MayLackValue = true },
        Loop("Connections", "--max-clients", 1, Million, "Clients at once; never more than the descriptors allow.",
            "Connections of all clients. The server tells the next one that it is full, and closes it.",
            limits => limits.Clients, (limits, number) => limits with { Clients = number }),
        OptionRow.OfNumber("Messages", "--max-line-bytes", 64, 16 * KiB, "Longest line, and longest text in any protocol.",
            "A line without its end, and a text in any protocol. A longer line gets an error and is skipped; a client that sends four times"
                + " as much without an end is closed. One limit for all protocols, so that each can show what another takes.",
            served => served.MaxLineBytes, (served, number) => served.WithLineBytes(number)),
        OptionRow.OfNumber("Messages", "--max-frame-bytes", 64, 4 * (int)MiB, "Longest frame.",
            "A frame without its length. A longer one gets an error and is skipped; a client that announces more than four times as much"
                + " is closed.",
            served => served.MaxFrameBytes, (served, number) => served with { MaxFrameBytes = number }),
        Chat("Rooms", "--max-rooms", 1, Million, "Rooms in all.",
            "Rooms with members and rooms that remember without. At it, the server forgets a room without members; if there is none, the"
                + " request gets an error.",
            limits => limits.Rooms, (limits, number) => limits with { Rooms = number }),
        Chat("Rooms", "--max-rooms-per-client", 1, 1000, "Rooms that one client may be in.",
            "Rooms of one client at once. The request for one more gets an error.",
            limits => limits.RoomsPerClient, (limits, number) => limits with { RoomsPerClient = number }),
        Clients("Flood control", "--flood-burst", 1, Million, "Lines that a client may send at once.",
            "Lines or frames of one client that are handled at once. The server does not read further ones until the rate allows it.",
            limits => limits.FloodBurst, (limits, number) => limits with { FloodBurst = number }),
        Clients("Flood control", "--flood-rate", 1, Million, "Lines a second that a client may send on and on.",
            "Lines or frames a second of one client after the burst. The server does not read further ones until the rate allows it.",
            limits => limits.FloodPerSecond, (limits, number) => limits with { FloodPerSecond = number }),
        Clients("Silence", "--idle-ping-s", 1, MaxSeconds - 1,
            "Seconds of silence after which a frame client is pinged: fewer than --idle-close-s.",
            "Silence of a client on frames or IRC. The server pings it. When `--idle-close-s` alone is given and is not greater, half of"
                + " it.",
            limits => limits.IdlePingMs / MsPerSecond, (limits, number) => limits with { IdlePingMs = number * MsPerSecond }),
        Clients("Silence", "--idle-close-s", 2, MaxSeconds, "Seconds of silence after which it is closed.",
            "Silence of a client on frames or IRC. The server closes it. When `--idle-ping-s` alone is given and is not smaller, twice"
                + " that.",
            limits => limits.IdleCloseMs / MsPerSecond, (limits, number) => limits with { IdleCloseMs = number * MsPerSecond }),
        Loop("Output", "--outbox-hard-bytes", 4096, int.MaxValue, "Bytes queued for a client at which it is cut as a slow consumer.",
            "Bytes queued for one client. The server closes it as a slow consumer. When `--outbox-soft-bytes` alone is given and is"
                + " greater, four times that.",
            limits => limits.SlowConsumer.HardBytes,
            (limits, number) => limits with { SlowConsumer = limits.SlowConsumer with { HardBytes = number } }),
        OptionRow.OfNumber("Output", "--outbox-soft-bytes", 1024, int.MaxValue,
            "Bytes queued for a client that it may not exceed for long.",
            "Bytes queued for one client for `--outbox-soft-s`. The server closes it as a slow consumer. With so much queued, a client's"
                + " own commands wait, so that it is not cut for asking much. When `--outbox-hard-bytes` alone is given and is smaller, a"
                + " quarter of it.",
            served => served.Loop.SlowConsumer.SoftBytes, (served, number) => served.WithSoftBytes(number)),
        Loop("Output", "--outbox-soft-s", 1, MaxSeconds, "How long, in seconds.",
            "How long a client may hold more than `--outbox-soft-bytes`. Then the server closes it as a slow consumer.",
            limits => limits.SlowConsumer.SoftMs / MsPerSecond,
            (limits, number) => limits with { SlowConsumer = limits.SlowConsumer with { SoftMs = number * MsPerSecond } }),
        Loop("Connections", "--accepts-per-tick", 1, 100_000, "Clients let in within one tick.",
            "Connections that one listener accepts in one tick. The rest wait for the next tick, so that clients inside are served.",
            limits => limits.AcceptsPerTick, (limits, number) => limits with { AcceptsPerTick = number }),
        Loop("Messages", "--read-bytes-per-tick", 512, 16 * (int)MiB, "Bytes read from one client within one tick.",
            "Bytes of one client in one tick. The rest waits for the next tick, so that no client holds up the others.",
            limits => limits.ReadBytesPerTick, (limits, number) => limits with { ReadBytesPerTick = number }),
        OptionRow.OfNumber("History", "--history", 0, Million, "Events that a room remembers.",
            "Events of one room. The room forgets the oldest when there is another.",
            served => served.Chat.History, (served, number) => served.WithHistory(number)),
        Chat("History", "--history-mb", 1, Million, "Memory in MiB for what all rooms remember.",
            "MiB of memory for all rooms' events. The server forgets rooms without members first; then rooms let their oldest events go.",
            limits => limits.HistoryBytes / MiB, (limits, number) => limits with { HistoryBytes = number * MiB }),
        Chat("History", "--replay", 0, 1000, "Lines last said that a newcomer on lines or IRC is shown; 0 for none.",
            "Lines that a newcomer is shown. It can ask for earlier ones.",
            limits => limits.Replay, (limits, number) => limits with { Replay = number }),
        Text("Journal", "--data", "DIR", "none",
            "Keep a journal in this directory: rooms remember across restarts, and what was acknowledged is not lost.",
            "Without it, rooms remember in memory alone. The server does not start when it cannot write there.",
            (served, row, values) => served with { Data = values.Path(row) }),
        Words("Journal", "--durability", "LEVEL", "fsync", ["fsync", "os", "none"],
            "What an acknowledgement promises with --data: fsync, os, none.",
            "An `ok` promises that its event survives a loss of power (`fsync`), the end of the process (`os`), or nothing (`none`).",
            (served, word) => served.WithDurability(Enum.Parse<Durability>(word, ignoreCase: true))) with
        { Needs = NeedsData },
        Journal("--retain-mb", Million,
            "Journal size in MiB beyond which the oldest is deleted, an eighth (1 to 64 MiB) more for a moment; 0 for no limit.",
            "Files of the journal. The server deletes the oldest one, after it has begun the next.",
            journal => journal.RetainBytes / MiB, (journal, number) => journal with { RetainBytes = number * MiB }),
        Journal("--retain-days", 36_500, "Age in days at which the journal's oldest is deleted; 0 for never.",
            "Age of a file of the journal. The server deletes the file when all its events are older.",
            journal => (long)journal.RetainFor.TotalDays, (journal, number) => journal with { RetainFor = TimeSpan.FromDays(number) }),
        Loop("Connections", "--max-per-ip", 1, Million, "Connections at once from one address (IPv6: from one /64).",
            "Connections of one address. The server tells the next one so, and closes it.",
            limits => limits.ClientsPerAddress, (limits, number) => limits with { ClientsPerAddress = number }),
        Loop("Connections", "--connect-rate", 1, Million, "New connections a minute from one address, and as many at once.",
            "New connections of one address within a minute. The server tells the next one so, and closes it.",
            limits => limits.ConnectsPerMinute, (limits, number) => limits with { ConnectsPerMinute = number }),
        Words("Connections", "--limit-loopback", "on|off", "off", OnOff,
            "Whether --max-per-ip and --connect-rate hold for this machine's own clients.",
            "`off`, because a proxy on this machine brings many clients from one address.",
            (served, word) => served.WithLoop(limits => limits with { LimitLoopback = word == "on" })),
        Loop("Output", "--max-queued-mb", 1, Million, "MiB queued for all clients that do not keep up; beyond, the worst is closed.",
            "MiB queued for all clients together, shared ones counted once. The server closes the client that holds most, until it is"
                + " enough.",
            limits => limits.QueuedBytes / MiB, (limits, number) => limits with { QueuedBytes = number * MiB }),
        Clients("Flood control", "--flood-error-cost", 0, 1000, "Lines of the flood budget that a wrong line costs beyond its own one.",
            "Errors of one client. A wrong line or frame takes so much more of the burst, so that errors alone come at a fifth of the"
                + " rate.",
            limits => limits.ErrorCost, (limits, number) => limits with { ErrorCost = number }),
        Clients("Flood control", "--max-errors-in-row", 1, Million,
            "Lines in a row without sense at which a client is closed, unless flood control is off.",
            "Lines or frames in a row without form or sense. The server says a last word and closes the client.",
            limits => limits.ErrorsInRow, (limits, number) => limits with { ErrorsInRow = number }),
        Text("Access", "--password", "PASSWORD", "none",
            "Nobody is let in without it; MUXCHAT_PASSWORD keeps it out of the process list.",
            "A client that does not give it within 30 s is closed. 1 to 256 bytes.",
            (served, row, values) => served with { Password = values.IsGiven(row) ? ReadPassword(values.Text(row)) : null }),
        Text("Access", "--oper", "NAME:HASH", "none",
            "A server operator and the hash that muxchat hash prints; may be given several times.",
            "A client that gives this name and its password becomes a server operator.",
            (served, row, values) => served with { Operators = ReadOperators(values.IsGiven(row) ? values.All(row) : []) }),
        Loop("Output", "--coalesce-us", 0, 100_000,
            "Microseconds that a loop under load waits for more lines to write at once; 0 for none.",
            "How long a loop under load holds back, and never more than a sixteenth of the last tick. More lines go out with one write"
                + " then.",
            limits => limits.CoalesceUs, (limits, number) => limits with { CoalesceUs = number }),
    ];

    /// <summary>The rows, in the order of the help.</summary>
    public static IReadOnlyList<OptionRow> All => Rows;

    /// <summary>The pairs of options of which one must stay below the other.</summary>
    public static IReadOnlyList<OptionPair> Pairs { get; } =
    [
        new("--outbox-soft-bytes", "--outbox-hard-bytes", Share: 4, Gap: 0),
        new("--idle-ping-s", "--idle-close-s", Share: 2, Gap: 1),
    ];

    /// <summary>Returns the row of an existing option.</summary>
    public static OptionRow Find(string name) => All.First(row => row.Name == name);

    /// <summary>Checks the options from the command line and the environment.</summary>
    /// <param name="parsed">The parsed command line.</param>
    /// <param name="options">The parser's options, by name.</param>
    /// <param name="variables">The environment variables.</param>
    /// <exception cref="StartupException">A value is wrong, or an option lacks the option that it needs.</exception>
    public static ServerOptions Read(ParseResult parsed, IReadOnlyDictionary<string, Option<string[]>> options, Variables variables)
    {
        var values = new OptionValues(parsed, options, variables);
        var served = new ServerOptions { UnknownVariables = [.. variables.Unknown(All)] };
        foreach (var row in All)
        {
            served = row.Set(served, row, values);
            values.CheckNeeds(row);
        }

        return served;
    }

    private static OptionRow Text(
        string group, string name, string valueName, string shownDefault, string help, string bounds, OptionRow.Setter set) => new()
        {
            Group = group,
            Name = name,
            ValueName = valueName,
            Default = shownDefault,
            Help = help,
            Bounds = bounds,
            Set = set,
        };

    private static OptionRow Words(
        string group,
        string name,
        string valueName,
        string shownDefault,
        IReadOnlyList<string> words,
        string help,
        string bounds,
        Func<ServerOptions, string, ServerOptions> set,
        Func<OptionRow, OptionValues, string>? read = null) =>
        Text(group, name, valueName, shownDefault, help, bounds,
            (served, row, values) => set(served, read is null ? values.Word(row) : read(row, values))) with
        { Words = words };

    private static OptionRow Loop(
        string group,
        string name,
        int min,
        int max,
        string help,
        string bounds,
        Func<LoopLimits, long> get,
        Func<LoopLimits, int, LoopLimits> set) =>
        OptionRow.OfNumber(group, name, min, max, help, bounds,
            served => get(served.Loop), (served, number) => served.WithLoop(limits => set(limits, number)));

    private static OptionRow Clients(
        string group,
        string name,
        int min,
        int max,
        string help,
        string bounds,
        Func<ClientLimits, long> get,
        Func<ClientLimits, int, ClientLimits> set) =>
        OptionRow.OfNumber(group, name, min, max, help, bounds,
            served => get(served.Clients), (served, number) => served.WithClients(limits => set(limits, number)));

    private static OptionRow Chat(
        string group,
        string name,
        int min,
        int max,
        string help,
        string bounds,
        Func<ChatLimits, long> get,
        Func<ChatLimits, int, ChatLimits> set) =>
        OptionRow.OfNumber(group, name, min, max, help, bounds,
            served => get(served.Chat), (served, number) => served with { Chat = set(served.Chat, number) });

    private static OptionRow Journal(
        string name, int max, string help, string bounds, Func<JournalOptions, long> get, Func<JournalOptions, int, JournalOptions> set) =>
        OptionRow.OfNumber("Journal", name, 0, max, help, bounds,
            served => get(served.Journal), (served, number) => served.WithJournal(journal => set(journal, number))) with
        { Needs = NeedsData };

    private static byte[] ReadRoom(string given) => RoomName.TryFromOperator(given, out var room)
        ? room
        : throw new StartupException(StartupException.Usage, $"--room {given}: {RoomName.Rule}");

    private static string LogLevelOf(OptionRow row, OptionValues values) => values.IsGivenWithoutValue(row) ? "debug" : values.Word(row);

    // No message repeats a password or a hash.
    private static ServerPassword ReadPassword(string given)
    {
        var password = Encoding.UTF8.GetBytes(given);
        return ServerPassword.IsPossible(password)
            ? new ServerPassword(password, RandomNumberGenerator.GetBytes(KeyBytes))
            : throw new StartupException(StartupException.Usage, $"--password: {ServerPassword.Rule}");
    }

    private static Dictionary<string, PasswordHash> ReadOperators(IReadOnlyList<string> all)
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
                    "--oper takes NAME:HASH, where NAME is formed like a nick and HASH is what muxchat hash prints: "
                        + $"{PasswordHash.Scheme}$ITERATIONS$SALT$HASH");
            }

            if (!operators.TryAdd(given[..colon], hash!))
            {
                throw new StartupException(StartupException.Usage, $"--oper {given[..colon]} is given twice: once is enough");
            }
        }

        return operators;
    }
}
