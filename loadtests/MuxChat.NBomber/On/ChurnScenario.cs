using MuxChat.LoadTests;
using MuxChat.LoadTests.Audit;
using MuxChat.LoadTests.Bridge;
using MuxChat.LoadTests.Clients;
using MuxChat.LoadTests.Hosting;

namespace MuxChat.NBomber;

/// <summary>
/// Clients come, join, speak and leave, half of them orderly and half by reset, while others watch. One iteration is one client.
/// </summary>
internal sealed class ChurnScenario : IAuditedScenario
{
    public string Name => "churn";

    public string Description => "clients connect, join, speak and leave, R per second, by /quit and by reset: the time of each step.";

    public LoadSettings Defaults => new();

    public AuditCounts? Audit { get; private set; }

    public ScenarioProps Create(Target target, LoadSettings settings)
    {
        SwarmThread? thread = null;
        LiveChurn? churn = null;
        return Scenario.Create(Name, async context => await ComeAndGo(churn!, context, settings))
            .WithInit(async _ =>
            {
                thread = new SwarmThread(target.EndPoint, settings.PayloadBytes, target.Transport);
                churn = await LiveChurn.Open(thread);
            })
            .WithClean(async _ =>
            {
                Audit = await churn!.Close();
                thread!.Dispose();
            })
            .WithWarmUp(settings)
            .WithLoadSimulations(Simulations.PerSecond(settings.LoginsPerSecond, settings));
    }

    private static async Task<IResponse> ComeAndGo(LiveChurn churn, IScenarioContext context, LoadSettings settings)
    {
        LoadClient? client = null;
        var login = await Step.Run("login", context, async () =>
        {
            client = await churn.Come();
            return client is not null ? Response.Ok() : Response.Fail(statusCode: "rejected");
        });
        if (client is null)
        {
            return login;
        }

        await Step.Run("say", context, async () => (await churn.Say(client)).ToResponse(settings.PayloadBytes));
        return await Step.Run("leave", context, async () =>
            await churn.Leave(client) ? Response.Ok() : Response.Fail(statusCode: "still connected"));
    }
}
