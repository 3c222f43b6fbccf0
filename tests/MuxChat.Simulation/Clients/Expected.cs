namespace MuxChat.Simulation.Clients;

/// <summary>An event that one member is to see.</summary>
/// <param name="Event">The event.</param>
/// <param name="ShowsRoom">Whether a person is shown the room, being in several.</param>
internal readonly record struct Expected(LoggedEvent Event, bool ShowsRoom);
