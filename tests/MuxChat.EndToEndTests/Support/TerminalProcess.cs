using System.Diagnostics;
using System.Text;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Support;

/// <summary>A program at a terminal of its own, made by script(1): what it shows, and what is typed there.</summary>
internal sealed class TerminalProcess : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts the built server.</summary>
    public TerminalProcess(string arguments)
        : this(Muxchat.Words, arguments)
    {
    }

    /// <summary>Starts any program.</summary>
    /// <param name="program">The words that start it.</param>
    /// <param name="arguments">What follows, as a shell reads it.</param>
    public TerminalProcess(IEnumerable<string> program, string arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "script(1) of util-linux");
        var words = string.Join(' ', program.Select(word => $"'{word}'"));
        var start = Programs.Command(["script", "-q", "-e", "-c", $"{words} {arguments}", "/dev/null"]);
        start.Environment["TERM"] = "xterm";
        start.RedirectStandardInput = true;
        _process = Process.Start(start)!;
    }

    public void Type(string keys)
    {
        _process.StandardInput.Write(keys);
        _process.StandardInput.Flush();
    }

    /// <summary>All that is shown from the last read up to the end of these words.</summary>
    public string ReadTo(string words) => Read(shown => shown.EndsWith(words, StringComparison.Ordinal), words);

    /// <summary>All that is shown up to the end of the program.</summary>
    public string ReadToEnd() => Read(_ => false, "the end");

    /// <summary>The terminal goes away, and its program gets SIGHUP from the kernel.</summary>
    public void HangUp()
    {
        _process.Kill();
        _process.WaitForExit(Guard.Ms);
    }

    public int WaitForExit()
    {
        Assert.True(_process.WaitForExit(Guard.Ms), $"Within {Guard.Ms} ms the program at the terminal did not end.");
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit(Guard.Ms);
        }

        _process.Dispose();
    }

    // On another thread, for a read from a pipe has no limit of its own.
    private string Read(Func<string, bool> isEnough, string awaited)
    {
        var shown = new StringBuilder();
        var reading = Task.Run(() =>
        {
            while (!isEnough(shown.ToString()) && _process.StandardOutput.Read() is >= 0 and var next)
            {
                shown.Append((char)next);
            }
        });
        Assert.True(reading.Wait(Guard.Ms), $"Within {Guard.Ms} ms the terminal did not show {awaited}, but: {shown}");
        return shown.ToString();
    }
}
