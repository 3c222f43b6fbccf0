namespace MuxChat.Core.Chat;

/// <summary>The way to one client. Chat only hands events over; when and how they are written is not its business.</summary>
public interface IRecipient
{
    /// <summary>Whether it is shown what was said last when it enters a room, unasked.</summary>
    bool WantsReplay { get; }

    /// <summary>What it speaks, as it stands in a listen URI.</summary>
    string ProtocolName { get; }

    /// <summary>Where it comes from, as others may see it: ASCII without space or colon, and not its address.</summary>
    byte[] DescribeHost();

    /// <summary>Queues an event for this client, behind everything that its rooms have been told before.</summary>
    void Receive(in ChatEvent chatEvent);
}
