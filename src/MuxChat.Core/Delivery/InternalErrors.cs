using MuxChat.Core.Chat;

namespace MuxChat.Core.Delivery;

/// <summary>
/// Exceptions that came up while one client was served or one event was encoded: mistakes of the program. Each costs what it concerns
/// and nobody else. It has a number, which the client is told and the log holds beside the stack, so that one finds the other.
/// </summary>
/// <remarks>Owned by the thread of the hub, or used under its lock.</remarks>
public sealed class InternalErrors
{
    /// <summary>Who is told; null for nobody, and then nothing is caught: a test sees each.</summary>
    public IInternalErrorObserver? Observer { get; set; }

    /// <summary>How many there were.</summary>
    public long Count { get; private set; }

    /// <summary>Whether serving goes on after this one: the filter of every place that catches.</summary>
    public bool Catches(Exception error) => Observer is { } observer && observer.Catches(error);

    /// <summary>Serves one client. An exception that is caught ends that client; the caller goes on with the next.</summary>
    /// <typeparam name="TClient">The type of the client.</typeparam>
    /// <typeparam name="TValue">The type of what the step needs.</typeparam>
    /// <param name="client">Who is served, and who pays.</param>
    /// <param name="step">What is done for it: a static function, so that nothing is allocated.</param>
    /// <param name="value">What the step needs.</param>
    /// <param name="doing">What the step does, for the log: "serving".</param>
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

    /// <summary>Does something that is not for one client alone. An exception that is caught is noted, and the caller goes on.</summary>
    /// <typeparam name="TValue">The type of what the step needs.</typeparam>
    /// <param name="step">What is done: a static function, so that nothing is allocated.</param>
    /// <param name="value">What the step needs.</param>
    /// <param name="doing">What the step does, for the log.</param>
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

    /// <summary>What a client is told in the place of an event that cannot be shown to it.</summary>
    /// <param name="number">The number of the mistake that keeps it from being shown.</param>
    public static ChatEvent NoticeOf(long number) => new()
    {
        Kind = EventKind.Error,
        Result = CommandResult.Error(ErrorCode.InternalError, $"internal error {number}: an event could not be shown"),
    };

    /// <summary>Numbers one and tells of it.</summary>
    /// <param name="error">The exception.</param>
    /// <param name="doing">What was being done, and for whom.</param>
    public long Note(Exception error, string doing)
    {
        Count++;
        Observer!.Noted(Count, doing, error);
        return Count;
    }
}

/// <summary>Hears of mistakes of the program. It is called on the serving thread: it must not wait.</summary>
public interface IInternalErrorObserver
{
    /// <summary>Whether serving goes on after this one. Where not, it ends the process.</summary>
    bool Catches(Exception exception);

    /// <summary>One was caught.</summary>
    /// <param name="number">Its number, which the client concerned is told.</param>
    /// <param name="doing">What was being done, and for whom.</param>
    /// <param name="exception">The exception.</param>
    void Noted(long number, string doing, Exception exception);
}
