using System.Runtime.InteropServices;
using MuxChat.Terminal.Talking;

namespace MuxChat.Terminal.Saying;

/// <summary>Runs <c>muxchat say</c>.</summary>
public static class SayProgram
{
    /// <summary>
    /// Says a text, or each line of an input. Returns 0 if the server acknowledged every line, 1 if not, and 2 if there was nothing to say.
    /// </summary>
    /// <param name="options">The server and the room.</param>
    /// <param name="text">The text; null to read the input.</param>
    /// <param name="openInput">Opens standard input.</param>
    /// <param name="errors">Gets one line unless all went well.</param>
    public static int Run(SayOptions options, string? text, Func<Stream> openInput, TextWriter errors)
    {
        var talk = new TalkOptions { Connection = options.Connection, Rooms = [options.Room], Nick = options.Nick };
        using var loop = new TalkLoop(talk, recent: 0, ShellWords.Explain);
        loop.Listen(PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP);
        var lines = text is null ? new LineInput(openInput(), loop.Post) : null;
        var front = new SayFront(loop.Session, options, lines, errors);
        if (text is not null)
        {
            front.Add(text);
        }

        lines?.Start();
        return loop.Run(front);
    }
}
