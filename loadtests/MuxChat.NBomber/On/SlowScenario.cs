using MuxChat.LoadTests;
using MuxChat.LoadTests.Audit;
using MuxChat.LoadTests.Bridge;
using MuxChat.LoadTests.Hosting;

namespace MuxChat.NBomber;

/// <summary>A broadcast beside clients that have stopped reading. One iteration is one line, until all who read have heard it.</summary>
internal sealed class SlowScenario : IAuditedScenario
{
    public string Name => "slow";

    public string Description => "a broadcast with K clients that have stopped reading: shows whether slow consumers harm the others.";

    public LoadSettings Defaults => new() { Clients = 200, Rate = 2000, PayloadBytes = 512, Seconds = 8 };

    public AuditCounts? Audit { get; private set; }

    public ScenarioProps Create(Target target, LoadSettings settings)
    {
        if (settings.Stalled >= settings.Clients - settings.Senders)
        {
            throw LoadException.Usage($"--stalled {settings.Stalled} is too many for --clients {settings.Clients}");
        }

        SwarmThread? thread = null;
        LiveRoom? room = null;
        return Scenario.Create(Name,
            async context => await Step.Run("say", context, async () => (await room!.Say()).ToResponse(settings.PayloadBytes)))
            .WithInit(async _ =>
            {
                thread = new SwarmThread(target.EndPoint, settings.PayloadBytes, target.Transport);
                room = await LiveRoom.Open(thread, settings.Clients, settings.Senders);
                await room.Stall(settings.Stalled);
            })
            .WithClean(async _ =>
            {
                Audit = await room!.Close();
                thread!.Dispose();
            })
            .WithWarmUp(settings)
            .WithLoadSimulations(Simulations.Of(settings));
    }
}
