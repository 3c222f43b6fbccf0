namespace MuxChat.Simulation.Running;

/// <summary>
/// Cuts a failing run down: leaves out clients, then actions, as long as the same check fails. What is left is what matters.
/// </summary>
internal sealed class TraceCutter(RunResult failed)
{
    private const int MaxRuns = 300;

    private int _runs;
    private int _ticks = failed.Ticks;

    /// <summary>The smallest run found, with its trace. The run itself is repeated at least once.</summary>
    public RunResult Cut()
    {
        var clients = new SimWorld(failed.Seed, new Omissions(), new Trace(keepsLines: false)).Plan;
        var omissions = new Omissions();
        for (var client = 0; client < clients.Clients; client++)
        {
            omissions = TryLeavingOut(omissions, omissions.With(client));
        }

        for (var length = clients.Actions; length > 0; length /= 2)
        {
            for (var client = 0; client < clients.Clients; client++)
            {
                for (var first = 0; first < clients.Actions && !omissions.Has(client); first += length)
                {
                    omissions = TryLeavingOut(omissions, omissions.With(client, first, Math.Min(length, clients.Actions - first)));
                }
            }
        }

        return SimRun.Of(failed.Seed, keepsLines: true, omissions);
    }

    // A run that fails the same check, but later, is no smaller.
    private Omissions TryLeavingOut(Omissions sure, Omissions attempt)
    {
        if (_runs++ >= MaxRuns)
        {
            return sure;
        }

        var result = SimRun.Of(failed.Seed, omissions: attempt);
        if (result.Failure?.Check != failed.Failure!.Check || result.Ticks > _ticks)
        {
            return sure;
        }

        _ticks = result.Ticks;
        return attempt;
    }
}
