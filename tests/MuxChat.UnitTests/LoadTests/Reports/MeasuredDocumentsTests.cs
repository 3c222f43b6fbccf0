using MuxChat.LoadTests;
using MuxChat.LoadTests.Comparing;
using MuxChat.LoadTests.Reports;
using MuxChat.Testing.Processes;
using MuxChat.UnitTests.LoadTests.Comparing;

namespace MuxChat.UnitTests.LoadTests.Reports;

public sealed class MeasuredDocumentsTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("muxchat-documents-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Each_model_is_divided_by_the_floor_of_the_same_round()
    {
        var text = MeasuredDocuments.AgainstFloor(ReportOf(RowOf("floor", 100, 200, 400), RowOf("epoll", 90, 220, 300),
            RowOf("threads", 10, 20, 40), RowOf("epoll", 1, 1, 1) with { IsOnAll = true }));
        Assert.StartsWith("| `--io` | clients | of the floor, median | least and most |\n|---|---:|---:|---|\n"
            + "| `epoll` | 100 | 0.90 | 0.75 to 1.10 |\n| `threads` | 100 | 0.10 | 0.10 to 0.10 |\n\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_replace_those_between_the_marks_in_both_documents_and_nothing_else()
    {
        Directory.CreateDirectory(Path.Combine(_root.FullName, "docs"));
        string[] files = ["README.md", Path.Combine("docs", "LOADTESTS.md")];
        foreach (var file in files)
        {
            File.WriteAllText(Path.Combine(_root.FullName, file),
                $"before\n{MeasuredDocuments.Begin}\nold\n{MeasuredDocuments.End}\nafter\n");
        }

        MeasuredDocuments.Write(_root.FullName, ReportOf(RowOf("floor", 100, 200, 400), RowOf("epoll", 90, 220, 300)));
        Assert.All(files, file =>
        {
            var text = File.ReadAllText(Path.Combine(_root.FullName, file));
            Assert.StartsWith($"before\n{MeasuredDocuments.Begin}\n", text, StringComparison.Ordinal);
            Assert.EndsWith($"{MeasuredDocuments.End}\nafter\n", text, StringComparison.Ordinal);
            Assert.Contains("| ", text, StringComparison.Ordinal);
            Assert.DoesNotContain("old", text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Document_without_the_marks_and_report_without_a_floor_say_so()
    {
        File.WriteAllText(Path.Combine(_root.FullName, "README.md"), "nothing");
        var error = Assert.Throws<LoadException>(
            () => MeasuredDocuments.Write(_root.FullName, ReportOf(RowOf("floor", 1, 1, 1), RowOf("epoll", 1, 1, 1))));
        Assert.Contains("README.md has no place for figures", error.Message, StringComparison.Ordinal);
        var floorless = Assert.Throws<LoadException>(() => MeasuredDocuments.AgainstFloor(ReportOf(RowOf("epoll", 1, 1, 1))));
        Assert.Contains("--with floor", floorless.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Readme_and_load_tests_have_figures_of_the_same_run()
    {
        Assert.Equal(StampIn("README.md"), StampIn("docs/LOADTESTS.md"));

        static string StampIn(string document) => Assert.Single(
            Repository.Read(document).Split('\n'), static line => line.StartsWith("Measured on ", StringComparison.Ordinal));
    }

    private static ComparisonRow RowOf(string io, params double[] rounds) => MadeUp.Row(100, io, 1) with
    {
        Values = new Dictionary<string, IReadOnlyList<double>> { ["deliveries/cpu-s"] = rounds },
    };

    private static Report ReportOf(params ComparisonRow[] rows) =>
        MadeUpReports.Scenario(MadeUpReports.Result()) with { Comparison = rows };
}
