using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>Writes the start of a line, before its command: the tags and the source. For clients with the same capabilities.</summary>
internal sealed class IrcLineStart(IrcCaps caps)
{
    private readonly WireTime _time = new();

    private bool HasTime => (caps & IrcCaps.ServerTime) != 0;

    private bool HasTags => (caps & IrcCaps.MessageTags) != 0;

    /// <summary>Writes the tags that these clients know, and a space.</summary>
    /// <param name="chatEvent">The event.</param>
    /// <param name="hasId">Whether this line carries the event's message id. Of several lines, only the first does.</param>
    /// <param name="writer">Receives the bytes.</param>
    public void PutTags(in ChatEvent chatEvent, bool hasId, SegmentWriter writer)
    {
        var isNamed = HasTags && hasId && (chatEvent.Seq > 0 || chatEvent.MessageId.IsSet);
        var isTagged = HasTags && hasId && !chatEvent.Tags.IsEmpty;
        var isBots = HasTags && chatEvent.IsByBot;
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
            PutId(chatEvent, writer);
        }

        // IRCv3 bot mode: a tag without a value.
        if (isBots)
        {
            writer.Put(HasTime || isNamed ? ";bot"u8 : "bot"u8);
        }

        // The server's tags come first (IRCv3 message tags, "Client-only tags").
        if (isTagged)
        {
            writer.Put(HasTime || isNamed || isBots ? ";"u8 : default);
            writer.Put(chatEvent.Tags);
        }

        writer.Put((byte)' ');
    }

    private static void PutId(in ChatEvent chatEvent, SegmentWriter writer)
    {
        var id = chatEvent.MessageId;
        if (id.IsSet)
        {
            writer.Put(MessageId.Mark);
        }

        writer.Put(id.IsSet ? id.Series : chatEvent.Epoch > 0 ? chatEvent.Epoch : chatEvent.Room!.Epoch);
        writer.Put((byte)'-');
        writer.Put(id.IsSet ? id.Number : chatEvent.Seq);
    }

    /// <summary>
    /// Writes <c>:nick!user@host</c>. For the author of a past event only the nick is known, and the host is <c>history</c>.
    /// </summary>
    /// <returns>The number of bytes written.</returns>
    public static int PutSource(in ChatEvent chatEvent, SegmentWriter writer)
    {
        var user = chatEvent.Actor is null ? chatEvent.Nick : chatEvent.Actor.Identity.User;
        var host = chatEvent.Actor is null ? "history"u8 : chatEvent.Actor.Identity.Host;
        var nick = chatEvent.Nick;
        if (chatEvent.Actor is null && !Nickname.IsAuthor(nick))
        {
            // A nick stored under other rules could pass for another user's.
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
