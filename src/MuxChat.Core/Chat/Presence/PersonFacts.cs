using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Chat.Presence;

/// <summary>The facts that one person may know about another now: the answer to <see cref="CommandKind.WhoIs"/>.</summary>
/// <param name="Person">The person asked about.</param>
/// <param name="Rooms">The memberships that the one who asks may see, in the order of joining.</param>
/// <param name="IdleS">Seconds since the person spoke, or connected.</param>
/// <param name="ConnectedUnixMs">The time when the person connected, in milliseconds since 1970-01-01 UTC.</param>
public sealed record PersonFacts(Person Person, IReadOnlyList<Membership> Rooms, long IdleS, long ConnectedUnixMs);
