using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>CHATHISTORY TARGETS: rooms, and when something was said there last.</summary>
internal sealed class IrcTargetsAnswer(IrcDialogue client, (Room Room, long UnixMs)[] targets) : ILongAnswer
{
    private readonly WireTime _time = new();
    private int _next;

    public bool WritePart()
    {
        if (_next < targets.Length)
        {
            var (room, unixMs) = targets[_next++];
            client.Line().Put(":"u8).Put(IrcServer.Name).Put(" CHATHISTORY TARGETS"u8).Param(room.Name).Param(_time.Show(unixMs)).SendTo(client.Output);
        }

        return _next < targets.Length;
    }
}
