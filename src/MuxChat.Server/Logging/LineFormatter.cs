using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace MuxChat.Server.Logging;

/// <summary>Writes a log entry as one line on standard error: time in UTC, level, category and number, message, exception.</summary>
/// <remarks>
/// The parts are put together here by hand. The container of services that usually does it took more than half of the start of a native
/// executable.
/// </remarks>
internal sealed class LineFormatter() : ConsoleFormatter(FormatterName)
{
    private const string FormatterName = "line";

    /// <summary>Log lines that may wait for the console; when it does not keep up, further ones are dropped and counted.</summary>
    private const int LogQueueLines = 4096;

    /// <summary>A factory whose loggers write lines of this level and above.</summary>
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

        // Given to the constructor it would not be disposed of with the factory, and lines that still wait would be lost.
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

    // Options that never change.
    private sealed class FixedOptions(ConsoleLoggerOptions options) : IOptionsMonitor<ConsoleLoggerOptions>
    {
        public ConsoleLoggerOptions CurrentValue => options;

        public ConsoleLoggerOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<ConsoleLoggerOptions, string?> listener) => null;
    }
}
