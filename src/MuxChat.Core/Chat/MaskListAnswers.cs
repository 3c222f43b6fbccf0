namespace MuxChat.Core.Chat;

/// <summary>
/// Tells a client a list that it asked for as an event, when its turn has come, and that somebody was invited. What was refused it is told
/// by the answer to its request.
/// </summary>
internal sealed class MaskListAnswers(Session session, Room room) : IModeAnswers
{
    public void Refused(char letter, ReadOnlySpan<byte> parameter, in CommandResult why)
    {
    }

    public void Seated(in ChatEvent invited) => session.Recipient.Receive(invited);

    public void Listed(char letter, ReadOnlySpan<MaskEntry> masks) =>
        session.GoOn(new MaskListAnswer(session, room, letter, masks.ToArray()));

    // A part for each list: they hold few masks.
    private sealed class MaskListAnswer(Session session, Room room, char letter, MaskEntry[] masks) : ILongAnswer
    {
        public bool WritePart()
        {
            session.Recipient.Receive(new ChatEvent
            {
                Kind = EventKind.MaskList,
                Room = room,
                Masks = masks,
                Letter = letter,
                Total = masks.Length,
            });
            return false;
        }
    }
}
