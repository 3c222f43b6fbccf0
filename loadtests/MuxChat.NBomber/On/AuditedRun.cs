using MuxChat.LoadTests;
using MuxChat.LoadTests.Audit;
using MuxChat.LoadTests.Bridge;
using MuxChat.LoadTests.Hosting;
using NBomber.Contracts;
using NBomber.CSharp;

namespace MuxChat.NBomber;

/// <summary>
/// The clients of all scenarios of a run, and what their audit finds: as failed steps while it runs, as counters, and in the end whole.
/// Owns the clients.
/// </summary>
internal sealed class AuditedRun(Target target, int payloadBytes) : IDisposable
{
    private const string AuditStep = "audit";

    /// <summary>
    /// The kind of fault that is known only when the run is over. Until then such a line is one that was not heard by all.
    /// </summary>
    private const string Lost = "lost";

    private readonly LiveSwarm _live = new(target.EndPoint, payloadBytes, target.Transport);

    private readonly List<(string Kind, Action<IBaseContext> Register, Action<int> Add)> _counters =
        [.. new AuditCounts().Faults().Select(static fault => fault.Kind).Where(static kind => kind != Lost).Select(CounterOf)];

    /// <summary>Why the clients of a scenario could not begin; null if they could.</summary>
    public LoadException? Failure { get; private set; }

    /// <summary>Whether NBomber accepted all that it was given, and began.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>
    /// Registers a counter for each kind of fault that is known while the run goes on.
    /// </summary>
    public void Register(IBaseContext context) => _counters.ForEach(counter => counter.Register(context));

    /// <summary>Logs a scenario's clients in.</summary>
    public async Task Begin(Func<LiveSwarm, Task> login)
    {
        HasBegun = true;
        try
        {
            await login(_live);
        }
        catch (LoadException error)
        {
            // NBomber tells it with a stack trace; what is wrong is one line.
            Failure = error;
            throw;
        }
    }

    /// <summary>
    /// The outcome of an iteration: a failure if its own steps failed, or if anything was found wrong since the last iteration that asked,
    /// whichever it was. Each fault is a failed step <c>audit</c> with its kind as the status code. An iteration has no size of its own:
    /// NBomber adds up those of its steps.
    /// </summary>
    public async Task<IResponse> Judge(IScenarioContext context, bool isOk)
    {
        var faults = await _live.NewFaults();
        foreach (var (kind, count) in faults.Faults().Where(static fault => fault.Count > 0))
        {
            _counters.Find(counter => counter.Kind == kind).Add((int)count);
            for (var i = 0; i < count; i++)
            {
                await Step.Run(AuditStep, context,
                    () => Task.FromResult(Response.Fail<int>(statusCode: kind, message: "found by the receivers' audit")));
            }
        }

        return isOk && faults.IsClean ? Response.Ok() : Response.Fail();
    }

    /// <summary>Closes the books, once, and returns what they say.</summary>
    public Task<AuditCounts> Close() => _live.Close();

    public void Dispose() => _live.Dispose();

    private static (string Kind, Action<IBaseContext> Register, Action<int> Add) CounterOf(string kind)
    {
        var counter = Metric.CreateCounter($"audit-{kind}", "lines");
        return (kind, context => context.RegisterMetric(counter), count => counter.Add(count));
    }
}
