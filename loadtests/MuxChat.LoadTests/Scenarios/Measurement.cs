using MuxChat.LoadTests.Hosting;
using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Scenarios;

/// <summary>Measures a crowd that talks: warms up, takes the figures before and after, and drains.</summary>
internal static class Measurement
{
    /// <summary>How often a sample is taken, in seconds. A long run has fewer of them.</summary>
    private const double SampleSeconds = 0.25;

    private const int MostSamples = 240;

    public static RunResult Take(string name, Target target, Crowd crowd, LoadSettings settings, ProgressLine progress, double? rate = null)
    {
        var swarm = crowd.Swarm;
        var meter = new Meter(target, swarm);
        var talk = crowd.Talk(settings, rate);
        progress.Say($"{name}: warming up");
        talk.Run(settings.WarmSeconds);

        var sentBefore = talk.Sent;
        meter.Start();
        var step = Math.Max(SampleSeconds, settings.Seconds / MostSamples);
        for (var done = 0.0; done < settings.Seconds; done += step)
        {
            talk.Run(Math.Min(step, settings.Seconds - done));
            progress.Report(name, Math.Min(1, (done + step) / settings.Seconds), meter.TakeSample(), meter.P99Us);
        }

        meter.Stop();
        var sent = talk.Sent - sentBefore;
        talk.Drain();
        return meter.Finish(new RunResult
        {
            Name = name,
            Io = target.Io,
            Transport = settings.Transport,
            Clients = swarm.Clients.Count(client => !client.IsClosed),
            Senders = crowd.Senders.Count,
            LoginSeconds = crowd.LoginSeconds,
            Logins = crowd.Logins,
            Rate = rate ?? settings.Rate,
            Sent = sent,
        });
    }
}
