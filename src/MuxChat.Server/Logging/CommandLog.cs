using System.Text;
using Microsoft.Extensions.Logging;
using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Server.Logging;

/// <summary>Logs each run of a program, at most so many a minute; the rest are counted. Used by the serving thread only.</summary>
internal sealed class CommandLog(ILogger logger, TimeProvider time)
{
    /// <summary>Lines per minute: 60.</summary>
    private const int LinesPerMinute = 60;

    /// <summary>Characters of the arguments that are shown: 300.</summary>
    private const int ShownCharacters = 300;

    private readonly RateLimit _ran = new(time, TimeSpan.FromMinutes(1), LinesPerMinute);

    /// <summary>Logs the end of a run.</summary>
    public void Ran(ProgramRequest request, RunEnd end)
    {
        if (_ran.TryPass(out var suppressed))
        {
            var line = string.Join(' ', request.Arguments.Select(Quoted).Prepend(request.Program.Name));
            logger.CommandRan(LoggingObserver.Escape(request.By.Nick.Length > 0 ? request.By.Nick : "exec"),
                LoggingObserver.Escape(request.By.RemoteName), PlainText.Escape(line, ShownCharacters),
                PlainText.Escape(end.Describe(), ShownCharacters), end.DurationMs, end.OutputBytes + end.ErrorBytes, suppressed);
        }
    }

    // As a user on lines types it, so that the log shows where an argument ends.
    private static string Quoted(byte[] argument)
    {
        var text = Encoding.UTF8.GetString(argument);
        return text.Length > 0 && text.IndexOfAny([' ', '"']) < 0 ? text : ArgumentWords.Quote(text);
    }
}
