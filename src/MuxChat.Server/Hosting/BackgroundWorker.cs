using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Chat.Text;
using MuxChat.Server.Commands;
using MuxChat.Server.Logging;

namespace MuxChat.Server.Hosting;

/// <summary>
/// Does on one thread of its own what takes too long for whoever serves: verifies operators' passwords, reads the message of the day. One
/// thing after the other, so that however many try passwords, they cost one processor at the most.
/// </summary>
internal sealed class BackgroundWorker : IBackgroundWorker, IDisposable
{
    /// <summary>Requests that may wait, the one that is worked on not counted: 16. Further ones are refused.</summary>
    private const int MaxWaiting = 16;

    /// <summary>Characters of a message about a file that are logged: 300.</summary>
    private const int ShownCharacters = 300;

    private const int StackBytes = 256 * 1024;

    /// <summary>How long a stopping server waits for what is worked on: 5 s.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyDictionary<string, PasswordHash> _operators;
    private readonly string? _motdFile;
    private readonly OperatorLog _log;
    private readonly PasswordHash? _nobody;
    private readonly SpscQueue<WorkItem> _tasks = new(MaxWaiting);

    // As many as can be under way and not taken: those that wait, and the one that was worked on.
    private readonly SpscQueue<WorkOutcome> _outcomes = new(MaxWaiting * 2);
    private readonly AutoResetEvent _signal = new(false);
    private readonly Thread _thread;
    private Action _wake = () => { };
    private int _underWay;
    private volatile bool _isStopping;

    /// <param name="operators">The operators' hashes by name.</param>
    /// <param name="motdFile">Where the message of the day stands; null for nowhere.</param>
    /// <param name="logger">The log.</param>
    /// <param name="time">The time, for the log's limits.</param>
    public BackgroundWorker(IReadOnlyDictionary<string, PasswordHash> operators, string? motdFile, ILogger logger, TimeProvider time)
    {
        _operators = operators;
        _motdFile = motdFile;
        _log = new OperatorLog(logger, time);
        _thread = new Thread(Run, StackBytes) { Name = "operators", IsBackground = true };

        // A name that is nobody's is verified too, against what no password fits. It also loads what verifying
        // needs, while there are descriptors.
        _nobody = operators.Count == 0 ? null : PasswordHash.Of(RandomNumberGenerator.GetBytes(32), operators.Values.Max(hash => hash.Iterations));
    }

    public bool HasOperators => _operators.Count > 0;

    /// <summary>Begins to work. Without operators nobody can ask for anything, and there is no thread.</summary>
    /// <param name="wake">Wakes the loop: there is an outcome. Called on the worker's thread.</param>
    public void Start(Action wake)
    {
        _wake = wake;
        if (HasOperators)
        {
            _thread.Start();
        }
    }

    public bool TryVerify(OperatorClaim claim) => TryEnqueue(new WorkItem(claim.By, claim));

    public bool TryReadMotd(OperatorAct act) => TryEnqueue(new WorkItem(act, null));

    public bool TryTakeOutcome(out WorkOutcome outcome)
    {
        var isThere = _outcomes.TryTake(out outcome);
        _underWay -= isThere ? 1 : 0;
        return isThere;
    }

    public void NoteKill(OperatorAct act, string victim) => _log.Killed(act, victim);

    /// <inheritdoc/>
    public void NoteOverride(OperatorAct act, string room, string modes) => _log.Overrode(act, room, modes);

    public void Dispose()
    {
        _isStopping = true;
        _signal.Set();
        if (!HasOperators || (_thread.ThreadState & ThreadState.Unstarted) != 0 || _thread.Join(Patience))
        {
            _signal.Dispose();
        }
    }

    private bool TryEnqueue(WorkItem task)
    {
        if (_underWay > MaxWaiting || !_tasks.TryPut(task))
        {
            return false;
        }

        _underWay++;
        _signal.Set();
        return true;
    }

    private void Run()
    {
        while (!_isStopping)
        {
            if (_tasks.TryTake(out var task))
            {
                // There is a place for it: no more are under way than fit.
                _outcomes.TryPut(task.Claim is null ? ReadMotd(task.By) : Verify(task.Claim));
                _wake();
            }
            else
            {
                _signal.WaitOne();
            }
        }
    }

    private WorkOutcome Verify(OperatorClaim claim)
    {
        var isKnown = _operators.TryGetValue(Encoding.UTF8.GetString(claim.Name), out var hash);
        var isRight = (hash ?? _nobody!).IsRight(claim.Password) && isKnown;
        if (isKnown && hash!.Iterations < _nobody!.Iterations)
        {
            // As much work as for any other name.
            PasswordHash.Of(claim.Password, _nobody.Iterations - hash.Iterations);
        }

        CryptographicOperations.ZeroMemory(claim.Password);
        _log.Verified(claim, isRight);
        return new WorkOutcome(isRight);
    }

    private WorkOutcome ReadMotd(OperatorAct by)
    {
        try
        {
            var done = "done";
            var motd = Motd.Read(_motdFile, lines => done = $"it has {lines} lines, only the first {Motd.MaxLines} are shown");
            _log.Rehashed(by, motd is null ? "there is no --motd" : done);
            return new WorkOutcome(IsDone: motd is not null, motd);
        }
        catch (StartupException error)
        {
            _log.Rehashed(by, PlainText.Escape(error.Message, ShownCharacters));
            return new WorkOutcome(IsDone: false);
        }
    }
}

/// <summary>One request to the worker.</summary>
/// <param name="By">Who asked.</param>
/// <param name="Claim">What is to be verified; null when the message of the day is to be read.</param>
internal sealed record WorkItem(OperatorAct By, OperatorClaim? Claim);
