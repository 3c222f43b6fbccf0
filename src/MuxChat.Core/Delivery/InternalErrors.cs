using MuxChat.Core.Chat;

namespace MuxChat.Core.Delivery;

/// <summary>Catches and counts exceptions while one client is served or one event is encoded. They are bugs of the server.</summary>
/// <remarks>
/// An exception costs only the client or event concerned. Its number goes to that client and, with the stack trace, to the log, so that an
/// admin can match the two. Owner: the hub's thread, or the callers of its lock.
/// </remarks>
public sealed class InternalErrors
{
    /// <summary>The observer of each exception. While it is null, nothing is caught, so that a test sees every exception.</summary>
    public IInternalErrorObserver? Observer { get; set; }

    /// <summary>The number of exceptions caught so far.</summary>
    public long Count { get; private set; }

    /// <summary>Whether the server continues after this exception. Every handler uses it as its filter.</summary>
    public bool Catches(Exception error) => Observer is { } observer && observer.Catches(error);

    /// <summary>
    /// Runs one step for a client. If it throws a caught exception, that client ends, and the caller continues with the next.
    /// </summary>
    /// <typeparam name="TClient">The type of the client.</typeparam>
    /// <typeparam name="TValue">The type of the step's argument.</typeparam>
    /// <param name="client">The client that the step serves, and that ends on an exception.</param>
    /// <param name="step">The step; a static function, so that the call allocates nothing.</param>
    /// <param name="value">The step's argument.</param>
    /// <param name="doing">A verb phrase for the log, such as "serving"; the client's name follows it.</param>
    public void Try<TClient, TValue>(TClient client, Action<TClient, TValue> step, TValue value, string doing)
        where TClient : IOutputOwner
    {
        try
        {
            step(client, value);
        }
        catch (Exception error) when (Catches(error))
        {
            var number = Note(error, $"{doing} {client.RemoteName}");
            try
            {
                client.Fail(number);
            }
            catch (Exception second) when (Catches(second))
            {
                Note(second, $"ending {client.RemoteName} after internal error {number}");
                client.Abandon();
            }
        }
    }

    /// <summary>Runs one step that serves no single client. A caught exception is logged, and the caller continues.</summary>
    /// <typeparam name="TValue">The type of the step's argument.</typeparam>
    /// <param name="step">The step; a static function, so that the call allocates nothing.</param>
    /// <param name="value">The step's argument.</param>
    /// <param name="doing">A verb phrase for the log.</param>
    public void Try<TValue>(Action<TValue> step, TValue value, string doing)
    {
        try
        {
            step(value);
        }
        catch (Exception error) when (Catches(error))
        {
            Note(error, doing);
        }
    }

    /// <summary>Makes the error that a client gets instead of an event that could not be shown to it.</summary>
    /// <param name="number">The number of the internal error.</param>
    public static ChatEvent NoticeOf(long number) => new()
    {
        Kind = EventKind.Error,
        Result = CommandResult.Error(ErrorCode.InternalError, $"internal error {number}: an event could not be shown"),
    };

    /// <summary>Counts an exception and reports it to the observer. Returns its number.</summary>
    /// <param name="error">The exception.</param>
    /// <param name="doing">A verb phrase for the log, with the client's name if there is one.</param>
    public long Note(Exception error, string doing)
    {
        Count++;
        Observer!.Noted(Count, doing, error);
        return Count;
    }
}

/// <summary>Observes caught exceptions. Called on the serving thread, so it must not block.</summary>
public interface IInternalErrorObserver
{
    /// <summary>Whether the server continues after this exception. If false, the exception ends the process.</summary>
    bool Catches(Exception exception);

    /// <summary>Called for each caught exception.</summary>
    /// <param name="number">The exception's number, which the client also gets.</param>
    /// <param name="doing">A verb phrase for the log, with the client's name if there is one.</param>
    /// <param name="exception">The exception.</param>
    void Noted(long number, string doing, Exception exception);
}
