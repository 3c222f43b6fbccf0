using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using MuxChat.Terminal.Screen;

namespace MuxChat.Terminal.Talking;

/// <summary>Runs <c>muxchat talk</c>.</summary>
public static class TalkProgram
{
    /// <summary>Events that a room shows on the screen from before the client entered: 50.</summary>
    public const int RecentEvents = 50;

    /// <summary>
    /// Talks by lines, until the end of the input and the last acknowledgement. Returns the exit code: 0, or 1 after trouble.
    /// </summary>
    /// <param name="options">The server, the rooms and the nick.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="output">Gets the events.</param>
    /// <param name="errors">Gets mistakes, one a line.</param>
    public static int RunPlain(TalkOptions options, Stream input, TextWriter output, TextWriter errors)
    {
        using var loop = new TalkLoop(options, recent: 0);
        loop.Listen(PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP);
        var lines = new LineInput(input, loop.Post);
        var front = new PlainFront(loop.Session, lines, output, errors)
        {
            HasNoReader = OutputPipe.HasNoReader,
            CountsMistakes = Console.IsInputRedirected,
        };
        lines.Start();
        return loop.Run(front);
    }

    /// <summary>Talks at the terminal of this process, until the user ends it. Returns the exit code: 0, or 1 after trouble.</summary>
    /// <param name="options">The server, the rooms and the nick.</param>
    /// <param name="hasColours">Whether the terminal has colours and the user wants them.</param>
    /// <param name="errors">Gets the lines that were not acknowledged, and the unfinished files, after the screen is as it was.</param>
    [UnsupportedOSPlatform("windows")]
    public static int RunOnScreen(TalkOptions options, bool hasColours, TextWriter errors)
    {
        using var loop = new TalkLoop(options, RecentEvents);
        using var device = new TerminalDevice();
        var renderer = new ScreenRenderer(new TextStyle(hasColours), TimeZoneInfo.Local);
        var front = new ScreenFront(loop.Session, device, renderer, options.Connection.Address.ToString());
        loop.Listen(PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT, PosixSignal.SIGWINCH,
            PosixSignal.SIGCONT);

        // An error on another thread ends the process at once: the terminal must not stay as it is.
        AppDomain.CurrentDomain.UnhandledException += (_, _) => device.Leave();
        device.Enter();
        new Thread(() => ReadKeys(loop)) { IsBackground = true, Name = "keys in" }.Start();
        int code;
        try
        {
            code = loop.Run(front);
        }
        finally
        {
            device.Leave();
        }

        if (front.EndReason.Length > 0)
        {
            errors.WriteLine($"muxchat: {SafeText.Clean(front.EndReason)}");
        }

        foreach (var sentence in front.Unfinished)
        {
            errors.WriteLine($"muxchat: {SafeText.Clean(sentence)}");
        }

        foreach (var line in front.Unacknowledged)
        {
            errors.WriteLine($"muxchat: not acknowledged: {SafeText.Clean(line)}");
        }

        return code;
    }

    /// <summary>Whether standard input and output are a terminal that can be drawn on.</summary>
    /// <param name="terminal">The variable TERM.</param>
    [UnsupportedOSPlatformGuard("windows")]
    public static bool HasScreen(string? terminal) => !OperatingSystem.IsWindows() && !Console.IsInputRedirected
        && !Console.IsOutputRedirected && terminal is not (null or "" or "dumb");

    /// <summary>Whether to colour, by the variables NO_COLOR (no-color.org) and TERM.</summary>
    public static bool HasColours(string? noColour, string? terminal) => TextStyle.HasColours(noColour, terminal);

    [UnsupportedOSPlatform("windows")]
    private static void ReadKeys(TalkLoop loop)
    {
        var buffer = new byte[4096];
        while (TerminalDevice.Read(buffer) is > 0 and var count)
        {
            loop.Post(new TalkInput.Typed(buffer[..count]));
        }

        loop.Post(new TalkInput.Ended(null));
    }
}
