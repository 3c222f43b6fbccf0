using System.Text;
using MuxChat.LoadTests.Clients;
using MuxChat.LoadTests.Hosting;
using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Scenarios;

/// <summary>Clients come, join, speak and leave, half of them orderly and half by reset, while others watch.</summary>
internal sealed class ChurnScenario : IScenario
{
    private const int Watchers = 5;
    private const long StayUs = 500_000;
    private const long SampleUs = 250_000;
    private const double LeaveLimitSeconds = 30;

    /// <summary>
    /// Descriptors that a runtime may open once and keep, at the first reset that it sees in the middle of a receive: 11 were seen.
    /// </summary>
    private const int RuntimeDescriptors = 16;

    private const string Room = "#churn";

    public string Name => "churn";

    public string Description =>
        "clients connect, join, speak and leave, R per second, by /quit and by reset: logins per second, and leaks.";

    public LoadSettings Defaults => new() { Clients = Watchers };

    public IReadOnlyList<string> Options => ["--logins"];

    public IReadOnlyList<RunResult> Run(Target target, LoadSettings settings, ProgressLine progress)
    {
        using var swarm = new Swarm(target.EndPoint, settings.PayloadBytes, target.Transport);
        swarm.Login(Watchers, i => $"/nick w{i}\n/join {Room}\n/part #lobby\n", TimeSpan.FromSeconds(30));
        var news = new ChurnNews(Watchers);
        swarm.ServerLine = news.Note;
        var meter = new Meter(target, swarm);
        var warm = WarmUp(swarm, settings, progress, news);
        var before = target.Process();
        swarm.Logins.Clear();
        meter.Start();
        var (logins, loginSeconds) = Drive(swarm, settings, progress, meter);
        meter.Stop();
        var complete = HasSeen(swarm, news, warm + logins);
        swarm.CloseLedgers();
        var result = meter.Finish(new RunResult
        {
            Name = Name,
            Io = target.Io,
            Transport = settings.Transport,
            Clients = Watchers,
            Logins = LatencyFigures.Of(swarm.Logins),
            Rate = settings.LoginsPerSecond,
            Sent = logins,
        });
        var after = target.Process();
        result.More["logins/s"] = logins / loginSeconds;
        if (result.CpuSeconds > 0)
        {
            result.More["logins/cpu-s"] = logins / result.CpuSeconds;
        }

        if (before is not null && after is not null)
        {
            result.More["descriptors-before"] = before.Descriptors;
            result.More["descriptors-after"] = after.Descriptors;
        }

        Judge(result, news, warm + logins, complete, target.Stats().GetValueOrDefault("clients"), before, after);
        return [result];
    }

    // The first ones make the server load what it needs for them. Two come at least, whatever the time: one who quits and one who resets.
    private static int WarmUp(Swarm swarm, LoadSettings settings, ProgressLine progress, ChurnNews news)
    {
        const double Least = 2.5;
        var seconds = Math.Max(settings.WarmSeconds, Least / settings.LoginsPerSecond);
        var (logins, _) = Drive(swarm, settings with { Seconds = seconds }, progress, meter: null);
        HasSeen(swarm, news, logins);
        return logins;
    }

    // Whether the watchers see in time that so many have joined, spoken and quit.
    private static bool HasSeen(Swarm swarm, ChurnNews news, int logins) => swarm.PumpUntil(
        () => Math.Min(Math.Min(news.Joined, news.Quit), swarm.Counts.Delivered) >= (long)logins * Watchers,
        TimeSpan.FromSeconds(10));

    // How many came, and within how many seconds: those in which the last ones leave do not count.
    private static (int Logins, double Seconds) Drive(Swarm swarm, LoadSettings settings, ProgressLine progress, Meter? meter)
    {
        var logins = 0;
        var staying = new Queue<LoadClient>();
        var startUs = swarm.NowUs();
        var end = startUs + (long)(settings.Seconds * 1e6);
        var sampleUs = startUs;
        var seconds = settings.Seconds;
        long now;
        while ((now = swarm.NowUs()) < end || staying.Count > 0)
        {
            var due = Math.Min(now, end) - startUs;
            for (var count = (int)(settings.LoginsPerSecond * due / 1e6); logins < count; logins++)
            {
                staying.Enqueue(Come(swarm, DueUs(logins)));
                seconds = Math.Max(settings.Seconds, (swarm.NowUs() - startUs) / 1e6);
            }

            if (now > end + (long)(LeaveLimitSeconds * 1e6))
            {
                throw new LoadException(
                    $"{staying.Count} clients of churn are still not logged in, {LeaveLimitSeconds} s after the last one connected");
            }

            while (staying.TryPeek(out var first) && (first.IsReady || first.IsClosed) && first.ReadyUs + StayUs <= now)
            {
                Leave(swarm, staying.Dequeue());
            }

            swarm.PumpBefore(Math.Min(now < end ? DueUs(logins) : long.MaxValue, NextLeaveUs()));
            if (now - sampleUs >= SampleUs && meter is not null)
            {
                progress.Report("churn", Math.Min(1, (double)(now - startUs) / (end - startUs)), meter.TakeSample(), meter.P99Us);
                sampleUs = now;
            }
        }

        progress.Say($"churn: {logins} logins made");
        return (logins, seconds);

        long DueUs(int login) => startUs + (long)((login + 1) / settings.LoginsPerSecond * 1e6);
        long NextLeaveUs() => staying.TryPeek(out var first) && first.IsReady ? first.ReadyUs + StayUs : long.MaxValue;
    }

    private static LoadClient Come(Swarm swarm, long dueUs)
    {
        var client = swarm.Connect($"/nick u{swarm.Clients.Count}\n/join {Room}\n/part #lobby\n", isAudited: false, dueUs);
        ExpectAt(swarm, client);
        return client;
    }

    private static void ExpectAt(Swarm swarm, LoadClient client)
    {
        foreach (var watcher in swarm.Clients.Take(Watchers))
        {
            watcher.Ledger.Expect(client.Index, 0);
        }
    }

    private static void Leave(Swarm swarm, LoadClient client)
    {
        client.IsLeaving = true;
        swarm.Say(client, client.ReadyUs + StayUs);
        if (client.Index % 2 == 0)
        {
            client.Send("/quit\n"u8);
        }
        else
        {
            // Reset only once the line is through: a reset takes unread bytes with it.
            client.Send("/ping leave\n"u8);
        }
    }

    private static void Judge(RunResult result, ChurnNews news, int logins, bool complete, long present, ProcessFigures? before,
        ProcessFigures? after)
    {
        if (!complete)
        {
            result.Failures.Add($"of {logins} logins the watchers saw {news.Joined / Watchers} join and {news.Quit / Watchers} quit");
        }

        if (present != Watchers + 1)
        {
            result.Failures.Add($"{present - Watchers - 1} clients are still in the room after all have left");
        }

        if (before is not null && after is not null && after.Descriptors > before.Descriptors + RuntimeDescriptors)
        {
            result.Failures.Add($"descriptors leak: {before.Descriptors} before, {after.Descriptors} after");
        }
    }

    /// <summary>What the watchers are told of those who come and go.</summary>
    private sealed class ChurnNews(int watchers)
    {
        public long Joined { get; private set; }

        public long Quit { get; private set; }

        public void Note(LoadClient client, ReadOnlyMemory<byte> line)
        {
            var text = Encoding.UTF8.GetString(line.Span);
            if (client.Index < watchers)
            {
                Joined += text.EndsWith($" joined {Room}", StringComparison.Ordinal) && !text.StartsWith("* w", StringComparison.Ordinal)
                    ? 1 : 0;
                Quit += text.Contains(" quit", StringComparison.Ordinal) ? 1 : 0;
            }
            else if (client.IsLeaving && text == "* pong leave")
            {
                client.Close(expected: true, byReset: true);
            }
        }
    }
}
