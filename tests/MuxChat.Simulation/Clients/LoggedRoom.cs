using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Simulation.Checks;

namespace MuxChat.Simulation.Clients;

/// <summary>
/// A room's subscribers with a log before it: what the chat publishes is written down, and handed on to the
/// production subscribers unchanged.
/// </summary>
internal sealed class LoggedRoom(IRoomSubscribers inner, ChatLog log) : IRoomSubscribers
{
    /// <summary>The room's name; empty before its first event.</summary>
    public string Name { get; set; } = "";

    /// <summary>The room as the chat has it; null before its first event.</summary>
    public Room? Real { get; set; }

    /// <summary>Who hears it, as the chat said.</summary>
    public List<Link> Listeners { get; } = [];

    /// <summary>Who is in it, as its events tell.</summary>
    public List<Link> Members { get; } = [];

    public void Add(IRecipient recipient)
    {
        log.Enter(this, recipient);
        inner.Add(recipient);
    }

    public void Remove(IRecipient recipient)
    {
        ChatLog.Leave(this, recipient);
        inner.Remove(recipient);
    }

    public int Publish(in ChatEvent chatEvent, IRecipient? actor)
    {
        var expected = log.Publish(this, chatEvent, actor);
        log.BeginPublishing();
        var reached = inner.Publish(chatEvent, actor);
        var isKnown = log.EndPublishing(this);
        Check.Fail(reached != expected && isKnown, CheckNames.Log,
            $"an event of {Name} was said to reach {reached}, and is to reach {expected}");
        return reached;
    }
}
