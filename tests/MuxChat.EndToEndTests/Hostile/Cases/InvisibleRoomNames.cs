using static MuxChat.EndToEndTests.Hostile.HostileStep;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>Room names that cannot be told apart by looking: refused, wherever a room can be named.</summary>
internal static class InvisibleRoomNames
{
    public static IEnumerable<HostileCase> All => Characters.Invisible.SelectMany(character => Of(character.Name, character.Text));

    private static IEnumerable<HostileCase> Of(string name, string character) =>
    [
        HostileCase.Line($"lines: {name} in a room to join", HostileEnd.StaysOpen, Sends($"/join #a{character}b\n"), Gets(Refusal.BadRoom)),
        HostileCase.Line(
            $"lines: {name} at the end of a room to join",
            HostileEnd.StaysOpen,
            Sends($"/join {{room}}{character}\n"),
            Gets(Refusal.BadRoom)),
        HostileCase.Line($"lines: {name} in a room to ask about", HostileEnd.StaysOpen, Sends($"/who #a{character}b\n"),
            Gets(Refusal.BadRoom)),
        HostileCase.Line($"lines: {name} in a room to leave", HostileEnd.StaysOpen, Sends($"/part #a{character}b\n"),
            Gets(Refusal.BadRoom)),
        HostileCase.Frame(
            $"frames: {name} in a room to join",
            HostileEnd.StaysOpen,
            Frame($$"""{"type":"join","room":"#a{{character}}b"}"""),
            GetsError("bad_room")),
        HostileCase.Frame(
            $"frames: {name} at the end of a room to join",
            HostileEnd.StaysOpen,
            Frame($$"""{"type":"join","room":"{room}{{character}}"}"""),
            GetsError("bad_room")),
        HostileCase.Frame(
            $"frames: {name} in a room to speak in",
            HostileEnd.StaysOpen,
            Frame($$"""{"type":"say","room":"#a{{character}}b","text":"hi"}"""),
            GetsError("bad_room")),
    ];
}
