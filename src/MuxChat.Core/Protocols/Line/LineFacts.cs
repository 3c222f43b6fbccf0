using System.Globalization;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat.Presence;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Framing;
using MuxChat.Core.Metrics;

namespace MuxChat.Core.Protocols.Line;

/// <summary>Writes facts for people to read: about a person, and about the server.</summary>
internal static class LineFacts
{
    /// <summary>Writes who a person is. How long they have been idle comes last, and always.</summary>
    public static void WriteWhoIs(PersonFacts facts, IFraming framing, SegmentWriter writer)
    {
        var person = facts.Person;
        var identity = person.Identity;
        Begin(" is "u8);
        writer.Put(identity.User);
        writer.Put("@"u8);
        writer.Put(identity.Host);
        writer.Put(" ("u8);
        writer.Put(identity.RealName);
        writer.Put(")"u8);
        framing.End(writer);
        if (facts.Rooms.Count > 0)
        {
            Begin(" is in:"u8);
            foreach (var membership in facts.Rooms)
            {
                writer.Put(" "u8);
                writer.Put(MarkOf(membership.Rank));
                writer.Put(membership.Room.Name);
            }

            framing.End(writer);
        }

        if (person.Away is not null)
        {
            Begin(" is away: "u8);
            writer.Put(person.Away);
            framing.End(writer);
        }

        PutIf(person.IsOperator, " is a server operator"u8);
        PutIf(person.IsBot, " is a bot"u8);
        PutIf(person.IsSecure, " uses a secure connection"u8);
        var since = DateTimeOffset.FromUnixTimeMilliseconds(facts.ConnectedUnixMs);
        Begin(" has been idle for "u8);
        writer.Put(Metric.DescribeSeconds(facts.IdleS));
        writer.Put(since.ToString("', and here since 'yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        framing.End(writer);

        void Begin(ReadOnlySpan<byte> what)
        {
            framing.Begin(writer);
            writer.Put("* "u8);
            writer.Put(person.Nick);
            writer.Put(what);
        }

        void PutIf(bool isSo, ReadOnlySpan<byte> what)
        {
            if (isSo)
            {
                Begin(what);
                framing.End(writer);
            }
        }
    }

    /// <summary>Writes the server's figures, a few on a line.</summary>
    public static void WriteStats(MetricSet metrics, IFraming framing, SegmentWriter writer)
    {
        Metric[] begins = [metrics.Clients, metrics.LinesIn, metrics.Uptime, metrics.Ticks, metrics.Allocated, metrics.DatagramsIn];
        foreach (var metric in metrics.Shown)
        {
            var isFirst = metric == metrics.Shown[0];
            if (!isFirst && Array.IndexOf(begins, metric) >= 0)
            {
                framing.End(writer);
                isFirst = true;
            }

            if (isFirst)
            {
                framing.Begin(writer);
            }

            writer.Put(isFirst ? "* "u8 : ", "u8);
            writer.Put(metric.Label);
            writer.Put(" "u8);
            writer.Put(metric.Describe());
        }

        framing.End(writer);
    }

    /// <summary>Returns the mark before the name of a member, or before the room where a person has the rank.</summary>
    public static ReadOnlySpan<byte> MarkOf(MemberRank rank) =>
        (rank & MemberRank.Operator) != 0 ? "@"u8 : (rank & MemberRank.Voice) != 0 ? "+"u8 : default;
}
