using MuxChat.Core.Buffers;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Line;

/// <summary>Writes help on the commands of lines, as <see cref="LineCommands"/> has them.</summary>
internal static class LineHelp
{
    /// <summary>Writes help on one command, or on all if there is no such command.</summary>
    public static void Write(ReadOnlySpan<byte> topic, IFraming framing, SegmentWriter writer)
    {
        if (LineCommands.FindTopic(topic) is { } one)
        {
            WriteOne(one, framing, writer);
            foreach (var line in one.Details)
            {
                Begin(framing, writer);
                writer.Put(line);
                framing.End(writer);
            }

            return;
        }

        foreach (var command in LineCommands.All)
        {
            WriteOne(command, framing, writer);
        }

        Begin(framing, writer);
        writer.Put("//text  sends a line that begins with a slash"u8);
        framing.End(writer);
    }

    private static void WriteOne(CommandInfo command, IFraming framing, SegmentWriter writer)
    {
        Begin(framing, writer);
        writer.Put(command.LineSyntax);
        writer.Put("  "u8);
        writer.Put(command.Summary);
        foreach (var name in command.OtherNames)
        {
            writer.Put("; also /"u8);
            writer.Put(name);
        }

        framing.End(writer);
    }

    private static void Begin(IFraming framing, SegmentWriter writer)
    {
        framing.Begin(writer);
        writer.Put("* "u8);
    }
}
