using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>What precedes the command of a line, for clients with the same capabilities: its tags, and who it is from.</summary>
internal sealed class IrcLineStart(IrcCaps caps)
{
    private readonly WireTime _time = new();

    private bool HasTime => (caps & IrcCaps.ServerTime) != 0;

    private bool HasTags => (caps & IrcCaps.MessageTags) != 0;

    /// <summary>Writes the tags that these clients know, and the space after them.</summary>
    /// <param name="chatEvent">The event.</param>
    /// <param name="hasId">Whether this line is the one with the event's message id: the first of several.</param>
    /// <param name="writer">Where to.</param>
    public void PutTags(in ChatEvent chatEvent, bool hasId, SegmentWriter writer)
    {
        var isNamed = HasTags && hasId && chatEvent.Seq > 0;
        var isTagged = HasTags && hasId && !chatEvent.Tags.IsEmpty;
        var isBots = HasTags && chatEvent.Actor is { IsBot: true };
        if (!HasTime && !isNamed && !isTagged && !isBots)
        {
            return;
        }

        writer.Put((byte)'@');
        if (HasTime)
        {
            writer.Put("time="u8);
            writer.Put(_time.Format(chatEvent.UnixMs));
        }

        if (isNamed)
        {
            writer.Put(HasTime ? ";msgid="u8 : "msgid="u8);
            writer.Put(chatEvent.Epoch > 0 ? chatEvent.Epoch : chatEvent.Room!.Epoch);
            writer.Put((byte)'-');
            writer.Put(chatEvent.Seq);
        }

        // IRCv3 bot mode: a tag without a value.
        if (isBots)
        {
            writer.Put(HasTime || isNamed ? ";bot"u8 : "bot"u8);
        }

        // The server's own first (IRCv3 message tags, "Client-only tags").
        if (isTagged)
        {
            writer.Put(HasTime || isNamed || isBots ? ";"u8 : default);
            writer.Put(chatEvent.Tags);
        }

        writer.Put((byte)' ');
    }

    /// <summary>
    /// Writes <c>:nick!user@host</c>. A person who has left, or who spoke before the server was started, is known by nick only.
    /// </summary>
    /// <returns>The bytes written.</returns>
    public static int PutSource(in ChatEvent chatEvent, SegmentWriter writer)
    {
        var user = chatEvent.Actor is null ? chatEvent.Nick : chatEvent.Actor.Identity.User;
        var host = chatEvent.Actor is null ? "history"u8 : chatEvent.Actor.Identity.Host;
        var nick = chatEvent.Nick;
        if (chatEvent.Actor is null && !Nickname.IsValid(nick))
        {
            // Stored under other rules: nobody may be made to look like somebody else.
            nick = "*"u8;
            user = "*"u8;
        }

        writer.Put((byte)':');
        writer.Put(nick);
        writer.Put((byte)'!');
        writer.Put(user);
        writer.Put((byte)'@');
        writer.Put(host);
        return 3 + nick.Length + user.Length + host.Length;
    }
}
