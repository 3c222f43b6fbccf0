namespace MuxChat.Core.Chat;

/// <summary>Tells a client a list that it asked for as an event. What was refused it is told by the answer to its request.</summary>
internal sealed class MaskListAnswers(Session session, Room room) : IModeAnswers
{
    public void Refused(char letter, ReadOnlySpan<byte> parameter, in CommandResult why)
    {
    }

    public void Listed(char letter, ReadOnlySpan<MaskEntry> masks) => session.Recipient.Receive(new ChatEvent
    {
        Kind = EventKind.MaskList,
        Room = room,
        Masks = masks,
        Letter = letter,
        Total = masks.Length,
    });
}
