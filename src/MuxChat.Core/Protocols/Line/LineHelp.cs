using MuxChat.Core.Buffers;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Line;

/// <summary>Writes help on the commands of lines, as <see cref="CommandTable"/> has them.</summary>
internal static class LineHelp
{
    /// <summary>Writes help on one command, or on all if there is no such command.</summary>
    public static void Write(ReadOnlySpan<byte> topic, IFraming framing, SegmentWriter writer)
    {
        var one = CommandTable.Find(topic.TrimStart("/"u8));
        if (one is null)
        {
            foreach (var command in CommandTable.All)
            {
                WriteOne(command, framing, writer);
            }

            framing.Begin(writer);
            writer.Put("* //text  sends a line that begins with a slash"u8);
            framing.End(writer);
        }
        else
        {
            WriteOne(one, framing, writer);
        }
    }

    private static void WriteOne(CommandInfo command, IFraming framing, SegmentWriter writer)
    {
        if (command.LineSyntax.Length > 0)
        {
            framing.Begin(writer);
            writer.Put("* "u8);
            writer.Put(command.LineSyntax);
            writer.Put("  "u8);
            writer.Put(command.Summary);
            framing.End(writer);
        }
    }
}
