using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Terminal;

/// <summary>A program on a real terminal that tmux draws: what it shows, what is typed, and its size.</summary>
internal sealed class TmuxScreen : IDisposable
{
    private readonly DataFolder _folder = new();
    private readonly string _socket;

    /// <summary>Starts a shell that runs a command, and stays after it.</summary>
    public TmuxScreen(IEnumerable<string> words, int columns, int rows)
    {
        Assert.SkipUnless(Programs.IsInPath("tmux"), "there is no tmux");
        _socket = Path.Combine(_folder.Path, "s");
        var command = string.Join(' ', words.Select(static word => $"'{word}'"));
        var script = $"{command}; echo ended with \\$?; stty -a | grep -o ' icanon'; exec sleep 1000";
        Tmux("new-session", "-d", "-x", $"{columns}", "-y", $"{rows}", $"env LANG=C.UTF-8 TZ=UTC sh -c \"{script}\"");
    }

    /// <summary>The process of the program, which is a child of the shell.</summary>
    public string ProgramId => Tmux("list-panes", "-F", "#{pane_pid}").Output[0];

    /// <summary>The rows that are shown.</summary>
    public IReadOnlyList<string> Rows => Tmux("capture-pane", "-p").Output;

    /// <summary>Waits until the screen is as it should be.</summary>
    public void WaitFor(Func<IReadOnlyList<string>, bool> fits, string what)
    {
        IReadOnlyList<string> rows = [];
        Assert.True(SpinWait.SpinUntil(() => fits(rows = Rows), Guard.Ms),
            $"The screen did not come to this: {what}\n{string.Join('\n', rows)}");
    }

    /// <summary>Waits until a row ends with these words.</summary>
    public void WaitFor(string words) => WaitFor(rows => rows.Any(row => row.TrimEnd().EndsWith(words, StringComparison.Ordinal)), words);

    public void Type(string text) => Tmux("send-keys", "-l", text);

    /// <summary>Presses keys by tmux's names, such as <c>Enter</c> and <c>C-c</c>.</summary>
    public void Press(params string[] keys) => Tmux(["send-keys", .. keys]);

    public void Resize(int columns, int rows) => Tmux("resize-window", "-x", $"{columns}", "-y", $"{rows}");

    public void Dispose()
    {
        Tmux("kill-server");
        _folder.Dispose();
    }

    private ProgramRun Tmux(params string[] arguments) =>
        ProgramRun.Of(Programs.Command(["tmux", "-u", "-f", "/dev/null", "-S", _socket, .. arguments]), Guard.Ms);
}
