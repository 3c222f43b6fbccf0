using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Chat.Text;
using MuxChat.Server.Commands;
using MuxChat.Server.Logging;
using MuxChat.Server.Options;

namespace MuxChat.Server.Hosting;

/// <summary>
/// Runs slow work on one background thread: verifies passwords of operators and gateways, and reads the server's files again.
/// </summary>
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

    /// <summary>The longest time between two checks of the certificates' expiry.</summary>
    private static readonly TimeSpan BetweenChecks = TimeSpan.FromDays(1);

    private readonly IReadOnlyDictionary<string, PasswordHash> _operators;
    private readonly Dictionary<string, PasswordHash> _gateways;
    private readonly bool _isNeeded;
    private readonly ServerFiles _files;
    private readonly ILogger _logger;
    private readonly OperatorLog _log;
    private readonly PasswordHash? _nobody;
    private readonly SpscQueue<Func<WorkOutcome>> _tasks = new(MaxWaiting);

    // Holds as many as can be requested and not taken: the waiting requests and the finished ones.
    private readonly SpscQueue<WorkOutcome> _outcomes = new(MaxWaiting * 2);
    private readonly AutoResetEvent _signal = new(false);
    private readonly Thread _thread;
    private Action _wake = () => { };
    private int _underWay;
    private volatile bool _isStopping;
    private volatile bool _isRereadWanted;
    private byte[]? _motd;

    /// <param name="options">Name the operators and the gateways.</param>
    /// <param name="files">The files to read again.</param>
    /// <param name="logger">The log.</param>
    /// <param name="time">The clock for the log's rate limits.</param>
    public BackgroundWorker(ServerOptions options, ServerFiles files, ILogger logger, TimeProvider time)
    {
        var operators = options.Operators;
        _operators = operators;
        _gateways = options.Gateways.ToDictionary(static one => one.Key.ToString(), static one => one.Value);
        _isNeeded = options.LocalOperators.Count + operators.Count + _gateways.Count > 0 || files.HasAny;
        _files = files;
        _logger = logger;
        _log = new OperatorLog(logger, time);
        _thread = new Thread(Run, StackBytes) { Name = "operators", IsBackground = true };

        // An unknown name is verified too, against a hash that no password matches. Creating the hash also loads
        // the code for verifying, while descriptors are left.
        _nobody = operators.Count == 0
            ? null : PasswordHash.Of(RandomNumberGenerator.GetBytes(32), operators.Values.Max(hash => hash.Iterations));
    }

    public bool HasOperators => _operators.Count > 0;

    /// <summary>Starts the thread. Without operators and files there is nothing to do, and no thread.</summary>
    /// <param name="wake">Wakes the loop to take an outcome. Called on the worker's thread.</param>
    public void Start(Action wake)
    {
        _wake = wake;
        if (_isNeeded)
        {
            _thread.Start();
        }
    }

    public bool TryVerify(OperatorClaim claim) => TryEnqueue(() => Verify(claim));

    public bool TryVerify(GatewayClaim claim) => TryEnqueue(() => Verify(claim));

    public bool TryReread(OperatorAct act) => TryEnqueue(() => Reread(act));

    public bool TryTakeOutcome(out WorkOutcome outcome)
    {
        var isThere = _outcomes.TryTake(out outcome);
        _underWay -= isThere ? 1 : 0;
        return isThere;
    }

    public byte[]? TakeMotd() => Volatile.Read(ref _motd) is null ? null : Interlocked.Exchange(ref _motd, null);

    /// <summary>Asks to read the server's files again, soon. Callable from any thread.</summary>
    public void RequestReread()
    {
        if (!_isNeeded)
        {
            _logger.ReadAgain(_files.ReadAgain().Outcome);
        }
        else if (!_isStopping)
        {
            _isRereadWanted = true;
            _signal.Set();
        }
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

    private bool TryEnqueue(Func<WorkOutcome> task)
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
                _outcomes.TryPut(task());
                _wake();
            }
            else if (_isRereadWanted)
            {
                _isRereadWanted = false;
                ReadAgain();
            }
            else
            {
                _signal.WaitOne(BetweenChecks);
                _files.CheckExpiry();
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

    private WorkOutcome Verify(GatewayClaim claim)
    {
        var isRight = _gateways.TryGetValue(claim.Gateway, out var hash) && hash.IsRight(claim.Password);
        CryptographicOperations.ZeroMemory(claim.Password);
        _log.Verified(claim, isRight);
        return new WorkOutcome(isRight);
    }

    private WorkOutcome Reread(OperatorAct by)
    {
        var reread = _files.ReadAgain();
        _log.Rehashed(by, PlainText.Escape(reread.Outcome, ShownCharacters));
        return new WorkOutcome(reread.IsDone, reread.Motd);
    }

    private void ReadAgain()
    {
        var reread = _files.ReadAgain();
        if (reread.IsDone)
        {
            _logger.ReadAgain(PlainText.Escape(reread.Outcome, ShownCharacters));
        }
        else
        {
            _logger.NotReadAgain(PlainText.Escape(reread.Outcome, ShownCharacters));
        }

        if (reread.Motd is not null)
        {
            Interlocked.Exchange(ref _motd, reread.Motd);
            _wake();
        }
    }
}
