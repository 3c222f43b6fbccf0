using System.CommandLine;
using System.Globalization;
using System.Net;
using MuxChat.LoadTests.Comparing;
using MuxChat.LoadTests.Reports;
using MuxChat.LoadTests.Wires;
using MuxChat.LoadTests.Yardsticks;

namespace MuxChat.LoadTests;

/// <summary>The options of a scenario or of the comparison, read as text and checked here, so that each mistake gets one line.</summary>
internal sealed class LoadOptionSet
{
    /// <summary>The options that every scenario takes, without those for results.</summary>
    public static IReadOnlyList<string> Common { get; } = ["--io", "--transport", "--connect", "--seconds", "--warm", "--payload"];

    /// <summary>The options that say where results go.</summary>
    public static IReadOnlyList<string> Files { get; } = ["--json", "--html", "--md", "--hgrm"];

    private static readonly string Transports = string.Join(", ", Transport.All.Select(static transport => transport.Name));

    private static readonly string[] ComparedNames = [.. ComparedScenario.All.Select(static scenario => scenario.Name)];

    private static readonly string YardstickNames = string.Join(", ", Yardstick.All.Select(static one => one.Name));

    private readonly Option<string[]> _failIf = new("--fail-if")
    {
        HelpName = "FIGURE>VALUE",
        Description = "Exit 3 when a figure crosses the value: p99>20ms, deliveries/cpu-s<4M. A fault in the audit always fails.",
        DefaultValueFactory = static _ => [],
    };

    private readonly Dictionary<string, (Option<string?> Option, string Default)> _options = [];

    public LoadOptionSet(LoadSettings defaults, bool isComparison = false)
    {
        if (isComparison)
        {
            Add("--io", "MODELS", "select,epoll,threads,async", "I/O models, separated by commas.");
            Add("--clients", "COUNTS", "10,100,1000", "Numbers of clients, separated by commas.");
            Add("--rounds", "N", "5", "Rounds; the results are medians.");
            Add("--scenarios", "NAMES", string.Join(',', ComparedNames), "Scenarios, separated by commas.");
            Add("--with", "SERVERS", "", $"Other servers to run in turn with it, where they are installed: {YardstickNames}.");
            Add("--versus", "SERVER", "", "Another build of the server, run in turn with this one; needs --versus-json.");
            Add("--versus-json", "FILE", "", "File for the other build's results, for report.");
            Add("--processors", "WORD", "both", "Server on one processor, or both on one and (broadcast only) on all: one, both.");
        }
        else
        {
            Add("--io", "MODEL", defaults.Io, "I/O model of the started server: auto, select, epoll, threads or async.");
            Add("--connect", "HOST:PORT", "", "A running server (lines, or auto; flood control off) to test instead of a started one.");
            Add("--clients", "N", Show(defaults.Clients), "Simulated clients.");
            Add("--rooms", "R", Show(defaults.Rooms), "Rooms (scenario rooms).");
            Add("--idle", "K", Show(defaults.Idle), "Silent clients (scenario idle).");
            Add("--stalled", "K", Show(defaults.Stalled), "Clients that stop reading (scenario slow).");
            Add("--logins", "R", Show(defaults.LoginsPerSecond), "Logins per second (scenario churn).");
            Add("--rate", "R", Show(defaults.Rate), "Lines per second; 0 keeps the window full.");
            Add("--p99-ms", "MS", Show(defaults.P99Ms), "The highest p99 that passes (scenario ramp).");
        }

        Add("--transport", "WORD", defaults.Transport, $"The wire of the clients: {Transports}.");
        Add("--senders", "S", Show(defaults.Senders), "Clients that speak.");
        Add("--seconds", "T", Show(defaults.Seconds), "Length of the measurement.");
        Add("--warm", "T", Show(defaults.WarmSeconds), "Warm-up before the measurement.");
        Add("--payload", "BYTES", Show(defaults.PayloadBytes), "Bytes in a line.");
        Add("--window", "N", Show(defaults.Window), "Lines in flight, if there is no rate.");
        Add("--json", "FILE", "", "File for the results as JSON.");
        Add("--html", "FILE", "", "File for the results as an HTML page with charts.");
        Add("--md", "FILE", "", "File for a summary as GitHub-flavoured Markdown.");
        Add("--hgrm", "FOLDER", "", "Folder for the distributions of latencies, one .hgrm file for each run.");
    }

    /// <summary>Gives a command the option for thresholds.</summary>
    public void AddThresholdsTo(Command command) => command.Options.Add(_failIf);

    /// <param name="command">The command that gets the options.</param>
    /// <param name="only">The names of those that it gets, the others keep their defaults; null for all.</param>
    public void AddTo(Command command, IReadOnlyCollection<string>? only = null)
    {
        foreach (var (option, _) in _options.Values.Where(one => only is null || only.Contains(one.Option.Name)))
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="LoadException">A value is wrong.</exception>
    public LoadSettings Read(ParseResult parsed)
    {
        Thresholds(parsed);
        ResultFiles.Check(
            ((string[])[.. Files, "--versus-json"]).Where(_options.ContainsKey).Select(name => (name, (string?)Text(parsed, name))), []);
        var settings = new LoadSettings
        {
            Transport = TransportOf(Text(parsed, "--transport"), Whole(parsed, "--payload", Audit.LineBody.MinBytes, 4_000)),
            Senders = Whole(parsed, "--senders", 1, 10_000),
            Seconds = Number(parsed, "--seconds", 0.1, 86_400),
            WarmSeconds = Number(parsed, "--warm", 0, 3_600),
            PayloadBytes = Whole(parsed, "--payload", Audit.LineBody.MinBytes, 4_000),
            Window = Whole(parsed, "--window", 1, 60_000),
        };
        if (!_options.ContainsKey("--connect"))
        {
            return settings;
        }

        var clients = Whole(parsed, "--clients", 2, 100_000);
        if (IsGiven(parsed, "--senders") && settings.Senders > clients)
        {
            throw LoadException.Usage($"--senders {settings.Senders} is too many for --clients {clients}");
        }

        if (IsGiven(parsed, "--window") && Rate(parsed) > 0)
        {
            throw LoadException.Usage($"--window {settings.Window}: there is a window only without a rate (--rate 0)");
        }

        return settings with
        {
            Io = Model(parsed),
            Connect = EndPoint(parsed),
            Clients = clients,
            Rate = Rate(parsed),
            Rooms = Whole(parsed, "--rooms", 1, 10_000),
            Idle = Whole(parsed, "--idle", 0, 100_000),
            Stalled = Whole(parsed, "--stalled", 1, 100_000),
            LoginsPerSecond = Number(parsed, "--logins", 1, 100_000),
            P99Ms = Number(parsed, "--p99-ms", 0.1, 60_000),
        };
    }

    /// <exception cref="LoadException">A value is wrong.</exception>
    public IReadOnlyList<string> Models(ParseResult parsed)
    {
        var models = Text(parsed, "--io").Split(',', StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray();
        var wrong = models.FirstOrDefault(model => !IoModels.All.Contains(model));
        return wrong is null && models.Length > 0
            ? models
            : throw LoadException.Usage($"--io {Text(parsed, "--io")}: it takes {string.Join(", ", IoModels.All)}");
    }

    /// <exception cref="LoadException">A value is wrong.</exception>
    public IReadOnlyList<int> ClientCounts(ParseResult parsed) =>
        [.. Text(parsed, "--clients").Split(',').Select(count => Whole("--clients", count, 2, 100_000)).Distinct()];

    /// <exception cref="LoadException">A name is wrong.</exception>
    public IReadOnlyList<ComparedScenario> Scenarios(ParseResult parsed)
    {
        var names = Text(parsed, "--scenarios").Split(',', StringSplitOptions.RemoveEmptyEntries);
        return names.Length > 0 && names.All(ComparedNames.Contains)
            ? [.. ComparedScenario.All.Where(scenario => names.Contains(scenario.Name))]
            : throw LoadException.Usage($"--scenarios {Text(parsed, "--scenarios")}: it takes {string.Join(", ", ComparedNames)}");
    }

    /// <summary>Other servers to compare with.</summary>
    /// <exception cref="LoadException">There is no such server, it is not installed, or the lines are too long for it.</exception>
    public IReadOnlyList<Yardstick> Yardsticks(ParseResult parsed)
    {
        var found = new List<Yardstick>();
        foreach (var name in Text(parsed, "--with").Split(',', StringSplitOptions.RemoveEmptyEntries).Distinct())
        {
            var yardstick = Yardstick.Find(name) ?? throw LoadException.Usage(
                $"--with {name}: it takes {YardstickNames}");
            yardstick.FindProgram(Yardstick.Folders);
            CheckPayload(yardstick.Transport, Whole(parsed, "--payload", Audit.LineBody.MinBytes, 4_000));
            found.Add(yardstick);
        }

        return found;
    }

    /// <summary>The other build of the server; null for none.</summary>
    /// <exception cref="LoadException">There is no such file, or its results have no file to go to.</exception>
    public string? Versus(ParseResult parsed) => (Text(parsed, "--versus"), Text(parsed, "--versus-json")) switch
    {
        ("", "") => null,
        ("", _) => throw LoadException.Usage("--versus-json is for the results of --versus SERVER, which is missing"),
        (_, "") => throw LoadException.Usage("--versus needs --versus-json FILE for the other build's results"),
        var (server, _) => File.Exists(server) ? server : throw LoadException.Usage($"--versus {server}: there is no such file"),
    };

    /// <summary>Whether the server is to run on all processors as well.</summary>
    /// <exception cref="LoadException">The word is wrong.</exception>
    public bool IsOnAll(ParseResult parsed) => Text(parsed, "--processors") switch
    {
        "one" => false,
        "both" => true,
        var wrong => throw LoadException.Usage($"--processors {wrong}: it takes one, both"),
    };

    /// <exception cref="LoadException">The value is wrong.</exception>
    public int Rounds(ParseResult parsed) => Whole(parsed, "--rounds", 1, 1000);

    /// <exception cref="LoadException">A threshold cannot be read.</exception>
    public IReadOnlyList<Threshold> Thresholds(ParseResult parsed) => [.. (parsed.GetValue(_failIf) ?? []).Select(Threshold.Parse)];

    /// <summary>Writes the files that were asked for, and says which.</summary>
    /// <exception cref="LoadException">A file could not be written; the others were.</exception>
    public void WriteFiles(ParseResult parsed, Report report, Report? versus)
    {
        var files = new List<(string File, Func<string> Content)>
        {
            (Text(parsed, "--json"), () => JsonReport.Write(report)),
            (Text(parsed, "--html"), () => HtmlReport.Write(report)),
            (Text(parsed, "--md"), () => MarkdownReport.Write(report)),
        };
        if (versus is not null)
        {
            files.Add((Text(parsed, "--versus-json"), () => JsonReport.Write(versus)));
        }

        if (Text(parsed, "--hgrm") is { Length: > 0 } folder)
        {
            files.AddRange(Distributions.Of(report).Select(one => (Path.Combine(folder, one.Name), (Func<string>)(() => one.Text))));
        }

        ResultFiles.Write(files);
    }

    private void Add(string name, string valueName, string shownDefault, string description) => _options[name] = (
        new Option<string?>(name)
        {
            HelpName = valueName,
            Description = shownDefault.Length > 0 ? $"{description} [default: {shownDefault}]" : description,
        },
        shownDefault);

    private bool IsGiven(ParseResult parsed, string name) => parsed.GetValue(_options[name].Option) is not null;

    private string Text(ParseResult parsed, string name) => parsed.GetValue(_options[name].Option) ?? _options[name].Default;

    private string Model(ParseResult parsed) => Models(parsed) is [var model]
        ? model
        : throw LoadException.Usage($"--io {Text(parsed, "--io")}: a scenario takes one model, compare takes several");

    private static string TransportOf(string text, int payloadBytes)
    {
        var transport = Transport.Find(text) ?? throw LoadException.Usage($"--transport {text}: it takes {Transports}");
        CheckPayload(transport, payloadBytes, "--transport ");
        return transport.Name;
    }

    private static void CheckPayload(Transport transport, int payloadBytes, string of = "--with ")
    {
        if (payloadBytes > transport.MaxPayloadBytes)
        {
            throw LoadException.Usage($"--payload {payloadBytes}: {of}{transport.Name} takes at most {transport.MaxPayloadBytes}");
        }
    }

    private int Whole(ParseResult parsed, string name, int min, int max) => Whole(name, Text(parsed, name), min, max);

    private static int Whole(string name, string text, int min, int max) =>
        Number(name, text, min, max) is var number && number == Math.Floor(number)
            ? (int)number
            : throw LoadException.Usage($"{name} {text}: it takes a whole number from {Show(min)} to {Show(max)}");

    private double Number(ParseResult parsed, string name, double min, double max) => Number(name, Text(parsed, name), min, max);

    private static double Number(string name, string text, double min, double max) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= min
        && number <= max
            ? number
            : throw LoadException.Usage($"{name} {text}: it takes a number from {Show(min)} to {Show(max)}");

    // So few lines that none may be said measure nothing.
    private double Rate(ParseResult parsed) =>
        Number(parsed, "--rate", 0, 10_000_000) is var rate && (rate == 0 || rate * Number(parsed, "--seconds", 0.1, 86_400) >= 1)
            ? rate
            : throw LoadException.Usage($"--rate {Text(parsed, "--rate")}: with --seconds {Text(parsed, "--seconds")} no line is said");

    private IPEndPoint? EndPoint(ParseResult parsed)
    {
        var text = Text(parsed, "--connect");
        if (!IsGiven(parsed, "--connect"))
        {
            return null;
        }

        if (parsed.GetValue(_options["--io"].Option) is { } io)
        {
            throw LoadException.Usage($"--io {io}: the server at {text} runs already, and has the I/O model that it was started with");
        }

        return IPEndPoint.TryParse(text.Replace("localhost", "127.0.0.1", StringComparison.Ordinal), out var endPoint) && endPoint.Port > 0
            ? endPoint
            : throw LoadException.Usage($"--connect {text}: it takes ADDRESS:PORT, such as 127.0.0.1:7070");
    }

    private static string Show(double number) => number.ToString(CultureInfo.InvariantCulture);
}
