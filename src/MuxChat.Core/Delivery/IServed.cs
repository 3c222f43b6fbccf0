namespace MuxChat.Core.Delivery;

/// <summary>
/// One client, as far as a mistake of the program concerns it: the client that was being served pays for it, and nobody else.
/// </summary>
public interface IServed
{
    /// <summary>Who it is, for the log.</summary>
    string RemoteName { get; }

    /// <summary>Ends it in good order: its rooms are told, and so is the client.</summary>
    /// <param name="number">The mistake's number, which the client is told.</param>
    void Fail(long number);

    /// <summary>Ends it at once, because <see cref="Fail"/> failed as well.</summary>
    void Abandon();
}
