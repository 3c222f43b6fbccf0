namespace MuxChat.Core.Chat.Presence;

/// <summary>Somebody who was here under a nick.</summary>
/// <param name="Nick">The nick.</param>
/// <param name="Identity">Who that was.</param>
/// <param name="UnixMs">Until when, in milliseconds since 1970-01-01 UTC.</param>
internal sealed record Departure(byte[] Nick, Identity Identity, long UnixMs);
