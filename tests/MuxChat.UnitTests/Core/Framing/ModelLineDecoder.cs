using MuxChat.Core.Framing;

namespace MuxChat.UnitTests.Core.Framing;

/// <summary>What a line decoder is to say of bytes without telnet commands, written down as plainly as can be.</summary>
internal static class ModelLineDecoder
{
    public static Transcript Decode(byte[] stream, int limit)
    {
        var transcript = new Transcript();
        var lines = Bytes.Latin(stream).Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var isLast = i == lines.Length - 1;
            var line = lines[i];

            // The CR of a CRLF does not count; neither does one whose LF may still come.
            var content = line.EndsWith('\r') ? line[..^1] : line;
            if (content.Length > limit)
            {
                transcript.Add(DecodeStatus.TooLong);
                if (line.Length > limit * 4)
                {
                    transcript.Add(DecodeStatus.Overrun);
                    return transcript;
                }
            }
            else if (!isLast)
            {
                transcript.Add(DecodeStatus.Frame, Bytes.Latin(content));
            }
        }

        return transcript;
    }
}
