using System.CommandLine;
using Microsoft.Extensions.Logging;
using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Loop;
using MuxChat.Storage;

namespace MuxChat.Server.Options;

/// <summary>All options of <c>muxchat serve</c>, one row each, in the order of the help.</summary>
/// <remarks>A new limit is a property of its limits record, the code that enforces it, and a row here.</remarks>
internal static class OptionTable
{
    internal const int Million = 1_000_000;
    private const int KiB = 1024;
    internal const long MiB = KiB * KiB;
    internal const int MsPerSecond = 1000;
    internal const int MaxSeconds = int.MaxValue / MsPerSecond;
    private const string NeedsData = "--data DIR";

    private static readonly string[] IoModels = ["auto", "select", "epoll", ServerOptions.Threads, ServerOptions.Async];
    internal static readonly string[] OnOff = ["on", "off"];
    private static readonly string[] Levels = [.. Enum.GetNames<LogLevel>().Select(name => name.ToLowerInvariant())];

    private static readonly OptionRow[] Rows =
    [
        Text("Listening", "--listen", "URI", "auto://127.0.0.1:7070",
            "Address to listen on: SERVICE[+TRANSPORT]://HOST:PORT or SERVICE+unix:///PATH, with a SERVICE of "
                + $"{string.Join(", ", ListenUri.Services)}, or over udp {string.Join(", ", ListenUri.DatagramServices)}; may be given "
                + "several times. Port 0 picks a free port.",
            "`auto` detects the protocol of each client from its first bytes; the other services fix it. The server does not start if it"
                + " cannot listen there. [Listeners](protocols/listeners.md) has all forms.",
            (served, row, values) => served with { Listen = [.. values.All(row).Select(ListenUri.Parse)] }),
        Text("Listening", "--greet", "TEXT", "none", "Text that echo and upper listeners send to each client on connecting.",
            "It is sent as it is, without an end of line, or as one message on `+utf`.",
            (served, row, values) => !values.IsGiven(row) ? served
                : served with { EchoGreeting = OptionReaders.Greeting(values.Text(row), served.Listen) }),
        Text("Listening", "--origin", "ORIGIN", "none",
            "Another site whose pages may open a WebSocket here, such as https://chat.example, or * for all; may be given several times.",
            "A page of the server itself always may, and so may a client that is no browser. The server answers 403 to other pages.",
            (served, row, values) => !values.IsGiven(row) ? served : served with { Origins = OptionReaders.Origins(values.All(row)) }),
        Text("Observing", "--admin", "URI", "none",
            "Address for /healthz, /metrics and the page /loop, such as http://127.0.0.1:7071; may be given several times.",
            "It is never part of the public port. Without `--admin-token`, only addresses of this machine are allowed."
                + " [Observing](OBSERVING.md) has more.",
            (served, row, values) => !values.IsGiven(row) ? served : served with { Admin = AdminOptions.Addresses(values.All(row)) }),
        Text("Observing", "--admin-token", "TOKEN", "none",
            "Token for /metrics and /loop, as Authorization: Bearer; MUXCHAT_ADMIN_TOKEN keeps it out of the process list.",
            "16 to 256 letters, digits, or `-._~`. The server answers 401 without it.",
            (served, row, values) => AdminOptions.WithToken(served, values.IsGiven(row) ? values.Text(row) : null)) with
        { Needs = "--admin URI" },
        Words("Listening", "--io", "MODEL", "auto", IoModels, $"I/O model: {string.Join(", ", IoModels)}.",
            "`auto` is `select` for few sockets and `epoll` for more; `threads` and `async` exist for comparison.",
            (served, word) => served with { Io = word }),
        Text("Chat", "--room", "NAME", "lobby", "The room that every new client joins.",
            "This room always exists. The server does not start with an invalid room name.",
            (served, row, values) => served with { Lobby = OptionReaders.Room(values.Text(row)) }),
        Text("Chat", "--motd", "FILE", "none", "Message of the day: a UTF-8 text file that new clients see.",
            "The server reads it at the start. It does not start if the file cannot be read or is not plain text.",
            (served, row, values) => served with { MotdFile = values.Path(row) }),
        Words("Flood control", "--flood", "on|off", "on", OnOff, "Flood control: the server slows down clients that send too fast.",
            "`off` lifts all limits in this table.", (served, word) => served.WithClients(limits => limits with { Flood = word == "on" })),
        Words("Log", "--log-level", "LEVEL", "information", Levels,
            "Lowest level to log: trace, debug, information, warning, error, critical or none; -v alone is debug.",
            "The server logs messages of this level and above.",
            (served, word) => served with { LogLevel = Enum.Parse<LogLevel>(word, ignoreCase: true) }, LogLevelOf) with
        { Alias = "-v", MayLackValue = true },
        Loop("Connections", "--max-clients", 1, Million, "Clients at the same time; fewer if the descriptors do not allow so many.",
            "Connections of all clients. The server sends the next one an error and closes it.",
            limits => limits.Clients, (limits, number) => limits with { Clients = number }),
        OptionRow.OfNumber("Messages", "--max-line-bytes", 64, 16 * KiB, "Longest line, and longest text in any protocol, in bytes.",
            "A line without its line end, and a text in any protocol. A longer line gets an error and is skipped; a client that sends"
                + " four times as much without a line end is closed. All protocols share the limit, so that each can show every text.",
            served => served.MaxLineBytes, (served, number) => served.WithLineBytes(number)),
        OptionRow.OfNumber("Messages", "--max-frame-bytes", 64, 4 * (int)MiB, "Longest frame, in bytes.",
            "A frame without its length field. A longer one gets an error and is skipped; a client that announces more than four times"
                + " as much is closed.",
            served => served.MaxFrameBytes, (served, number) => served with { MaxFrameBytes = number }),
        Chat("Rooms", "--max-rooms", 1, Million, "Rooms on the server.",
            "Rooms with members, and empty rooms with history. At the limit, the server forgets an empty room; if there is none, the"
                + " request gets an error.",
            limits => limits.Rooms, (limits, number) => limits with { Rooms = number }),
        Chat("Rooms", "--max-rooms-per-client", 1, 1000, "Rooms per client.",
            "Rooms that one client is in. A request for one more gets an error.",
            limits => limits.RoomsPerClient, (limits, number) => limits with { RoomsPerClient = number }),
        Clients("Flood control", "--flood-burst", 1, Million, "Lines that a client may send in one burst.",
            "Lines or frames of one client that the server handles at once. It reads more only as the rate allows.",
            limits => limits.FloodBurst, (limits, number) => limits with { FloodBurst = number }),
        Clients("Flood control", "--flood-rate", 1, Million, "Sustained lines per second per client.",
            "Lines or frames per second of one client after the burst. The server reads more only as the rate allows.",
            limits => limits.FloodPerSecond, (limits, number) => limits with { FloodPerSecond = number }),
        Clients("Silence", "--idle-ping-s", 1, MaxSeconds - 1,
            "Seconds of silence before a client on frames or IRC is pinged; less than --idle-close-s.",
            "Silence of a client on frames or IRC. The server pings it. If only `--idle-close-s` is given and is not greater, this is"
                + " half of it.",
            limits => limits.IdlePingMs / MsPerSecond, (limits, number) => limits with { IdlePingMs = number * MsPerSecond }),
        Clients("Silence", "--idle-close-s", 2, MaxSeconds, "Seconds of silence before a client on frames or IRC is closed.",
            "Silence of a client on frames or IRC. The server closes it. If only `--idle-ping-s` is given and is not smaller, this is twice"
                + " that.",
            limits => limits.IdleCloseMs / MsPerSecond, (limits, number) => limits with { IdleCloseMs = number * MsPerSecond }),
        Loop("Output", "--outbox-hard-bytes", 4096, int.MaxValue,
            "Bytes queued for one client at which it is closed at once as a slow consumer.",
            "Bytes queued for one client. The server closes it at once as a slow consumer. If only `--outbox-soft-bytes` is given and is"
                + " greater, this is four times that.",
            limits => limits.SlowConsumer.HardBytes,
            (limits, number) => limits with { SlowConsumer = limits.SlowConsumer with { HardBytes = number } }),
        OptionRow.OfNumber("Output", "--outbox-soft-bytes", 1024, int.MaxValue,
            "Bytes queued for one client above which it has --outbox-soft-s to catch up.",
            "Bytes queued for one client. The server closes a client that stays above it for `--outbox-soft-s`. Above it, a client's"
                + " own commands wait, so that long answers do not get it closed. If only `--outbox-hard-bytes` is given and is"
                + " smaller, this is a quarter of it.",
            served => served.Loop.SlowConsumer.SoftBytes, (served, number) => served.WithSoftBytes(number)),
        Loop("Output", "--outbox-soft-s", 1, MaxSeconds, "Seconds that a client may stay above --outbox-soft-bytes.",
            "Time that a client may stay above `--outbox-soft-bytes`. Then the server closes it as a slow consumer.",
            limits => limits.SlowConsumer.SoftMs / MsPerSecond,
            (limits, number) => limits with { SlowConsumer = limits.SlowConsumer with { SoftMs = number * MsPerSecond } }),
        Loop("Connections", "--accepts-per-tick", 1, 100_000, "Clients accepted in one tick.",
            "Connections that one listener accepts in one tick. The rest wait for the next tick, so that connected clients are served.",
            limits => limits.AcceptsPerTick, (limits, number) => limits with { AcceptsPerTick = number }),
        Loop("Messages", "--read-bytes-per-tick", 512, 16 * (int)MiB, "Bytes read from one client in one tick.",
            "Bytes read from one client in one tick. The rest waits for the next tick, so that no client holds up the others.",
            limits => limits.ReadBytesPerTick, (limits, number) => limits with { ReadBytesPerTick = number }),
        OptionRow.OfNumber("History", "--history", 0, Million, "Events that each room remembers.",
            "Events of one room. The room forgets its oldest event for each new one.",
            served => served.Chat.History, (served, number) => served.WithHistory(number)),
        Chat("History", "--history-mb", 1, Million, "Memory for the history of all rooms, in MiB.",
            "Memory for the events of all rooms. The server first forgets empty rooms; then rooms forget their oldest events.",
            limits => limits.HistoryBytes / MiB, (limits, number) => limits with { HistoryBytes = number * MiB }),
        Chat("History", "--replay", 0, 1000, "Last lines of a room that a client on lines or IRC sees when it joins; 0 for none.",
            "Lines that a client sees when it joins. It can ask for earlier ones.",
            limits => limits.Replay, (limits, number) => limits with { Replay = number }),
        Text("Journal", "--data", "DIR", "none",
            "Directory for a journal: rooms remember across restarts, and no acknowledged event is lost.",
            "Without it, history is in memory only. The server does not start if it cannot write there.",
            (served, row, values) => served with { Data = values.Path(row) }),
        Words("Journal", "--durability", "LEVEL", "fsync", ["fsync", "os", "none"],
            "Promise of an acknowledgement, with --data: fsync, os or none.",
            "An `ok` promises that its event survives a loss of power (`fsync`), the end of the process (`os`), or nothing (`none`).",
            (served, word) => served.WithDurability(Enum.Parse<Durability>(word, ignoreCase: true))) with
        { Needs = NeedsData },
        Journal("--retain-mb", Million,
            "Journal size in MiB beyond which the oldest file is deleted (briefly an eighth, 1 to 64 MiB, more); 0 for no limit.",
            "Size of all journal files. The server deletes the oldest file, after it has begun the next.",
            journal => journal.RetainBytes / MiB, (journal, number) => journal with { RetainBytes = number * MiB }),
        Journal("--retain-days", 36_500, "Age in days at which a journal file is deleted; 0 for never.",
            "Age of a journal file. The server deletes the file when all its events are older.",
            journal => (long)journal.RetainFor.TotalDays, (journal, number) => journal with { RetainFor = TimeSpan.FromDays(number) }),
        Loop("Connections", "--max-per-ip", 1, Million, "Connections at the same time from one address (IPv6: from one /64).",
            "Connections from one address. The server sends the next one an error and closes it.",
            limits => limits.ClientsPerAddress, (limits, number) => limits with { ClientsPerAddress = number }),
        Loop("Connections", "--connect-rate", 1, Million, "New connections per minute from one address; as many may come in one burst.",
            "New connections from one address within a minute. The server sends the next one an error and closes it.",
            limits => limits.ConnectsPerMinute, (limits, number) => limits with { ConnectsPerMinute = number }),
        Loop("Connections", "--datagram-rate", 1, Million, "Datagrams per second from one address; as many may come in one burst.",
            "UDP datagrams of one address, this machine too. The server drops the next ones without an answer.",
            limits => limits.DatagramsPerSecond, (limits, number) => limits with { DatagramsPerSecond = number }),
        Words("Connections", "--limit-loopback", "on|off", "off", OnOff,
            "Apply --max-per-ip and --connect-rate to clients on this machine too.",
            "`off`, because a proxy on this machine brings many clients from one address.",
            (served, word) => served.WithLoop(limits => limits with { LimitLoopback = word == "on" })),
        Loop("Output", "--max-queued-mb", 1, Million,
            "Output queued for all clients, in MiB; beyond it, the client with the most is closed.",
            "Output queued for all clients together; shared bytes count once. The server closes the client with the most until the total"
                + " fits.",
            limits => limits.QueuedBytes / MiB, (limits, number) => limits with { QueuedBytes = number * MiB }),
        Clients("Flood control", "--flood-error-cost", 0, 1000, "Extra lines of the flood budget that an invalid line costs.",
            "Errors of one client. An invalid line or frame takes this much more of the burst: at the default, errors alone pass at"
                + " a fifth of the rate.",
            limits => limits.ErrorCost, (limits, number) => limits with { ErrorCost = number }),
        Clients("Flood control", "--max-errors-in-row", 1, Million,
            "Invalid lines in a row at which a client is closed, unless flood control is off.",
            "Invalid lines or frames in a row. The server sends a last error and closes the client.",
            limits => limits.ErrorsInRow, (limits, number) => limits with { ErrorsInRow = number }),
        Text("Access", "--password", "PASSWORD", "none",
            "Password that every client must give; MUXCHAT_PASSWORD keeps it out of the process list.",
            "A password of 1 to 256 bytes. A client that does not give it within 30 s is closed.",
            (served, row, values) => served with { Password = values.IsGiven(row) ? OptionReaders.Password(values.Text(row)) : null }),
        Text("Access", "--oper", "NAME:HASH", "none",
            "A server operator's name and the hash that muxchat hash printed; may be given several times.",
            "A client that gives this name and its password becomes a server operator.",
            (served, row, values) => served with { Operators = OptionReaders.Operators(values.IsGiven(row) ? values.All(row) : []) }),
        Text("Access", "--proxy-from", "CIDR", "none",
            "A proxy's address or block of addresses, which is believed about its clients' addresses; may be given several times.",
            "A connection from there may begin with a PROXY header, and the client that it names counts for the limits. "
                + "[Proxies](PROXIES.md) says what is trusted.",
            (served, row, values) => served with { Proxies = OptionReaders.Proxies(values.IsGiven(row) ? values.All(row) : []) }),
        Text("Access", "--gateway", "ADDRESS:HASH", "none",
            "An IRC gateway's address, an IPv6 address in brackets, and the hash that muxchat hash printed; may be given several times.",
            "A client from this address that sends WEBIRC with the password has the address that WEBIRC names.",
            (served, row, values) => served with { Gateways = OptionReaders.Gateways(values.IsGiven(row) ? values.All(row) : []) }),
        Text("Access", "--oper-uid", "USER", "none",
            "A user of this machine, by number or name, who is a server operator on a Unix socket; may be given several times.",
            "A client of a `+unix` listener whose process runs as this user is a server operator from the start. Linux only.",
            (served, row, values) => !values.IsGiven(row) ? served
                : served with { LocalOperators = OptionReaders.LocalOperators(values.All(row), served.Listen) }),
        Loop("Output", "--coalesce-us", 0, 100_000,
            "Microseconds that a loop under load waits to write more lines at once; 0 for none.",
            "Longest wait of a loop under load before it writes; never more than a sixteenth of the last tick. One write then carries more"
                + " lines.",
            limits => limits.CoalesceUs, (limits, number) => limits with { CoalesceUs = number }),
        .. NameOptions.Rows,
        .. TlsOptions.Rows,
        .. FileOptions.Rows,
        .. CommandOptions.Rows,
    ];

    /// <summary>The rows, in the order of the help.</summary>
    public static IReadOnlyList<OptionRow> All => Rows;

    /// <summary>The pairs of options of which one must stay below the other.</summary>
    public static IReadOnlyList<OptionPair> Pairs { get; } =
    [
        new("--outbox-soft-bytes", "--outbox-hard-bytes", Share: 4, Gap: 0),
        new("--max-file-mb", "--files-mb", Share: 1, Gap: 0),
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

    internal static OptionRow Text(
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

    internal static OptionRow Words(
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

    internal static OptionRow Loop(
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

    internal static OptionRow Chat(
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

    private static string LogLevelOf(OptionRow row, OptionValues values) => values.IsGivenWithoutValue(row) ? "debug" : values.Word(row);
}
