using MuxChat.LoadTests;
using MuxChat.LoadTests.Audit;
using MuxChat.LoadTests.Bridge;
using MuxChat.LoadTests.Hosting;

namespace MuxChat.NBomber;

/// <summary>All clients in one room, some of them speak. One iteration is one line, until all others have heard it.</summary>
internal sealed class BroadcastScenario : IAuditedScenario
{
    public string Name => "broadcast";

    public string Description => "N clients in one room, S of them speak: the time until all have received a line.";

    public LoadSettings Defaults => new() { Rooms = 1 };

    public AuditCounts? Audit { get; private set; }

    public ScenarioProps Create(Target target, LoadSettings settings)
    {
        SwarmThread? thread = null;
        LiveRoom? room = null;
        return Scenario.Create(Name,
            async context => await Step.Run("say", context, async () => (await room!.Say()).ToResponse(settings.PayloadBytes)))
            .WithInit(async _ =>
            {
                thread = new SwarmThread(target.EndPoint, settings.PayloadBytes, target.Transport);
                room = await LiveRoom.Open(thread, settings.Clients, settings.Senders);
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
