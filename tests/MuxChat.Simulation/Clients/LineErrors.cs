using MuxChat.Core.Chat;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Clients;

/// <summary>
/// The errors that a person is shown, in order, against what was asked: each belongs to a request that can be refused with these words, and
/// what is wrong in itself is never passed over.
/// </summary>
internal sealed class LineErrors(Link link)
{
    private const string NoRoom = "you are not in a room: ";

    private readonly LobbyRefusal _lobby = new();
    private int _next;

    // Errors that were taken for those of requests which may as well have been done, without a trace here: one each may be of a
    // text that was wrong in itself.
    private int _doubtful;

    /// <summary>An error is shown.</summary>
    public void See(string error, ReadOnlySpan<byte> line)
    {
        if (_next == 0 && _lobby.Refuses(error))
        {
            return;
        }

        var all = link.Intents.All;
        (Intent Asked, ErrorCode Code)? untrue = null;
        for (; _next < all.Count; _next++)
        {
            var asked = all[_next];
            if (CodeOf(asked, error) is { } code)
            {
                if (asked.IsRefused || link.Life.Refusals!.IsTrue(link, asked, code))
                {
                    link.World.Machine.Milestones.Note(Milestone.Refused);
                    _next++;
                    return;
                }

                untrue ??= (asked, code);
            }

            if (asked.Event is null && Words(asked).Any(words => error.StartsWith(words, StringComparison.Ordinal)))
            {
                // What has no end is refused twice: when it is too long, and before the connection is closed.
                _next += asked.Kind == IntentKind.Overrun ? 0 : 1;
                asked.Run?.IsKnown = true;
                _doubtful += error.StartsWith(NoRoom, StringComparison.Ordinal)
                    && asked.Kind is not (IntentKind.Say or IntentKind.Act or IntentKind.Garbage) ? 1 : 0;
                return;
            }

            Pass(asked, line);
        }

        if (untrue is { } first)
        {
            link.Life.Refusals!.CheckTold(link, first.Asked, first.Code);
        }

        Check.Sees(true, CheckNames.Answers, link, line, $"nothing that was asked is refused with that");
    }

    /// <summary>A request was answered: what was wrong before it was refused by then.</summary>
    public void PassBefore(Intent answered, ReadOnlySpan<byte> line)
    {
        for (; _next < answered.Index; _next++)
        {
            Pass(link.Intents.All[_next], line);
        }
    }

    private static bool NeedsRoom(Intent asked) =>
        asked.Kind == IntentKind.Garbage && asked.Refusal.StartsWith("the text ", StringComparison.Ordinal);

    // What is wrong with a text is not looked at where it may not be said at all.
    private ErrorCode? CodeOf(Intent asked, string error) => asked.Event is not null || link.Life.Refusals is null
        ? null
        : LineRefusals.CodeOf(NeedsRoom(asked) ? IntentKind.Say : asked.Kind, asked, error);

    private void Pass(Intent asked, ReadOnlySpan<byte> line)
    {
        if (NeedsRoom(asked) && _doubtful > 0)
        {
            _doubtful--;
            return;
        }

        Check.Sees(asked is { Kind: IntentKind.Message, IsEchoed: false }, CheckNames.Echo, link, line,
            $"before it must be shown as sent, or be refused: {asked}");
        var isRefused = asked.IsRefused || asked.Run is { Refusal.Length: > 0 };
        Check.Sees(isRefused, CheckNames.Answers, link, line, $"before it must be refused, with \"{asked.Refusal}\": {asked} {asked.Run}");
    }

    private string[] Words(Intent asked) => asked.Kind switch
    {
        // Where there is no room to say it in, what is wrong with a text is not looked at.
        IntentKind.Garbage when NeedsRoom(asked) => [asked.Refusal, NoRoom],
        IntentKind.Garbage => [asked.Refusal],
        IntentKind.Overrun => ["the line is longer than ", "no end of line within "],
        IntentKind.Topic when asked.Text.Length > 0 => [NoRoom, "only operators of #lobby may set its topic"],
        IntentKind.Say or IntentKind.Act or IntentKind.Topic => [NoRoom],
        IntentKind.History => [NoRoom, $"{asked.Limit} is too many: "],
        IntentKind.Part => asked.Room.Length == 0 ? [NoRoom] : ["you are not in ", $"there is no room {asked.Room}: "],
        IntentKind.Who => asked.Room.Length == 0 ? [NoRoom] : [$"there is no room {asked.Room}: "],
        IntentKind.Files => [NoRoom, "you are not in ", $"there is no room {asked.Room}: "],
        IntentKind.Get => [$"there is no file {asked.File!.Number} in your rooms: ", "too many files are being read: ",
            "the file is gone, "],
        IntentKind.Run when asked.Run!.IsKnown => [],
        IntentKind.Run => [asked.Run!.Refusal.Length > 0 ? asked.Run.Refusal : "too many commands are waiting: "],
        IntentKind.Nick => ["the nick "],
        IntentKind.Join => [$"you are in {link.World.Plan.Chat.RoomsPerClient} rooms",
            $"the server has {link.World.Plan.Chat.Rooms} rooms"],
        IntentKind.Message when asked.IsEchoed => [],
        IntentKind.Message => [$"no such nick: {asked.Nick}"],
        _ => [],
    };
}
