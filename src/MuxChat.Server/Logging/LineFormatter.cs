using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace MuxChat.Server.Logging;

/// <summary>Formats a log entry as one line on standard error: time in UTC, level, category and number, message, exception.</summary>
/// <remarks>
/// <see cref="CreateFactory"/> connects the parts by hand, because the usual service container took
/// more than half of a native executable's start time.
/// </remarks>
internal sealed class LineFormatter() : ConsoleFormatter(FormatterName)
{
    private const string FormatterName = "line";

    /// <summary>Log lines that may wait for the console: 4,096. Further ones are dropped and counted.</summary>
    private const int LogQueueLines = 4096;

    /// <summary>Creates a factory whose loggers write lines of this level and above.</summary>
    public static LoggerFactory CreateFactory(LogLevel level)
    {
        var options = new ConsoleLoggerOptions
        {
            FormatterName = FormatterName,
            LogToStandardErrorThreshold = LogLevel.Trace,
            QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite,
            MaxQueueLength = LogQueueLines,
        };
        var console = new ConsoleLoggerProvider(new FixedOptions(options), [new LineFormatter()]);
        var factory = new LoggerFactory([], new LoggerFilterOptions { MinLevel = level });

        // The factory would not dispose a provider given to its constructor, and waiting lines would be lost.
        factory.AddProvider(console);
        return factory;
    }

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var time = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        textWriter.Write($"{time} {NameOf(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] ");
        textWriter.Write(OneLine(logEntry.Formatter(logEntry.State, logEntry.Exception)));
        if (logEntry.Exception is { } exception)
        {
            textWriter.Write(' ');
            textWriter.Write(OneLine(exception.ToString()));
        }

        textWriter.Write(Environment.NewLine);
    }

    private static string OneLine(string text) => text.Replace(Environment.NewLine, " ", StringComparison.Ordinal);

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        LogLevel.Critical => "crit",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "No line has this level."),
    };

    // These options never change.
    private sealed class FixedOptions(ConsoleLoggerOptions options) : IOptionsMonitor<ConsoleLoggerOptions>
    {
        public ConsoleLoggerOptions CurrentValue => options;

        public ConsoleLoggerOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<ConsoleLoggerOptions, string?> listener) => null;
    }
}
