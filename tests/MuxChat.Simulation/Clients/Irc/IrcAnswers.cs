using System.Globalization;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Clients.Irc;

/// <summary>
/// What each request is answered with on IRC: which lines may come, which one ends the answer, and what must stand in them.
/// </summary>
internal sealed class IrcAnswers(Link link, IrcView view)
{
    private static readonly Dictionary<IntentKind, (string[] Parts, string[] Lasts)> Forms = new()
    {
        [IntentKind.Ping] = ([], ["PONG"]),
        [IntentKind.Rooms] = (["321", "322"], ["323"]),
        [IntentKind.Who] = (["352"], ["315"]),
        [IntentKind.Names] = (["353"], ["366"]),
        [IntentKind.WhoIs] = (["311", "319", "312", "301", "313", "317", "378", "401"], ["318"]),
        [IntentKind.Stats] = (["251", "252", "254", "255", "265"], ["266"]),
        [IntentKind.Help] = (["375", "372"], ["376", "422"]),
        [IntentKind.Away] = ([], ["305", "306"]),
        [IntentKind.AskTopic] = (["332"], ["331", "333", "403"]),
        [IntentKind.Capability] = ([], ["CAP"]),
        [IntentKind.Say] = ([], ["403", "404"]),
        [IntentKind.Act] = ([], ["403", "404"]),
        [IntentKind.Message] = ([], ["301", "401"]),
        [IntentKind.Topic] = ([], ["403", "404", "442", "482"]),
        [IntentKind.Nick] = ([], ["433", "437"]),
        [IntentKind.Join] = (["332", "333", "353"], ["366", "403", "405", "437", "471", "473", "474", "475"]),
        [IntentKind.Mode] = ([], ["401", "403", "441", "472", "482"]),
        [IntentKind.Kick] = ([], ["401", "403", "441", "442", "482"]),
        [IntentKind.Invite] = (["341"], ["301", "401", "403", "404", "442", "443", "482"]),
        [IntentKind.Kill] = ([], ["401", "481"]),
        [IntentKind.Part] = ([], ["403", "442"]),
        [IntentKind.Monitor] = ([], []),
        [IntentKind.ChatHistory] = ([], []),
        [IntentKind.User] = ([], []),
        [IntentKind.Quit] = ([], []),
    };

    private bool _isTopicTold;

    /// <summary>Whether a line can be part of the answer to a request.</summary>
    public static bool Takes(Intent asked, string code, IrcSeen seen)
    {
        if (asked.IsRefused)
        {
            return asked.Refusal == code;
        }

        // A notice is never answered (RFC 1459, section 4.4.2).
        if (asked.IsNotice || (asked.Kind == IntentKind.Capability && asked.Text == "END"))
        {
            return false;
        }

        var (parts, lasts) = Forms[asked.Kind];
        return (parts.Contains(code) || lasts.Contains(code))
            && (code[0] != '4' || (asked.Event is null && !asked.IsEchoed))
            && (code != "341" || !asked.IsAnswered)
            && (asked.Kind != IntentKind.Join || code[0] == '4' || asked.Event is not null)
            && IrcRefusals.IsAbout(asked, code, seen);
    }

    /// <summary>Takes a line of an answer. Returns whether it is the last one.</summary>
    public bool Take(Intent asked, string code, IrcSeen seen)
    {
        var room = view.Rooms.Find(seen[code is "353" ? 2 : 1]);
        switch (code)
        {
            case "PONG":
                Pong(asked, seen);
                break;
            case "CAP":
                Capability(asked, seen);
                break;
            case "353" when room is not null:
                Names(room, seen);
                break;
            case "352" when room is not null:
                room.Roster ??= new Roster(room);
                view.Fail(!room.Roster.List(seen[5]), CheckNames.Membership, seen, $"{seen[5]} is not in, or was told before");
                break;
            case "366" or "315" when room is not null:
                EndOfRoster(asked, room, seen);
                break;
            case "322":
                Listed(room, seen);
                break;
            case "341":
                view.Fail(asked.Event is null, CheckNames.Refusals, seen, $"it was not done: {asked}");
                asked.IsAnswered = true;
                break;
            case "331" or "332" when room is not null:
                Topic(room, seen);
                break;
            case "301":
                view.Fail(!link.World.WasAway(seen.Last), CheckNames.Answers, seen, $"no client was away with that text");
                break;
            case "378":
                var isOwn = seen[1] == link.Picture.Nick && string.Equals(asked.Nick, seen[1], StringComparison.OrdinalIgnoreCase);
                view.Fail(!isOwn && !link.IsServerOperator, CheckNames.Answers, seen, $"that is told to itself alone");
                break;
            case "305" or "306":
                view.Fail(asked.Text.Length == 0 != (code == "305"), CheckNames.Answers, seen, $"it asked for {asked}");
                break;
            case "433":
                NickTaken(asked, seen);
                break;
        }

        if (link.Life.Refusals is { } refusals && !asked.IsRefused)
        {
            IrcRefusals.Check(refusals, link, asked, code, seen);
        }

        if (asked.IsRefused)
        {
            link.World.Machine.Milestones.Note(Milestone.IrcRefused);
        }

        // What has no end is refused twice: when it is too long, and before the connection is closed.
        return asked.Kind != IntentKind.Overrun && (asked.IsRefused || Forms[asked.Kind].Lasts.Contains(code));
    }

    /// <summary>It is not in a room any more to which an answer belonged.</summary>
    public void Leave() => _isTopicTold = false;

    // Behind an answer nothing may come that happened before.
    private void Pong(Intent ping, IrcSeen seen)
    {
        view.Fail(seen.Last != ping.Text, CheckNames.Answers, seen, $"the ping is {ping}");
        var before = link.Intents.EventBefore(ping);
        var isEarlierLeft = before is not null && link.Expected.TryPeek(out var next) && next.Event.Index < before.Index;
        view.Fail(isEarlierLeft, CheckNames.Answers, seen, $"before it {before} must be seen");
        view.Ledger.SeePong(seen);
        ping.IsAnswered = true;
    }

    private void Capability(Intent asked, IrcSeen seen)
    {
        var names = seen.Last.Trim();
        switch (asked.Text, seen[1])
        {
            case ("LS" or "LS 302", "LS"):
                view.Fail(SimIrcCapabilities.Read(names) != SimIrcCapabilities.All, CheckNames.Answers, seen, $"some are missing");
                view.Caps |= asked.Text == "LS" ? IrcCapability.None : IrcCapability.CapNotify;
                break;
            case ("LIST", "LIST"):
                view.Fail(names != SimIrcCapabilities.Write(view.Caps), CheckNames.Answers, seen, $"{view.Caps} are on");
                break;
            case ("REQ", "ACK" or "NAK"):
                var isRight = names == IrcClientModel.Requested(asked) && seen[1] == "ACK" == (asked.Refusal.Length == 0);
                view.Fail(!isRight, CheckNames.Answers, seen, $"it asked for {IrcClientModel.Requested(asked)}");
                view.Caps = seen[1] == "ACK" ? (view.Caps | asked.On) & ~asked.Off : view.Caps;
                link.World.Machine.Milestones.Note(view.IsIn ? Milestone.IrcCapsSwitched : Milestone.IrcCapsAsked);
                break;
            default:
                view.Fail(true, CheckNames.Answers, seen, $"it asked for CAP {asked.Text}");
                break;
        }
    }

    private void Names(IrcRoom room, IrcSeen seen)
    {
        room.Roster ??= new Roster(room);
        foreach (var word in seen.Last.Split(' '))
        {
            var bang = word.IndexOf('!', StringComparison.Ordinal);
            view.Fail(bang >= 0 != ((view.Caps & IrcCapability.UserhostInNames) != 0), CheckNames.Tags, seen,
                $"the capabilities are {view.Caps}");

            // What stands before a nick is what its owner is in the room.
            var nick = (bang < 0 ? word : word[..bang]).TrimStart('~', '&', '@', '%', '+');
            view.Fail(!room.Roster.List(nick), CheckNames.Membership, seen, $"{nick} is not in {room.Name}, or was told before");
        }
    }

    private void EndOfRoster(Intent asked, IrcRoom room, IrcSeen seen)
    {
        view.Fail(room.Roster is null || room.Roster.Unlisted.Count > 0, CheckNames.Membership, seen,
            $"{string.Join(' ', room.Roster?.Unlisted ?? [])} are in {room.Name} and were not told");
        room.Roster = null;
        link.World.Machine.Milestones.Note(Milestone.IrcRosters);
        if (asked.Kind == IntentKind.Join)
        {
            // Set meanwhile, it was told as an event.
            var isMissing = room.Topic.Length > 0 && !room.IsTopicNew && !_isTopicTold && !link.World.Plan.IsMemoryShort;
            view.Fail(isMissing, CheckNames.Answers, seen, $"the topic of {room.Name} was not told: {room.Topic}");
            asked.IsAnswered = true;
            view.Past.Begin(room, asked.Label);
        }

        _isTopicTold = false;
    }

    private void Listed(IrcRoom? room, IrcSeen seen)
    {
        var members = int.Parse(seen[2], CultureInfo.InvariantCulture);
        view.Fail(members < 1, CheckNames.Answers, seen, $"nobody is in");
        view.Fail(room is not null && members != room.Members.Count, CheckNames.Membership, seen, $"{room?.Members.Count} are in");
        view.Fail(room is not null && !SimIrcText.IsCutOf(room.Topic, seen.Last, seen) && !IsForgotten(seen.Last), CheckNames.Views, seen,
            $"the topic is {room?.Topic}");
    }

    private void Topic(IrcRoom room, IrcSeen seen)
    {
        var shown = seen.Command == "331" ? "" : seen.Last;
        view.Fail(!SimIrcText.IsCutOf(room.Topic, shown, seen) && !IsForgotten(shown), CheckNames.Views, seen,
            $"the topic is {room.Topic}");
        _isTopicTold = true;
    }

    // The server was started again and was short of memory.
    private bool IsForgotten(string topic) => link.World.Plan.IsMemoryShort && topic.Length == 0;

    private void NickTaken(Intent asked, IrcSeen seen)
    {
        var isAnothers = link.World.Links.Any(
            one => one != link && one.Intents.All.Any(other => string.Equals(other.Nick, asked.Nick, StringComparison.OrdinalIgnoreCase)));
        view.Fail(!isAnothers, CheckNames.Answers, seen, $"no other client can have that nick");
    }
}
