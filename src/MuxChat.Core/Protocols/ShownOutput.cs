using System.Buffers;
using System.Globalization;
using System.Text;
using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Protocols;

/// <summary>
/// Makes lines for people from a program's output. Control characters except tab, and bytes that are not UTF-8, are shown as <c>\x1B</c>.
/// </summary>
/// <remarks>A long line goes on in the next one, with another mark. A line whose end has not come is kept, so it is never cut.</remarks>
/// <param name="sink">Receives each line: its mark, and its text.</param>
internal sealed class ShownOutput(Action<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> sink)
{
    /// <summary>Bytes of the longest line: 400, which fits a line of IRC.</summary>
    public const int MaxLineBytes = 400;

    /// <summary>Bytes of lines after which <see cref="Add"/> returns: 16 KiB.</summary>
    private const int BytesPerCall = 16 * 1024;

    // Bytes that a line has besides its text, in any protocol: at most so many.
    private const int LineOverhead = 100;

    private readonly PartialLine _output = new("| "u8, "|+ "u8);
    private readonly PartialLine _error = new("! "u8, "!+ "u8);
    private int _shown;

    /// <summary>Adds bytes of one stream. Returns how many it has used, at least one.</summary>
    public int Add(ProgramStream stream, ReadOnlySpan<byte> bytes)
    {
        var line = stream == ProgramStream.Output ? _output : _error;
        _shown = 0;
        var used = 0;
        while (used < bytes.Length && (used == 0 || _shown < BytesPerCall))
        {
            used += AddSome(line, bytes[used..]);
        }

        return used;
    }

    /// <summary>Shows the lines whose end has not come.</summary>
    public void Finish()
    {
        foreach (var line in (PartialLine[])[_output, _error])
        {
            AddEscaped(line, line.Unfinished);
            line.Unfinished = [];
            if (line.HasReturn)
            {
                AddEscaped(line, "\r"u8);
            }

            if (line.Length > 0)
            {
                Show(line, isWhole: true);
            }
        }
    }

    private int AddSome(PartialLine line, ReadOnlySpan<byte> bytes)
    {
        if (line.Unfinished.Length > 0)
        {
            return FinishCharacter(line, bytes[0]);
        }

        var plain = bytes.IndexOfAnyExceptInRange((byte)' ', (byte)'~');
        plain = plain < 0 ? bytes.Length : plain;
        if (plain > 0)
        {
            EndReturn(line);
            var room = line.Length == MaxLineBytes ? MaxLineBytes : MaxLineBytes - line.Length;
            var part = bytes[..Math.Min(plain, room)];
            Append(line, part);
            return part.Length;
        }

        if (bytes[0] == (byte)'\n')
        {
            line.HasReturn = false;
            Show(line, isWhole: true);
            return 1;
        }

        EndReturn(line);
        if (bytes[0] == (byte)'\r')
        {
            line.HasReturn = true;
            return 1;
        }

        return AddCharacter(line, bytes);
    }

    // A character may be cut between two blocks.
    private int FinishCharacter(PartialLine line, byte next)
    {
        byte[] all = [.. line.Unfinished, next];
        var status = Rune.DecodeFromUtf8(all, out _, out var length);
        if (status == OperationStatus.NeedMoreData)
        {
            line.Unfinished = all;
            return 1;
        }

        line.Unfinished = [];
        if (status == OperationStatus.Done)
        {
            AddCharacter(line, all);
            return 1;
        }

        // The byte is not part of that character.
        AddEscaped(line, all.AsSpan(0, length));
        return length == all.Length ? 1 : 0;
    }

    private int AddCharacter(PartialLine line, ReadOnlySpan<byte> bytes)
    {
        var status = Rune.DecodeFromUtf8(bytes, out _, out var length);
        if (status == OperationStatus.NeedMoreData)
        {
            line.Unfinished = bytes.ToArray();
            return bytes.Length;
        }

        if (status == OperationStatus.Done && !ChatText.HasControl(bytes[..length]))
        {
            Append(line, bytes[..length]);
        }
        else
        {
            AddEscaped(line, bytes[..length]);
        }

        return length;
    }

    private void EndReturn(PartialLine line)
    {
        if (line.HasReturn)
        {
            line.HasReturn = false;
            AddEscaped(line, "\r"u8);
        }
    }

    private void AddEscaped(PartialLine line, ReadOnlySpan<byte> bytes)
    {
        Span<byte> shown = stackalloc byte[4];
        foreach (var one in bytes)
        {
            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\\x{one:X2}"), shown);
            Append(line, shown);
        }
    }

    private void Append(PartialLine line, ReadOnlySpan<byte> text)
    {
        if (line.Length + text.Length > MaxLineBytes)
        {
            Show(line, isWhole: false);
        }

        line.Append(text);
    }

    private void Show(PartialLine line, bool isWhole)
    {
        _shown += line.Length + LineOverhead;
        sink(line.Mark, line.Text);
        line.Begin(isContinued: !isWhole);
    }

    /// <summary>The line of one stream that has not ended.</summary>
    private sealed class PartialLine
    {
        private readonly byte[] _bytes = new byte[MaxLineBytes];
        private readonly byte[] _first;
        private readonly byte[] _continued;

        public PartialLine(ReadOnlySpan<byte> first, ReadOnlySpan<byte> continued)
        {
            (_first, _continued) = (first.ToArray(), continued.ToArray());
            Mark = _first;
        }

        public int Length { get; private set; }

        /// <summary>Whether a CR came last, which an LF would make the end of the line.</summary>
        public bool HasReturn { get; set; }

        /// <summary>The bytes of a character whose rest has not come.</summary>
        public byte[] Unfinished { get; set; } = [];

        public ReadOnlyMemory<byte> Mark { get; private set; }

        public ReadOnlyMemory<byte> Text => _bytes.AsMemory(0, Length);

        public void Append(ReadOnlySpan<byte> text)
        {
            text.CopyTo(_bytes.AsSpan(Length));
            Length += text.Length;
        }

        public void Begin(bool isContinued)
        {
            Length = 0;
            Mark = isContinued ? _continued : _first;
        }
    }
}
