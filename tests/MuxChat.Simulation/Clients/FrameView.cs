using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using MuxChat.Core.Chat;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Files;
using MuxChat.Simulation.Running;
using MuxChat.Simulation.Wire;

namespace MuxChat.Simulation.Clients;

/// <summary>What a program sees: frames. Types and fields that it does not know are let pass.</summary>
internal sealed class FrameView(Link link) : IView
{
    private const int HeaderBytes = 4;
    private const int MaxFrameBytes = 64 * 1024;

    private readonly ByteQueue _pending = new();
    private readonly FramePast _past = new(link);
    private readonly LobbyRefusal _lobby = new();

    public int UnfinishedBytes => _pending.Count;

    public void Read(ReadOnlySpan<byte> bytes)
    {
        _pending.Append(bytes);
        while (_pending.Count >= HeaderBytes)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(_pending.Pending);
            Check.Sees(length is <= 0 or > MaxFrameBytes, CheckNames.Injection, link, [], $"a frame has the length {length}");
            if (_pending.Count < HeaderBytes + length)
            {
                return;
            }

            See(_pending.Pending.Slice(HeaderBytes, length));
            _pending.Consume(HeaderBytes + length);
        }
    }

    private void See(ReadOnlySpan<byte> frame)
    {
        var fields = Parse(frame);
        switch (fields["type"])
        {
            case "said" or "acted" or "joined" or "left" or "quit" or "topic" or "kicked" or "mode" or "shared":
            case "renamed" when fields.Seq >= 0:
                SeeEvent(fields, frame);
                break;
            case "renamed":
                Check.Sees(fields["from"] != link.Picture.Nick || link.Picture.RoomCount > 0, CheckNames.Views, link, frame,
                    $"that is told in a room, or to another client");
                link.Picture.Nick = fields["to"];
                break;
            case "away" or "back":
                SeeAway(fields, frame);
                break;
            case "invited":
                SeeInvited(fields, frame);
                break;
            case "oper" when link.TrySeeGrant():
                break;
            case "oper":
                Check.Sees(link.Claim is null || !link.IsServerOperator, CheckNames.Rights, link, frame, $"it asked for {link.Claim}");
                break;
            case "welcome":
                Check.Sees(link.Picture.Nick.Length > 0, CheckNames.Answers, link, frame, $"it was welcomed twice");
                link.Picture.Nick = fields["nick"];
                break;
            case "room":
                SeeRoom(fields, frame);
                break;
            case "msg":
                link.World.SeeMessage(link, fields["to"], fields["text"]);
                break;
            case "pong" or "who" or "rooms" or "stats" or "help":
                SeeAnswer(fields, frame);
                break;
            case "history" or "gap":
                _past.See(fields, frame);
                break;
            case "error" when IsOfNoRequest(fields):
                break;
            case "ok" or "error":
                SeeResult(fields, frame);
                break;
            case "ping":
                Answer();
                break;
            case "closing":
                Check.Sees(link.Goodbye is not null && !link.IsHit, CheckNames.Answers, link, frame,
                    $"it was told twice that it is closed");
                link.Goodbye ??= fields["reason"];
                break;
            default:
                SeeOther(fields, frame);
                break;
        }
    }

    private void SeeOther(FrameFields fields, ReadOnlySpan<byte> frame)
    {
        Check.Sees(fields["type"].Length == 0, CheckNames.Injection, link, frame, $"it has no type");
        link.Files.See(fields, frame);
        link.Runs.See(fields, frame);
    }

    private FrameFields Parse(ReadOnlySpan<byte> frame)
    {
        try
        {
            return FrameFields.Parse(frame);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            var text = Encoding.UTF8.GetString(frame);
            throw new CheckFailedException(CheckNames.Injection,
                $"client {link.ClientNumber} sees a frame that is no JSON object: {text}: {error.Message}");
        }
    }

    // In the place of an event, or to a wrong password.
    private bool IsOfNoRequest(FrameFields fields)
    {
        if (fields["code"] == "internal_error" && link.TrySeeLoss(fields["message"], out var lost))
        {
            Pass(lost);
            return true;
        }

        var isPassword = fields["code"] == "bad_password" && link.TrySeeWrongPassword();
        if (isPassword)
        {
            link.World.Machine.Milestones.Note(Milestone.WrongPasswords);
        }

        return isPassword || _lobby.Refuses(fields, link.Awaiting.Find(one => !link.IsLate(one)));
    }

    private void SeeEvent(FrameFields fields, ReadOnlySpan<byte> frame)
    {
        if (!link.Expected.TryPeek(out var next))
        {
            Check.Sees(IsOwn(fields), CheckNames.Echo, link, frame, $"it said that itself");
            Check.Sees(true, CheckNames.Views, link, frame, $"nothing is to come");
        }

        var expected = next.Event;
        var isNext = TypeOf(expected.Kind) == fields["type"] && expected.Room == fields["room"] && expected.Seq == fields.Seq
            && AreFieldsOf(expected, fields);
        Check.Sees(!isNext && IsOwn(fields), CheckNames.Echo, link, frame, $"it said that itself");
        Check.Sees(!isNext, CheckNames.Views, link, frame, $"next is {expected}");
        Check.Sees(fields["time"] != expected.Time, CheckNames.Views, link, frame, $"it happened at {expected.Time}");
        link.Expected.Dequeue();
        Pass(expected);
    }

    // It was seen, or its number was told in its place.
    private void Pass(LoggedEvent seen)
    {
        link.Picture.See(seen);
        if (seen.Seq > 0 && (seen.Kind != EventKind.Joined || seen.Author != link))
        {
            link.Picture.Count(seen.Room, seen.Seq);
        }
    }

    private void SeeAway(FrameFields fields, ReadOnlySpan<byte> frame)
    {
        if (link.Expected.TryPeek(out var next) && next.Event is { Kind: EventKind.Away } away && away.Nick == fields["nick"]
            && away.Text == fields["reason"]
            && away.Text.Length > 0 == (fields["type"] == "away") && away.Time == fields["time"])
        {
            link.Expected.Dequeue();
            link.Picture.See(away);
            return;
        }

        // Whom it wrote to was away.
        Check.Sees(!link.World.WasAway(fields["reason"]), CheckNames.Views, link, frame, $"no client was away with that text");
        Check.Sees(!link.Intents.HasWrittenTo(fields["nick"]), CheckNames.Answers, link, frame, $"it wrote nothing to that client");
    }

    private void SeeInvited(FrameFields fields, ReadOnlySpan<byte> frame)
    {
        var isNext = link.Expected.TryPeek(out var next) && next.Event is { Kind: EventKind.Invited } invited
            && invited.Room == fields["room"] && invited.Nick == fields["from"] && invited.NewNick == fields["nick"]
            && invited.Time == fields["time"];
        Check.Sees(!isNext, CheckNames.Views, link, frame, $"next is {next.Event}");
        link.Expected.Dequeue();
        link.Picture.See(next.Event);
    }

    private bool IsOwn(FrameFields fields) => fields["type"] is "said" or "acted" && link.Intents.HasSaid(fields["text"]);

    public static bool AreFieldsOf(LoggedEvent expected, FrameFields fields) => expected.Kind switch
    {
        EventKind.Said or EventKind.Acted => fields["from"] == expected.Nick && fields["text"] == expected.Text,
        EventKind.Joined => fields["nick"] == expected.Nick,
        EventKind.Left or EventKind.Quit => fields["nick"] == expected.Nick && fields["reason"] == expected.Text,
        EventKind.Renamed => fields["from"] == expected.Nick && fields["to"] == expected.NewNick,
        EventKind.Kicked => fields["from"] == expected.Nick && fields["nick"] == expected.NewNick && fields["reason"] == expected.Text,
        EventKind.Shared => fields["from"] == expected.Nick && FileTalk.IsOf(expected, fields),
        EventKind.ModeSet => fields["nick"] == expected.Nick && fields["modes"] == expected.Text,
        _ => fields["nick"] == expected.Nick && fields["topic"] == expected.Text,
    };

    public static string TypeOf(EventKind kind) => kind switch
    {
        EventKind.TopicSet => "topic",
        EventKind.ModeSet => "mode",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private void SeeRoom(FrameFields fields, ReadOnlySpan<byte> frame)
    {
        var last = link.Picture.LastSeq(fields["room"], fields.Seq);
        Check.Sees(last >= 0 && fields.Seq != last, CheckNames.Answers, link, frame, $"the last number of that room it has seen is {last}");
        if (last >= 0)
        {
            var happened = link.World.Chronicle.Find(fields["room"], fields.Number("epoch"), fields.Seq);
            Check.Sees(happened is null, CheckNames.Epochs, link, frame, $"nothing has that epoch and number");
            var isForgotten = link.World.Plan.IsMemoryShort && fields["topic"].Length == 0;
            Check.Sees(fields["topic"] != happened!.Topic && !isForgotten, CheckNames.Views, link, frame,
                $"the topic was '{happened.Topic}'");
            link.Picture.NoteEpoch(fields["room"], fields.Number("epoch"));
        }

        _past.SeeRoom(fields, frame);
    }

    private void SeeAnswer(FrameFields fields, ReadOnlySpan<byte> frame)
    {
        var asked = link.Awaiting.Find(one => !link.IsLate(one));
        var isAwaited = asked is not null
            && asked.Kind.ToString().Equals(fields["type"] == "pong" ? "ping" : fields["type"], StringComparison.OrdinalIgnoreCase);
        Check.Sees(!isAwaited, CheckNames.Answers, link, frame, $"the next request is {asked}");
        Check.Sees(asked!.Kind == IntentKind.Ping && (asked.IsAnswered || fields["token"] != asked.Text), CheckNames.Answers, link, frame,
            $"the ping is {asked}");
        asked.IsAnswered = true;
    }

    // What made an event waits for the disk, where there is a journal; all else is answered at once. Each kind
    // comes in the order it was asked.
    private void SeeResult(FrameFields fields, ReadOnlySpan<byte> frame)
    {
        var prompt = link.Awaiting.Find(one => !link.IsLate(one));
        var late = link.Awaiting.Find(link.IsLate);
        var asked = late is not null && late.Id == fields.Id ? late : prompt;
        Check.Sees(asked is null, CheckNames.Answers, link, frame, $"nothing was asked");
        Check.Sees(asked!.Id != fields.Id, CheckNames.Answers, link, frame, $"the next request is {asked} with the id {asked.Id}");
        link.Awaiting.Remove(asked);
        link.Intents.AdvanceBehind(asked);
        var isOk = fields["type"] == "ok";
        if (asked == link.Claim)
        {
            link.SeeClaim(isOk, fields["code"]);
            return;
        }

        var isLost = fields["code"] == "not_stored";
        Check.Sees(isOk && asked.IsRefused, CheckNames.Answers, link, frame, $"it must be refused: {asked}");
        Check.Sees(!isOk && !isLost && asked.Event is not null, CheckNames.Answers, link, frame, $"it was done: {asked}");
        Check.Sees(isLost && asked.IsStored, CheckNames.Durability, link, frame, $"it is not said that it could not be stored: {asked}");
        Check.Sees(isOk && asked.HasAnswer && !asked.IsAnswered, CheckNames.Answers, link, frame, $"the answer itself is missing: {asked}");
        if (isOk)
        {
            var isLostSilently = asked.Kind is IntentKind.Kick or IntentKind.Invite or IntentKind.Kill && asked.Event is null;
            Check.Sees(isLostSilently, CheckNames.Refusals, link, frame, $"it was not done: {asked}");
            _past.SeeResult(asked);
        }
        else if (!asked.IsRefused && link.Life.Refusals is { } refusals && fields.Code is { } code)
        {
            refusals.CheckTold(link, asked, code);
        }

        link.Files.SeeResult(asked, isOk, fields["code"]);
        link.Runs.SeeResult(asked, isOk, fields["code"]);
        if (asked.Event is { } happened)
        {
            link.World.Machine.Milestones.Note(isLost ? Milestone.NotStored : Milestone.Acknowledged);
            var hasNumber = asked.Kind is not (IntentKind.Nick or IntentKind.Quit or IntentKind.Invite or IntentKind.Kill);
            Check.Sees(hasNumber && fields.Seq != happened.Seq, CheckNames.Answers, link, frame, $"the event is {happened}");
            var isEarlierLeft = link.Expected.TryPeek(out var next) && next.Event.Index < happened.Index;
            Check.Sees(isEarlierLeft, CheckNames.Answers, link, frame, $"it came before {(isEarlierLeft ? next.Event : null)}");
            if (asked.Kind is IntentKind.Say or IntentKind.Act)
            {
                link.Picture.CountOwn(happened);
            }
        }
    }

    private void Answer()
    {
        if (link.IsOpen && !link.IgnoresPings)
        {
            link.Write(FrameClientModel.Pong(),
                SeededRandom.For(link.World.Machine.Seed, Machine.ClientPart, link.ClientNumber, (int)link.Channel.BytesSent));
        }
    }
}
