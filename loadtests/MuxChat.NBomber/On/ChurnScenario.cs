using MuxChat.LoadTests;
using MuxChat.LoadTests.Bridge;
using MuxChat.LoadTests.Clients;
using NBomber.Contracts;
using NBomber.CSharp;

namespace MuxChat.NBomber;

/// <summary>
/// Clients come, join, speak and leave, half of them orderly and half by reset, while others watch. One iteration is one client.
/// </summary>
internal sealed class ChurnScenario : INBomberScenario
{
    public string Name => "churn";

    public string Description => "clients connect, join, speak and leave, R per second, by /quit and by reset: the time of each step.";

    public LoadSettings Defaults => new();

    public IReadOnlyList<string> Options => ["--logins"];

    public ScenarioProps Create(AuditedRun run, NBomberSettings settings)
    {
        LiveChurn? churn = null;
        return Scenario.Create(Name, async context => await run.Judge(context, await ComeAndGo(churn!, context, settings.Load)))
            .WithInit(_ => run.Begin(async live => churn = await LiveChurn.Open(live)))
            .WithSettings(settings, settings.Simulations(settings.Load.LoginsPerSecond, copies: 0));
    }

    // Whoever came leaves, whatever became of its line: the next clients would meet a room of left over ones.
    private static async Task<bool> ComeAndGo(LiveChurn churn, IScenarioContext context, LoadSettings load)
    {
        LoadClient? client = null;
        await Step.Run("login", context, async () =>
        {
            client = await churn.Come();
            return client is not null ? Response.Ok() : Response.Fail(statusCode: "rejected");
        });
        if (client is null)
        {
            return false;
        }

        var said = await Step.Run("say", context, async () => (await churn.Say(client)).ToResponse(load.PayloadBytes));
        var left = await Step.Run("leave", context, async () =>
            await churn.Leave(client) ? Response.Ok() : Response.Fail(statusCode: "still connected"));
        return !said.IsError && !left.IsError;
    }
}
