namespace MuxChat.Core.Chat;

/// <summary>Who wants to know of each of several mode changes that were asked for at once how it ended.</summary>
public interface IModeAnswers
{
    /// <summary>A change was refused; the others go on.</summary>
    /// <param name="letter">The mode.</param>
    /// <param name="parameter">What was given with it; empty for nothing.</param>
    /// <param name="why">Why.</param>
    void Refused(char letter, ReadOnlySpan<byte> parameter, in CommandResult why);

    /// <summary>A server operator made a client an operator that is not in: it was invited, and is one once it enters.</summary>
    /// <param name="invited">What the room was told.</param>
    void Seated(in ChatEvent invited);

    /// <summary>A list was asked for.</summary>
    /// <param name="letter">Its mode.</param>
    /// <param name="masks">What stands in it.</param>
    void Listed(char letter, ReadOnlySpan<MaskEntry> masks);
}
