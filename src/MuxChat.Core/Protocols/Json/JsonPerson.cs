using System.Text.Json;
using MuxChat.Core.Chat.Presence;
using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Protocols.Json;

/// <summary>Writes who a person is, for <c>whois</c>.</summary>
internal static class JsonPerson
{
    /// <summary>Writes the fields of the answer. It leaves out each fact that is not so.</summary>
    /// <param name="facts">The facts that the client may know.</param>
    /// <param name="since">The time when the person connected, as the wire has it.</param>
    /// <param name="json">Writes them.</param>
    public static void Write(PersonFacts facts, ReadOnlySpan<byte> since, Utf8JsonWriter json)
    {
        var person = facts.Person;
        json.WriteString("type"u8, "whois"u8);
        json.WriteString("nick"u8, person.Nick);
        json.WriteString("user"u8, person.Identity.User);
        json.WriteString("host"u8, person.Identity.Host);
        json.WriteString("name"u8, person.Identity.RealName);
        json.WriteStartArray("rooms"u8);
        foreach (var membership in facts.Rooms)
        {
            json.WriteStartObject();
            json.WriteString("room"u8, membership.Room.Name);
            if (membership.Rank != MemberRank.None)
            {
                json.WriteString("rank"u8, (membership.Rank & MemberRank.Operator) != 0 ? "operator"u8 : "voice"u8);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (person.Away is not null)
        {
            json.WriteString("away"u8, person.Away);
        }

        WriteIf(person.IsOperator, "operator"u8, json);
        WriteIf(person.IsBot, "bot"u8, json);
        WriteIf(person.IsSecure, "secure"u8, json);
        json.WriteNumber("idle_s"u8, facts.IdleS);
        json.WriteString("since"u8, since);
    }

    private static void WriteIf(bool isSo, ReadOnlySpan<byte> field, Utf8JsonWriter json)
    {
        if (isSo)
        {
            json.WriteBoolean(field, true);
        }
    }
}
