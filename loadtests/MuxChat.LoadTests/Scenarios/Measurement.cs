using MuxChat.LoadTests.Hosting;
using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Scenarios;

/// <summary>Measures a crowd that talks: warms up, takes the figures before and after, and drains.</summary>
internal static class Measurement
{
    public static RunResult Take(string name, Target target, Crowd crowd, LoadSettings settings, ProgressLine progress, double? rate = null)
    {
        var swarm = crowd.Swarm;
        var rest = target.Process();
        var talk = crowd.Talk(settings, rate);
        progress.Say($"{name}: warming up");
        talk.Run(settings.WarmSeconds);

        swarm.Latency.Clear();
        var statsBefore = target.Stats();
        var before = target.Process();
        var deliveredBefore = talk.Delivered;
        var sentBefore = talk.Sent;
        var startUs = swarm.NowUs();
        swarm.IsMeasuring = true;
        RunWithProgress(name, talk, settings.Seconds, progress);
        swarm.IsMeasuring = false;
        var seconds = (swarm.NowUs() - startUs) / 1e6;
        var after = target.Process();
        var delivered = talk.Delivered - deliveredBefore;
        var sent = talk.Sent - sentBefore;
        var statsAfter = target.Stats();
        talk.Drain();

        return new RunResult
        {
            Name = name,
            Io = settings.Io,
            Transport = settings.Transport,
            Clients = swarm.Clients.Count(client => !client.IsClosed),
            Senders = crowd.Senders.Count,
            Seconds = seconds,
            LoginSeconds = crowd.LoginSeconds,
            Sent = sent,
            Delivered = delivered,
            Latency = LatencyFigures.Of(swarm.Latency),
            UserSeconds = (after?.UserSeconds ?? 0) - (before?.UserSeconds ?? 0),
            SystemSeconds = (after?.SystemSeconds ?? 0) - (before?.SystemSeconds ?? 0),
            ResidentRestKb = rest?.ResidentKb ?? 0,
            ResidentLoadKb = after?.ResidentKb ?? 0,
            Threads = after?.Threads ?? 0,
            ContextSwitches = (after?.ContextSwitches ?? 0) - (before?.ContextSwitches ?? 0),
            AllocatedBytes = Difference(statsAfter, statsBefore, "allocated"),
            Collections = Difference(statsAfter, statsBefore, "collections"),
            LongestTickUs = statsAfter.GetValueOrDefault("longest tick"),
            Audit = swarm.Counts,
        };
    }

    /// <summary>How much one of the server's figures has grown.</summary>
    public static long Difference(IReadOnlyDictionary<string, long> after, IReadOnlyDictionary<string, long> before, string name) =>
        after.GetValueOrDefault(name) - before.GetValueOrDefault(name);

    private static void RunWithProgress(string name, Talk talk, double seconds, ProgressLine progress)
    {
        const double Step = 0.25;
        var before = talk.Delivered;
        for (var done = 0.0; done < seconds; done += Step)
        {
            var step = Math.Min(Step, seconds - done);
            talk.Run(step);
            progress.Report(name, (done + step) / seconds, (talk.Delivered - before) / step);
            before = talk.Delivered;
        }
    }
}
