using System.CommandLine;
using System.Globalization;
using MuxChat.LoadTests;
using NBomber.Contracts.Stats;

namespace MuxChat.NBomber;

/// <summary>The options that only a run under NBomber has: its ramp, its threshold and its reports.</summary>
internal sealed class ReportOptions
{
    private const string DefaultFolder = "nbomber-reports";
    private const string DefaultFormats = "txt,csv,html,md";
    private const double MaxSeconds = 86_400;
    private const double MaxP99Ms = 60_000;

    private readonly Option<string?> _ramp = New("--ramp", "T", "Seconds in which the load rises before --seconds. [default: 0]");
    private readonly Option<string?> _p99 = New("--p99-ms", "MS", "The highest p99 of the step say that passes. [default: any]");

    private readonly Option<string?> _folder = New("--report-folder", "DIR", $"Folder for the reports. [default: {DefaultFolder}]");

    private readonly Option<string?> _formats = New("--report-formats", "LIST",
        $"Reports, with commas between, or none. [default: {DefaultFormats}]");

    public void AddTo(Command command)
    {
        command.Options.Add(_ramp);
        command.Options.Add(_p99);
        command.Options.Add(_folder);
        command.Options.Add(_formats);
    }

    /// <exception cref="LoadException">A value is wrong.</exception>
    public NBomberSettings Read(ParseResult parsed, LoadSettings load) => new()
    {
        Load = load,
        RampSeconds = Number(parsed, _ramp, MaxSeconds) ?? 0,
        P99Ms = Number(parsed, _p99, MaxP99Ms),
        ReportFolder = parsed.GetValue(_folder) ?? DefaultFolder,
        ReportFormats = Formats(parsed.GetValue(_formats) ?? DefaultFormats),
    };

    private static IReadOnlyList<ReportFormat> Formats(string text) =>
        text == "none" ? [] : [.. text.Split(',').Select(FormatOf).Distinct()];

    private static ReportFormat FormatOf(string word) => DefaultFormats.Split(',').Contains(word)
        ? Enum.Parse<ReportFormat>(word, ignoreCase: true)
        : throw LoadException.Usage($"--report-formats {word}: it takes {DefaultFormats} or none");

    private static double? Number(ParseResult parsed, Option<string?> option, double max)
    {
        if (parsed.GetValue(option) is not { } text)
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= max
            ? number
            : throw LoadException.Usage($"{option.Name} {text}: it takes a number from 0 to {max:0}");
    }

    private static Option<string?> New(string name, string valueName, string description) =>
        new(name) { HelpName = valueName, Description = description };
}
