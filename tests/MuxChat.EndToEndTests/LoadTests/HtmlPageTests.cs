using System.Net;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.LoadTests;

/// <summary>
/// The page of a run as Chromium shows it, in frames as wide as a screen, a tablet and a phone. Skipped where there is no Chromium.
/// </summary>
[Trait("run", "deep")]
public class HtmlPageTests
{
    // Into the title goes what is wider than it may be: the page, or a text of a chart. A table may be: its box scrolls.
    private const string Measure = """
        <script>
        const faults = [];
        function check(frame) {
          const page = frame.contentDocument;
          const where = `at ${frame.width} px: `;
          const root = page.documentElement;
          if (root.scrollWidth > root.clientWidth) faults.push(`${where}the page is ${root.scrollWidth} px wide`);
          for (const text of page.querySelectorAll('figure > svg text')) {
            const box = text.getBBox(), view = text.ownerSVGElement.viewBox.baseVal;
            if (box.x < -1 || box.y < -1 || box.x + box.width > view.width + 1 || box.y + box.height > view.height + 1)
              faults.push(`${where}${text.textContent} is cut`);
          }
          return page.querySelectorAll('figure > svg').length;
        }
        window.onload = () => {
          const charts = [...document.querySelectorAll('iframe')].map(check);
          document.title = `charts ${charts.join(' ')}; faults: ${faults.join('; ') || 'none'}`;
        };
        </script>
        """;

    [Theory]
    [InlineData("compare --io select,epoll,threads,async --clients 5,10 --rounds 1 --scenarios broadcast --processors one", 12)]
    [InlineData("idle --clients 10 --idle 20", 5)]
    public async Task Page_of_a_run_is_nowhere_wider_than_its_window(string arguments, int charts)
    {
        var browser = Programs.FindBrowser();
        Assert.SkipWhen(browser is null, "there is no chromium");
        using var folder = new OutputFolder();
        var run = ProgramRun.Of("MuxChat.LoadTests.dll",
            [.. arguments.Split(' '), "--seconds", "0.3", "--warm", "0.1", "--html", folder.File("a.html")]);
        Assert.True(run.ExitCode == 0, run.ToString());

        var page = WebUtility.HtmlEncode(await File.ReadAllTextAsync(folder.File("a.html"), TestContext.Current.CancellationToken));
        var frames = ((int[])[1200, 800, 420]).Select(width => $"<iframe width=\"{width}\" height=\"800\" srcdoc=\"{page}\"></iframe>");
        await File.WriteAllTextAsync(folder.File("frames.html"), $"<!doctype html><title></title>{Measure}{string.Concat(frames)}",
            TestContext.Current.CancellationToken);
        var shown = ProgramRun.Of(Programs.Command([browser!, "--headless=new", "--no-sandbox", "--disable-gpu",
            $"--user-data-dir={folder.File("profile")}", "--dump-dom", $"file://{folder.File("frames.html")}"]), Guard.ProgramMs);

        Assert.True(shown.ExitCode == 0, shown.ToString());
        Assert.Equal($"charts {charts} {charts} {charts}; faults: none", shown.OutputText.Split("<title>")[1].Split("</title>")[0]);
    }
}
