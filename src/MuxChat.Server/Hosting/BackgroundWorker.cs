using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Chat.Text;
using MuxChat.Server.Commands;
using MuxChat.Server.Logging;

namespace MuxChat.Server.Hosting;

/// <summary>Runs slow work on one background thread: verifies operators' passwords, and reads the message of the day.</summary>
/// <remarks>Requests run one at a time, so that many password attempts use at most one processor.</remarks>
internal sealed class BackgroundWorker : IBackgroundWorker, IDisposable
{
    /// <summary>Waiting requests, without the current one: 16. Further ones are refused.</summary>
    private const int MaxWaiting = 16;

    /// <summary>Characters of a file error that are logged: 300.</summary>
    private const int ShownCharacters = 300;

    private const int StackBytes = 256 * 1024;

    /// <summary>How long a stopping server waits for the current request: 5 s.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyDictionary<string, PasswordHash> _operators;
    private readonly bool _isNeeded;
    private readonly string? _motdFile;
    private readonly OperatorLog _log;
    private readonly PasswordHash? _nobody;
    private readonly SpscQueue<WorkItem> _tasks = new(MaxWaiting);

    // Holds as many as can be requested and not taken: the waiting requests and the finished ones.
    private readonly SpscQueue<WorkOutcome> _outcomes = new(MaxWaiting * 2);
    private readonly AutoResetEvent _signal = new(false);
    private readonly Thread _thread;
    private Action _wake = () => { };
    private int _underWay;
    private volatile bool _isStopping;

    /// <param name="operators">The operators' hashes by name.</param>
    /// <param name="hasLocalOperators">Whether users of this machine are operators too, who have no password here.</param>
    /// <param name="motdFile">The file with the message of the day; null for none.</param>
    /// <param name="logger">The log.</param>
    /// <param name="time">The clock for the log's rate limits.</param>
    public BackgroundWorker(
        IReadOnlyDictionary<string, PasswordHash> operators, bool hasLocalOperators, string? motdFile, ILogger logger, TimeProvider time)
    {
        _operators = operators;
        _isNeeded = hasLocalOperators || operators.Count > 0;
        _motdFile = motdFile;
        _log = new OperatorLog(logger, time);
        _thread = new Thread(Run, StackBytes) { Name = "operators", IsBackground = true };

        // An unknown name is verified too, against a hash that no password matches. Creating the hash also loads
        // the code for verifying, while descriptors are left.
        _nobody = operators.Count == 0
            ? null : PasswordHash.Of(RandomNumberGenerator.GetBytes(32), operators.Values.Max(hash => hash.Iterations));
    }

    public bool HasOperators => _operators.Count > 0;

    /// <summary>Starts the thread. Without operators no client can make a request, so there is no thread.</summary>
    /// <param name="wake">Wakes the loop to take an outcome. Called on the worker's thread.</param>
    public void Start(Action wake)
    {
        _wake = wake;
        if (_isNeeded)
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

    /// <inheritdoc/>
    public void NoteGrant(OperatorAct act, string user) => _log.Granted(act, user);

    public void Dispose()
    {
        _isStopping = true;
        _signal.Set();
        if (!_isNeeded || (_thread.ThreadState & ThreadState.Unstarted) != 0 || _thread.Join(Patience))
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
                // The put succeeds, because never more requests are accepted than fit.
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
            // The work must be the same as for any other name.
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
/// <param name="By">The client that made the request.</param>
/// <param name="Claim">The password to verify; null to read the message of the day.</param>
internal sealed record WorkItem(OperatorAct By, OperatorClaim? Claim);
