namespace MuxChat.Core.Delivery;

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
