using System.Buffers.Binary;
using System.Globalization;
using MuxChat.Core.Chat.History;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Lives;
using MuxChat.Simulation.Wire;

namespace MuxChat.Simulation.Checks;

/// <summary>
/// Looks at what is sent to one program, as it is sent: an <c>ok</c> says that its event is as durable as was
/// promised, and so it must be by then.
/// </summary>
internal sealed class DurabilityCheck(Link link)
{
    private const int HeaderBytes = 4;

    private readonly ByteQueue _sent = new();

    public void Sent(ReadOnlySpan<byte> bytes)
    {
        _sent.Append(bytes);
        while (_sent.Count >= HeaderBytes)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(_sent.Pending);
            if (length <= 0 || _sent.Count < HeaderBytes + length)
            {
                // A length that is none is for who reads it to judge.
                return;
            }

            var frame = _sent.Pending.Slice(HeaderBytes, length);
            if (frame.StartsWith("{\"type\":\"ok\""u8))
            {
                Acknowledged(FrameFields.Parse(frame));
            }

            _sent.Consume(HeaderBytes + length);
        }
    }

    private void Acknowledged(FrameFields fields)
    {
        var isKnown = int.TryParse(fields.Id?.Trim('"').TrimStart('i'), CultureInfo.InvariantCulture, out var index)
            && index < link.Intents.All.Count;
        if (!isKnown || link.Intents.All[index] is not { LastEvent: { Seq: > 0 } happened } asked
            || asked.Kind == IntentKind.Quit || asked == link.KilledBy)
        {
            return;
        }

        Check.Fail(
            happened.Outcome != JournalStatus.Stored,
            CheckNames.Durability,
            $"client {link.ClientNumber} is told that {asked} is stored, but the journal did not say so: {happened.Outcome}");
        SimJournal.CheckDurable(happened, link.World.Past.Journal!.Durability);
    }
}
