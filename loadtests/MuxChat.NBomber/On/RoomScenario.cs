using MuxChat.LoadTests;
using MuxChat.LoadTests.Bridge;
using NBomber.Contracts;
using NBomber.CSharp;

namespace MuxChat.NBomber;

/// <summary>
/// All clients in one room, some of them speak; perhaps beside clients that have stopped reading. One iteration is one line, until all
/// who read have heard it. Without a rate one copy of the scenario is one user: it speaks as a client of its own.
/// </summary>
internal sealed class RoomScenario : INBomberScenario
{
    private readonly bool _hasStalled;

    private RoomScenario(bool hasStalled) => _hasStalled = hasStalled;

    public static RoomScenario Broadcast { get; } = new(hasStalled: false)
    {
        Name = "broadcast",
        Description = "N clients in one room, S of them speak: the time until all have received a line.",
        Defaults = new LoadSettings(),
        Options = ["--clients", "--senders", "--rate"],
    };

    public static RoomScenario Slow { get; } = new(hasStalled: true)
    {
        Name = "slow",
        Description = "a broadcast with K clients that have stopped reading: shows whether slow consumers harm the others.",
        Defaults = new LoadSettings { Clients = 200, Rate = 2000, PayloadBytes = 512, Seconds = 8 },
        Options = ["--clients", "--senders", "--rate", "--stalled"],
    };

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required LoadSettings Defaults { get; init; }

    public required IReadOnlyList<string> Options { get; init; }

    public ScenarioProps Create(AuditedRun run, NBomberSettings settings)
    {
        var load = settings.Load;
        if (_hasStalled && load.Stalled >= load.Clients - load.Senders)
        {
            throw LoadException.Usage($"--stalled {load.Stalled} is too many for --clients {load.Clients}: who speaks must read");
        }

        LiveRoom? room = null;
        return Scenario.Create(Name, async context =>
            {
                int? sender = load.Rate > 0 ? null : context.ScenarioInfo.InstanceNumber;
                var said = await Step.Run("say", context, async () => (await room!.Say(sender)).ToResponse(load.PayloadBytes));
                return await run.Judge(context, !said.IsError);
            })
            .WithInit(_ => run.Begin(async live =>
            {
                var stalled = _hasStalled ? load.Stalled : 0;
                room = await LiveRoom.Open(live, load.Clients - stalled, load.Senders);
                await room.AddStalled(stalled);
            }))
            .WithSettings(settings, settings.Simulations(load.Rate, copies: load.Senders));
    }
}
