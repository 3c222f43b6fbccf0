namespace MuxChat.Simulation.Moderation;

/// <summary>
/// The one place that says what becomes of a room's standing when nobody is in it any more, when it is forgotten, and when the server
/// starts again; and who is an operator by entering.
/// </summary>
internal static class StandingRule
{
    /// <summary>How a room stands that nobody has heard of, in this life of the server: nothing of it outlives a start.</summary>
    public static RoomState OfNew(bool isLobby) => new() { IsLobby = isLobby };

    /// <summary>What a room becomes whose last member has left. The lobby stays as it is; any other is as if it were new.</summary>
    public static RoomState Emptied(RoomState state) => state.IsLobby ? state : OfNew(isLobby: false);

    /// <summary>Whether the last one to leave a room takes its past and its topic along.</summary>
    public static bool LosesPast(RoomState left) => left is { IsClosed: true, IsLobby: false };

    /// <summary>What somebody is who enters: the first one is the operator, but of the lobby.</summary>
    public static string RankOfEntrant(RoomState state) => state.Members.IsEmpty && !state.IsLobby ? "o" : "";
}
