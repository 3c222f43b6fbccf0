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

    /// <summary>Its address and port: for logs, for itself, and for server operators.</summary>
    string RemoteName { get; }

    /// <summary>Why its connection is to be closed; <see cref="Chat.Expulsion.None"/> as long as it is not.</summary>
    Expulsion Expulsion { get; }

    /// <summary>Marks it: whatever serves it closes it, in this tick or the next, whether it reads or not. Only the first reason counts.</summary>
    void Expel(Expulsion why);

    /// <summary>Queues an event for this client, behind everything that its rooms have been told before.</summary>
    void Receive(in ChatEvent chatEvent);
}
