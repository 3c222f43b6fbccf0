using System.CommandLine;
using MuxChat.LoadTests.Comparing;
using MuxChat.LoadTests.Reports;
using Spectre.Console;

namespace MuxChat.LoadTests;

/// <summary>
/// <c>report A.json</c> shows a report again, and writes its page. <c>report A.json B.json</c> says whether the second server is slower.
/// </summary>
internal static class ReportCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var files = new Argument<string[]>("files")
        {
            HelpName = "A.json [B.json]",
            Description = "One report, to be shown again, or two, to be compared.",
            Arity = new ArgumentArity(1, 2),
        };
        var html = new Option<string?>("--html") { HelpName = "FILE", Description = "File for the page of one report." };
        var markdown = new Option<string?>("--md") { HelpName = "FILE", Description = "File for the summary of one report, in Markdown." };
        var documents = new Option<string?>("--documents")
        {
            HelpName = "FOLDER",
            Description = "The folder whose README.md and docs/LOADTESTS.md get the figures.",
            Hidden = true,
        };
        var command = new Command("report", "one report again, or whether the server of a second one is slower (exit 3 when it is).");
        command.Arguments.Add(files);
        command.Options.Add(html);
        command.Options.Add(markdown);
        command.Options.Add(documents);
        command.SetAction(parsed =>
        {
            var names = parsed.GetValue(files)!.Select(Path.GetFullPath).ToList();
            if (names.Distinct().Count() < names.Count)
            {
                throw LoadException.Usage($"report {string.Join(' ', parsed.GetValue(files)!)}: that is one report twice");
            }

            ResultFiles.Check([("--html", parsed.GetValue(html)), ("--md", parsed.GetValue(markdown))], names);
            var reports = parsed.GetValue(files)!.Select(JsonReport.Read)
                .Select(static report => report with { Findings = Findings.Of(report.Comparison) }).ToList();
            if (reports is [var first, var second])
            {
                return parsed.GetValue(html) is null && parsed.GetValue(markdown) is null
                    ? Compare(console, first, second)
                    : throw LoadException.Usage("--html and --md take one report");
            }

            Show(console, reports[0]);
            ResultFiles.Write([(parsed.GetValue(html) ?? "", () => HtmlReport.Write(reports[0])),
                (parsed.GetValue(markdown) ?? "", () => MarkdownReport.Write(reports[0]))]);
            if (parsed.GetValue(documents) is { } root)
            {
                MeasuredDocuments.Write(root, reports[0]);
            }

            return reports[0].ExitCode;
        });
        return command;
    }

    /// <summary>Shows the tables of a report.</summary>
    public static void Show(IAnsiConsole console, Report report)
    {
        if (report.Comparison.Count > 0)
        {
            ComparisonTable.Write(console, report);
        }
        else
        {
            ResultTable.Write(console, report);
        }

        foreach (var crossed in report.Crossed)
        {
            console.MarkupLineInterpolated($"[red]FAILED[/] {crossed}");
        }
    }

    /// <summary>Shows two reports side by side, and what follows. The exit code says whether the second server is slower.</summary>
    public static int Compare(IAnsiConsole console, Report first, Report second)
    {
        var difference = Difference.Between(first, second);
        DifferenceTable.Write(console, first, second, difference);
        return first.ExitCode == LoadCommandLine.Failed || second.ExitCode == LoadCommandLine.Failed ? LoadCommandLine.Failed
            : difference.Verdict == Verdict.Slower ? LoadCommandLine.CrossedThreshold : 0;
    }
}
