namespace MuxChat.Storage.Tools;

/// <summary>A place in a journal where something is wrong.</summary>
/// <param name="Path">The file.</param>
/// <param name="Offset">The first byte concerned.</param>
/// <param name="Reason">What is wrong, in words.</param>
/// <param name="IsTornTail">Whether it may be the end of a write that was not finished: the next start cuts it off. Else the start is refused.</param>
public sealed record JournalDamage(string Path, long Offset, string Reason, bool IsTornTail)
{
    /// <summary>The same as a line for people.</summary>
    public string Message => IsTornTail
        ? $"{Path} has a torn end at byte {Offset}: {Reason}. The last write was not finished; the next start cuts it off."
        : $"{Path} is damaged at byte {Offset}: {Reason}.";
}
