using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Metrics;
using MuxChat.Server.Logging;
using MuxChat.Server.Running;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Server.Running;

/// <summary>Runners of real programs, which are scripts of the shell, and a folder for what these write.</summary>
public abstract class ProgramPlay : IDisposable
{
    /// <summary>So long that a test fails before.</summary>
    private protected const int ManySeconds = 1000;

    private readonly List<ProgramRunner> _runners = [];

    private protected MetricSet Metrics { get; } = new();

    private protected string Folder { get; } = Directory.CreateTempSubdirectory("muxrun").FullName;

    public void Dispose()
    {
        _runners.ForEach(static runner => runner.Dispose());
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected ProgramRunner Runner(int seconds = 60, long outputBytes = 1024 * 1024)
    {
        Assert.True(AllowedProgram.TryParse("sh=/bin/sh -c {.*}", out var shell, out _));
        var runner = new ProgramRunner([shell!], new ProgramLimits { Seconds = seconds, OutputBytes = outputBytes }, Metrics.Commands,
            new CommandLog(NullLogger.Instance, TimeProvider.System), TimeProvider.System, static () => { });
        _runners.Add(runner);
        return runner;
    }

    private protected ProgramRequest Request(string script, bool isCollected = false) =>
        new(_runners[0].Programs[0], ["-c"u8.ToArray(), Encoding.UTF8.GetBytes(script)], new OperatorAct("a", "b"))
        {
            IsCollected = isCollected,
        };

    private protected IProgramRun Start(ProgramRunner runner, string script, bool isCollected = false) =>
        runner.TryStart(Request(script, isCollected)) ?? throw new InvalidOperationException("busy");

    private protected static Taken Finish(IProgramRun run)
    {
        var streams = new[] { new StringBuilder(), new StringBuilder() };
        RunEnd? end = null;
        while (end is null)
        {
            Guard.Until(() => run.IsReady, "output or the end");
            end = run.End;
            while (run.TryTake(out var block))
            {
                Assert.InRange(block.Bytes.Length, 1, OutputBlock.MaxBytes);
                streams[(int)block.Stream].Append(Encoding.UTF8.GetString(block.Bytes.Span));
            }
        }

        return new Taken($"{streams[0]}", $"{streams[1]}", end);
    }

    private protected sealed record Taken(string Output, string Errors, RunEnd End);
}
