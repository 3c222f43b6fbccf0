using System.Globalization;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Terminal.Session;

namespace MuxChat.Terminal.Commands;

/// <summary>The commands about rooms.</summary>
internal static class RoomVerbs
{
    private const int DefaultEvents = 20;
    private const int MaxEvents = 1000;

    public static void Join(CommandContext context, string text)
    {
        var session = context.Session;
        if (!Names.TryReadRoom(Words.First(text, out var key), out var room))
        {
            session.Mistake(RoomName.Rule);
            return;
        }

        var view = session.Add(room);
        session.Look(view);
        if (view is { IsJoined: false, Arrival: null })
        {
            view.Key = key.OrNull() ?? view.Key;
            view.IsLeft = false;
            session.Arrivals.Enter(view, key.OrNull());
        }
    }

    public static void Part(CommandContext context, string text)
    {
        var first = Words.First(text, out var rest);
        var isNamed = first.StartsWith('#') || context.Session.Find("#" + first) is not null;
        var view = !isNamed ? context.View : context.Session.Find(first) ?? context.Session.Find("#" + first);
        if (view is null or { IsServer: true })
        {
            context.Session.Mistake(
                view is null ? $"you are not in {first}" : "this view shows the server: it cannot be closed, /quit ends");
            return;
        }

        context.Session.Part(view, (isNamed ? rest : text).OrNull());
    }

    public static void Turn(CommandContext context, string text)
    {
        var session = context.Session;
        var name = text.Trim();
        var view = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? session.Views.ElementAtOrDefault(number - 1)
            : session.Find(name) ?? session.Find("#" + name);
        if (view is null || name.Length == 0)
        {
            session.Mistake(
                name.Length == 0 ? "name a room, or a person whose messages you have" : $"there is no view {name}: /join {name}");
            return;
        }

        session.Look(view);
    }

    public static void Topic(CommandContext context, string text)
    {
        if (Words.Room(context, text, out var topic) is not { } room)
        {
            return;
        }

        if (topic.Length > 0)
        {
            context.Ask(new Request("topic", ("room", room), ("text", topic == "-" ? "" : topic)));
        }
        else if (context.IsConnected)
        {
            context.Session.Answers.AskTopic(room);
        }
    }

    public static void Who(CommandContext context, string text)
    {
        if (Words.RoomAlone(context, text) is { } room && context.IsConnected)
        {
            context.Session.Answers.AskMembers(room, isShown: true);
        }
    }

    public static void History(CommandContext context, string text)
    {
        var events = DefaultEvents;
        if (text.Length > 0 && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out events)
            || events is < 1 or > MaxEvents))
        {
            context.Session.Mistake($"/history takes a number of events from 1 to {MaxEvents}");
        }
        else if (Words.Room(context, "", out _) is { } room && context.IsConnected)
        {
            context.Session.Answers.AskPast(room, Math.Max(0, context.View.Sequence.Last - events), events);
        }
    }

    public static void Kick(CommandContext context, string text)
    {
        if (Words.Room(context, text, out var rest) is { } room && Words.Nick(context, rest, out var reason) is { } nick)
        {
            context.Ask(new Request("kick", ("room", room), ("nick", nick), ("reason", reason.OrNull())));
        }
    }

    public static void Invite(CommandContext context, string text)
    {
        if (Words.Room(context, text, out var rest) is { } room && Words.Nick(context, rest, out _) is { } nick)
        {
            context.Ask(new Request("invite", ("room", room), ("nick", nick)));
        }
    }

    public static void Mode(CommandContext context, string text)
    {
        if (Words.Room(context, text, out var modes) is { } room)
        {
            context.Ask(new Request("mode", ("room", room), ("modes", modes.OrNull())));
        }
    }
}
