using System.Globalization;
using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>
/// The answer to a JOIN: the topic, the members unless the client declines them, and the last messages that it has not heard yet.
/// </summary>
/// <remarks>
/// No program may take a past message for one that is said now, and answer it. So a client that knows batches and times gets the messages
/// in a batch <c>chathistory</c>, and any other as notices with the time in their text. A client gets none that says it is a program, or
/// that can ask for the past itself (IRCv3 bot mode, batch, server-time, chathistory).
/// </remarks>
internal sealed class IrcEntryAnswer(IrcProtocolHandler client, Membership entered) : ILongAnswer
{
    private const IrcCaps AsksItself = IrcCaps.Batch | IrcCaps.ChatHistory;
    private const IrcCaps KnowsPast = IrcCaps.Batch | IrcCaps.ServerTime;

    // Looked up at the JOIN, because the client may have another nick at the next part.
    private readonly long _heardSeq = client.Hub.Queries.FindHeard(entered);

    private IrcNamesAnswer? _names;
    private bool _isNamed = (client.Caps & IrcCaps.NoImplicitNames) != 0;
    private bool _isInBatch;
    private HistoryRange? _replay;

    private Room Room => entered.Room;

    public bool WritePart()
    {
        if (_names is null)
        {
            _names = new IrcNamesAnswer(client, Room, Room.Name);
            IrcRooms.ShowTopic(client, Room);
            return true;
        }

        if (!_isNamed)
        {
            _isNamed = !_names.WritePart();
            return true;
        }

        var isShown = (client.Caps & AsksItself) != AsksItself && !client.Person.IsBot && client.Person.Find(Room) == entered;
        if (isShown && ShowNext())
        {
            return true;
        }

        if (_isInBatch)
        {
            client.EndInnerBatch();
        }

        return false;
    }

    // One line a part, because a line of another protocol may be many lines here.
    private bool ShowNext()
    {
        _replay ??= client.Hub.Queries.FindReplay(entered, maxBytes: int.MaxValue, _heardSeq);
        var page = _replay.ReadPage(maxBytes: 0);
        var index = 0;
        while (page.TryNext(ref index, out var past))
        {
            Show(ChatEvent.OfPast(Room, past));
        }

        return _replay.HasPages;
    }

    private void Show(in ChatEvent past)
    {
        if ((client.Caps & KnowsPast) != KnowsPast)
        {
            ShowAsNotices(past);
            return;
        }

        if (!_isInBatch)
        {
            client.BeginInnerBatch("chathistory"u8, Room.Name);
            _isInBatch = true;
        }

        client.Output.Receive(past);
    }

    // Each line of a long text has the time and the author, so that no text can look like a line of another author.
    private void ShowAsNotices(in ChatEvent past)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(past.UnixMs);
        var time = Encoding.ASCII.GetBytes(at.ToString("'['yyyy-MM-dd HH:mm:ss'] '", CultureInfo.InvariantCulture));
        var nick = Nickname.IsAuthor(past.Nick) ? past.Nick : "*"u8;
        var isSaid = past.Kind == EventKind.Said;
        var text = past.Kind == EventKind.Shared ? IrcFiles.Describe(past.Text, client.Hub.Files.PublicUrl) : past.Text;
        byte[] start = [.. time, .. isSaid ? "<"u8 : "* "u8, .. nick, .. isSaid ? "> "u8 : " "u8];
        var free = IrcLine.MaxContent - (":!@history NOTICE  :".Length + (2 * nick.Length) + Room.Name.Length + start.Length);
        var notice = past;
        notice.Kind = EventKind.Said;
        notice.IsNotice = true;
        do
        {
            var fits = ChatText.Fit(text, free);
            notice.Text = (byte[])[.. start, .. text[..fits]];
            client.Output.Receive(notice);
            text = text[fits..];

            // One id for one message.
            notice.Seq = 0;
            notice.Tags = default;
        }
        while (!text.IsEmpty);
    }
}
