using System.Runtime.InteropServices;
using MuxChat.Terminal.Connection;

namespace MuxChat.Terminal.Talking;

/// <summary>The inputs of the client's loop.</summary>
internal abstract record TalkInput
{
    /// <summary>News of a connection.</summary>
    public sealed record News(ConnectionNews What) : TalkInput;

    /// <summary>A line of standard input.</summary>
    public sealed record Line(string Text) : TalkInput;

    /// <summary>Bytes that were typed at the terminal.</summary>
    public sealed record Typed(byte[] Bytes) : TalkInput;

    /// <summary>The input ended, or could not be read.</summary>
    public sealed record Ended(string? Trouble) : TalkInput;

    /// <summary>Slow work is done: what is to follow in the loop.</summary>
    public sealed record Worked(Action Then) : TalkInput;

    /// <summary>A signal to the process.</summary>
    public sealed record Signal(PosixSignal Which) : TalkInput;
}
