using Microsoft.Extensions.Configuration;
using MuxChat.LoadTests.Audit;
using NBomber.Contracts;
using NBomber.Contracts.Stats;

namespace MuxChat.NBomber;

/// <summary>The whole audit in NBomber's reports: a table, and a hint with the verdict. Does not own the run.</summary>
internal sealed class AuditPlugin(AuditedRun run) : IWorkerPlugin
{
    public string PluginName => "muxchat-audit";

    /// <summary>The audit's line: what the receivers found, and whether that is all right.</summary>
    public static string Describe(AuditCounts audit) => audit.IsClean
        ? $"audit: {audit.Delivered:N0} deliveries, each line once, whole and in order"
        : $"AUDIT FAILED: {audit.DescribeFaults()}";

    public Task Init(IBaseContext context, IConfiguration infraConfig)
    {
        run.Register(context);
        return Task.CompletedTask;
    }

    public Task Start(SessionStartInfo sessionInfo) => Task.CompletedTask;

    /// <summary>Closes the books: all iterations have ended when NBomber asks.</summary>
    public async Task<PluginData> GetData(NodeStats stats)
    {
        var audit = await run.Close();
        var table = PluginDataTable.Create("Audit of all deliveries");
        table.Rows.Add(Row("delivered", audit.Delivered));
        table.Rows.AddRange(audit.Faults().Select(static fault => Row(fault.Kind, fault.Count)));
        var data = PluginData.Create(PluginName);
        data.Tables.Add(table);
        data.Hints.Add(Describe(audit));
        return data;
    }

    public Task Stop() => Task.CompletedTask;

    public void Dispose()
    {
    }

    private static Dictionary<string, object> Row(string kind, long lines) => new() { ["Kind"] = kind, ["Lines"] = lines };
}
