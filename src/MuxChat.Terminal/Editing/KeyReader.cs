using System.Text;

namespace MuxChat.Terminal.Editing;

/// <summary>Makes keys of the bytes that a terminal sends, in whatever pieces they come.</summary>
/// <remarks>
/// Knows the sequences of xterm and its relatives (ECMA-48, 5.4), and bracketed paste. Sequences that mean nothing here are skipped whole.
/// </remarks>
internal sealed class KeyReader
{
    /// <summary>The longest escape sequence: 64 bytes. A longer one is none.</summary>
    public const int MaxSequence = 64;

    /// <summary>Bytes of a pasted text that are kept: 768 KiB, so many that the line which takes them is always full before.</summary>
    public const int MaxPasteBytes = 3 * LineEditor.MaxLength;

    private const byte Escape = 0x1B;
    private const byte Delete = 0x7F;
    private const int PasteBegins = 200;

    private static readonly byte[] PasteEnd = "\e[201~"u8.ToArray();

    private static readonly Dictionary<byte, KeyKind> Controls = new()
    {
        [0x01] = KeyKind.Home,
        [0x02] = KeyKind.Left,
        [0x03] = KeyKind.Interrupt,
        [0x04] = KeyKind.EndOfInput,
        [0x05] = KeyKind.End,
        [0x06] = KeyKind.Right,
        [0x08] = KeyKind.Backspace,
        [0x09] = KeyKind.Tab,
        [0x0A] = KeyKind.Enter,
        [0x0B] = KeyKind.KillToEnd,
        [0x0C] = KeyKind.Redraw,
        [0x0D] = KeyKind.Enter,
        [0x0E] = KeyKind.NextView,
        [0x10] = KeyKind.PreviousView,
        [0x15] = KeyKind.KillToStart,
        [0x17] = KeyKind.DeleteWordLeft,
        [0x19] = KeyKind.Yank,
        [0x1A] = KeyKind.Suspend,
        [Delete] = KeyKind.Backspace,
    };

    private static readonly Dictionary<byte, KeyKind> AfterEscape = new()
    {
        [(byte)'b'] = KeyKind.WordLeft,
        [(byte)'f'] = KeyKind.WordRight,
        [(byte)'d'] = KeyKind.DeleteWordRight,
        [(byte)'n'] = KeyKind.NextView,
        [(byte)'p'] = KeyKind.PreviousView,
        [Delete] = KeyKind.DeleteWordLeft,
        [0x08] = KeyKind.DeleteWordLeft,
    };

    private static readonly Dictionary<char, KeyKind> Finals = new()
    {
        ['A'] = KeyKind.Up,
        ['B'] = KeyKind.Down,
        ['C'] = KeyKind.Right,
        ['D'] = KeyKind.Left,
        ['H'] = KeyKind.Home,
        ['F'] = KeyKind.End,
        ['Z'] = KeyKind.BackTab,
    };

    private static readonly Dictionary<int, KeyKind> Numbers = new()
    {
        [1] = KeyKind.Home,
        [3] = KeyKind.Delete,
        [4] = KeyKind.End,
        [5] = KeyKind.PageUp,
        [6] = KeyKind.PageDown,
        [7] = KeyKind.Home,
        [8] = KeyKind.End,
    };

    private readonly List<byte> _paste = [];
    private byte[] _rest = [];
    private bool _isPasting;

    /// <summary>Takes bytes and returns the keys that are whole now.</summary>
    public IReadOnlyList<Key> Read(ReadOnlySpan<byte> bytes)
    {
        var keys = new List<Key>();
        byte[] all = [.. _rest, .. bytes];
        var at = 0;
        while (at < all.Length)
        {
            var used = _isPasting ? TakePasted(all.AsSpan(at), keys) : TakeKey(all.AsSpan(at), keys);
            if (used == 0)
            {
                break;
            }

            at += used;
        }

        _rest = all[at..];
        return keys;
    }

    // Returns how many bytes were used: 0 if more must come first.
    private int TakePasted(ReadOnlySpan<byte> bytes, List<Key> keys)
    {
        var end = bytes.IndexOf(PasteEnd);

        // The last bytes may be the beginning of the end.
        var text = end >= 0 ? bytes[..end] : bytes[..Math.Max(0, bytes.Length - (PasteEnd.Length - 1))];
        _paste.AddRange(text[..Math.Min(text.Length, MaxPasteBytes - _paste.Count)]);
        if (end < 0)
        {
            return text.Length;
        }

        keys.Add(new Key(KeyKind.Paste, Encoding.UTF8.GetString([.. _paste])));
        _paste.Clear();
        _isPasting = false;
        return end + PasteEnd.Length;
    }

    private int TakeKey(ReadOnlySpan<byte> bytes, List<Key> keys)
    {
        if (bytes[0] == Escape)
        {
            return TakeSequence(bytes, keys);
        }

        if (Controls.TryGetValue(bytes[0], out var control))
        {
            keys.Add(new Key(control));
            return 1;
        }

        return bytes[0] < ' ' ? 1 : TakeText(bytes, keys);
    }

    private static int TakeText(ReadOnlySpan<byte> bytes, List<Key> keys)
    {
        var text = new StringBuilder();
        var at = 0;
        while (at < bytes.Length && bytes[at] is >= (byte)' ' and not Delete)
        {
            var state = Rune.DecodeFromUtf8(bytes[at..], out var rune, out var used);
            if (state == System.Buffers.OperationStatus.NeedMoreData)
            {
                break;
            }

            // A control character of two bytes (U+0080 to U+009F) is no text.
            if (state == System.Buffers.OperationStatus.Done && !Rune.IsControl(rune))
            {
                text.Append(rune);
            }

            at += used;
        }

        if (text.Length > 0)
        {
            keys.Add(new Key(KeyKind.Text, text.ToString()));
        }

        return at;
    }

    private int TakeSequence(ReadOnlySpan<byte> bytes, List<Key> keys)
    {
        if (bytes.Length < 2)
        {
            return 0;
        }

        if (bytes[1] is (byte)'[' or (byte)'O')
        {
            return TakeControlSequence(bytes, keys);
        }

        if (bytes[1] == Escape)
        {
            return 1;
        }

        if (AfterEscape.TryGetValue(bytes[1], out var kind))
        {
            keys.Add(new Key(kind));
        }
        else if (bytes[1] is >= (byte)'0' and <= (byte)'9')
        {
            keys.Add(new Key(KeyKind.View, Number: bytes[1] == '0' ? 10 : bytes[1] - '0'));
        }

        return 2;
    }

    private int TakeControlSequence(ReadOnlySpan<byte> bytes, List<Key> keys)
    {
        var end = 2;
        while (end < bytes.Length && bytes[end] is < 0x40 or > 0x7E)
        {
            if (++end > MaxSequence)
            {
                return end;
            }
        }

        if (end >= bytes.Length)
        {
            return 0;
        }

        var parameters = Encoding.ASCII.GetString(bytes[2..end]).Split(';');
        var final = (char)bytes[end];
        _ = int.TryParse(parameters[0], out var number);
        _isPasting = final == '~' && number == PasteBegins;
        var isFound = final == '~' ? Numbers.TryGetValue(number, out var kind) : Finals.TryGetValue(final, out kind);
        if (isFound)
        {
            var isModified = parameters.Length > 1 && parameters[1] is not ("1" or "2");
            keys.Add(new Key((kind, isModified) switch
            {
                (KeyKind.Left, true) => KeyKind.WordLeft,
                (KeyKind.Right, true) => KeyKind.WordRight,
                _ => kind,
            }));
        }

        return end + 1;
    }
}
