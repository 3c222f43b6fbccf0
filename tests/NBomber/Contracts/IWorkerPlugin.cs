using Microsoft.Extensions.Configuration;
using NBomber.Contracts.Stats;

namespace NBomber.Contracts;

public sealed record ScenarioStartInfo(string ScenarioName, int SortIndex);

public sealed record SessionStartInfo(ScenarioStartInfo[] Scenarios);

public interface IWorkerPlugin : IDisposable
{
    string PluginName { get; }

    Task Init(IBaseContext context, IConfiguration infraConfig);

    Task Start(SessionStartInfo sessionInfo);

    Task<PluginData> GetData(NodeStats stats);

    Task Stop();
}
