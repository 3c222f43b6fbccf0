using System.Text;
using MuxChat.Core.Chat;

namespace MuxChat.Simulation.Clients;

/// <summary>A person at a terminal: lines.</summary>
internal sealed class LineClientModel : IClientModel
{
    public string Protocol => "line";

    public int Listener => 0;

    public bool ShowsToActor(EventKind kind, Link actor) => kind is EventKind.Left or EventKind.Renamed or EventKind.TopicSet
        or EventKind.Away or EventKind.Kicked or EventKind.ModeSet or EventKind.Invited;

    public bool IsOncePerPerson(EventKind kind) => kind is EventKind.Renamed or EventKind.Quit or EventKind.Away;

    public IView CreateView(Link link) => new LineView(link);

    public byte[] Compose(Intent intent, SimPlan plan, SeededRandom random)
    {
        if (intent.IsRefused)
        {
            return Refused(intent, plan, random);
        }

        var line = intent.Kind switch
        {
            IntentKind.Say => intent.Text.StartsWith('/') ? "/" + intent.Text : intent.Text,
            IntentKind.Act => $"/me {intent.Text}",
            IntentKind.Topic => intent.Text.Length > 0 ? $"/topic {intent.Text}" : "/TOPIC",
            IntentKind.Nick => $"/nick {intent.Nick}",
            IntentKind.Join when intent.Key.Length > 0 => $"/join {intent.Room} {intent.Key}",
            IntentKind.Mode => $"/mode {intent.Room} {intent.Text}",
            IntentKind.Kick => $"/kick {intent.Room} {intent.Nick} {intent.Text}".TrimEnd(' '),
            IntentKind.Invite => $"/invite {intent.Room} {intent.Nick}",
            IntentKind.Oper => $"/oper {intent.Nick} {intent.Text}",
            IntentKind.Kill => $"/kill {intent.Nick} {intent.Text}".TrimEnd(' '),
            IntentKind.Join => random.Chance(0.5) ? $"/join {intent.Room}" : $"/Join  {intent.Room[1..]} ",
            IntentKind.Part => intent.Room.Length > 0 ? $"/part {intent.Room}" : "/part",
            IntentKind.Message => $"/msg {intent.Nick} {intent.Text}",
            IntentKind.Ping => $"/ping {intent.Text}",
            IntentKind.Who => intent.Room.Length > 0 ? $"/who {intent.Room}" : "/who",
            IntentKind.Rooms => "/rooms",
            IntentKind.Stats => "/stats",
            IntentKind.History => intent.Limit > 0 ? $"/history {intent.Limit}" : "/history",
            IntentKind.Files => $"/files {intent.Room}".TrimEnd(' '),
            IntentKind.Get => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/get {intent.File!.Number}"),
            IntentKind.Run => intent.Run!.ToLine(),
            IntentKind.Help => random.Chance(0.5) ? "/help" : "/help nick",
            _ => intent.Text.Length > 0 ? $"/quit {intent.Text}" : "/quit",
        };
        List<byte> bytes = [.. Encoding.UTF8.GetBytes(line)];
        if (random.Chance(0.1))
        {
            byte[] negotiation = random.Pick<byte[]>([255, 253, 1], [255, 251, 31], [255, 241], [255, 250, 24, 0, 65, 255, 240]);
            bytes.InsertRange(random.Below(bytes.Count + 1), negotiation);
        }

        bytes.AddRange(random.Chance(0.2) ? "\r\n"u8 : "\n"u8);
        if (random.Chance(0.05))
        {
            bytes.InsertRange(0, "\n"u8);
        }

        return [.. bytes];
    }

    private static byte[] Refused(Intent intent, SimPlan plan, SeededRandom random)
    {
        if (intent.Kind == IntentKind.Overrun)
        {
            return Encoding.ASCII.GetBytes(new string('o', (plan.LineBytes * 4) + random.Between(1, 50)));
        }

        (intent.Refusal, var line) = Draw(plan, random);
        return [.. line, (byte)'\n'];
    }

    private static (string Refusal, byte[] Line) Draw(SimPlan plan, SeededRandom random) => random.Below(9) switch
    {
        0 => ("the line is not UTF-8", [(byte)'x', 0xC0, 0x80]),
        1 => ("the text contains a control character", [.. "* guest-1 joined #lobby\v<guest-1> forged"u8]),
        2 => ("unknown command", [.. "/dance"u8]),
        3 => ("the line is longer than ", Encoding.ASCII.GetBytes(new string('t', plan.LineBytes + random.Between(1, plan.LineBytes)))),
        4 => ("a nick is ", [.. "/nick 1st"u8]),
        5 => ("a room name is # ", [.. "/join a,b"u8]),
        6 => ("no such nick: Nobody-at-all", [.. "/msg Nobody-at-all hello"u8]),
        7 => ("the text contains a control character", [.. "esc \u001b[2J and \0"u8]),
        _ => ("the text is missing", [.. "/me "u8]),
    };
}
