using Microsoft.Extensions.Logging;

namespace MuxChat.UnitTests.Server;

/// <summary>A log in memory: each line with its level.</summary>
internal sealed class LogLines : ILogger
{
    private readonly List<string> _lines = [];

    public List<string> Taken()
    {
        List<string> taken = [.. _lines];
        _lines.Clear();
        return taken;
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        _lines.Add($"{logLevel} {formatter(state, exception)}");
}
