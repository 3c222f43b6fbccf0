using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Clients.Irc;

/// <summary>The part of an IRC client's view that is about private messages: those to it, and its own where it asked to see them.</summary>
internal sealed class IrcMessages(Link link, IrcView view)
{
    private Message? _message;
    private string _text = "";

    public void See(IrcSeen seen)
    {
        var piece = SimIrcText.Unwrap(seen, out var isAction);
        var shown = _text.Length;
        _text += piece;
        _message ??= link.World.Messages.GetValueOrDefault(_text)
            ?? (seen.IsFull ? link.World.Messages.Values.FirstOrDefault(one => one.Intent.Text.StartsWith(_text, StringComparison.Ordinal))
            : null);
        view.Fail(_message is null, CheckNames.Injection, seen, $"no client sent that");
        var (sender, intent) = (_message!.Sender, _message.Intent);
        view.Fail(!SimIrcText.Continues(intent.Text, shown, piece, seen), CheckNames.Pieces, seen,
            $"{shown} characters were shown of {intent}");
        var isSame = isAction == intent.IsAction && seen.Command == (intent.IsNotice ? "NOTICE" : "PRIVMSG");
        view.Fail(!isSame || !IrcView.IsFrom(seen, sender, seen.Nick) || !IsNickOf(sender, seen.Nick), CheckNames.Messages, seen,
            $"client {sender.ClientNumber} sent {intent}");
        view.CheckTags(seen, null, shown == 0 ? IdOf(_message, seen) : null, attached: null);
        if (_text.Length < intent.Text.Length)
        {
            link.World.Machine.Milestones.Note(Milestone.IrcPieces);
            return;
        }

        var message = _message;
        (_message, _text) = (null, "");
        if (sender == link && (message.IsSeen || seen[0] != link.Picture.Nick))
        {
            view.Replies.Echoed(seen, intent);
            return;
        }

        view.Labels.Belongs(seen, label: null);
        link.World.SeeMessage(link, seen[0], intent.Text);
        link.World.Machine.Milestones.Note(Milestone.IrcMessages);
    }

    // Everyone sees a message under one id, which no other message of any life has.
    private string IdOf(Message message, IrcSeen seen)
    {
        if (message.Id is null && seen.Tags.TryGetValue("msgid", out var id))
        {
            var isNew = id.StartsWith('m') && link.World.Messages.Values.All(other => other.Id != id);
            view.Fail(!isNew, CheckNames.Tags, seen, $"another message has this id");
            message.Id = id;
        }

        return message.Id ?? "";
    }

    // Which of its nicks it had just then is not known here; one of them it was.
    private static bool IsNickOf(Link sender, string nick) =>
        nick == sender.LogNick || nick == sender.Picture.Nick || sender.IsGuestNick(nick)
        || sender.Intents.All.Any(asked => asked.Nick == nick && asked.Kind is IntentKind.Nick or IntentKind.Resume);
}
