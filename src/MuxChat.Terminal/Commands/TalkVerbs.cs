using MuxChat.Terminal.Session;

namespace MuxChat.Terminal.Commands;

/// <summary>The commands about persons and texts.</summary>
internal static class TalkVerbs
{
    public static void Message(CommandContext context, string text)
    {
        if (Words.Nick(context, text, out var rest) is not { } nick)
        {
            return;
        }

        var from = context.Session.Find(nick) is null && rest.Length > 0 ? context.View : null;
        var view = context.Session.Add(nick);
        view.OpenedFrom ??= from;
        context.Session.Look(view);
        if (rest.Length > 0)
        {
            context.Say(view, rest);
        }
    }

    public static void Act(CommandContext context, string text)
    {
        if (!context.View.IsRoom)
        {
            context.Session.Mistake("/me is for rooms");
        }
        else if (text.Length == 0)
        {
            context.Session.Mistake("say what you do: /me TEXT");
        }
        else
        {
            context.Say(context.View, text, isAction: true);
        }
    }

    public static void Nick(CommandContext context, string text)
    {
        if (Words.Nick(context, text, out _) is not { } nick)
        {
            return;
        }

        if (context.IsConnected)
        {
            context.Session.Nicks.Change(nick);
        }
    }

    public static void Away(CommandContext context, string text)
    {
        var reason = text.OrNull() ?? "away";
        context.Ask(new Request("away", ("reason", reason)), $"you are away: {reason}");
    }

    public static void Operator(CommandContext context, string text)
    {
        var name = Words.First(text, out var password);
        if (name.Length == 0 || password.Length == 0)
        {
            context.Session.Mistake("give name and password: /oper NAME PASSWORD");
        }
        else
        {
            context.Ask(new Request("oper", ("name", name), ("password", password)));
        }
    }
}
