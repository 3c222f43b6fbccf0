namespace MuxChat.Core.Framing;

/// <summary>One answer of a decoder.</summary>
/// <param name="Status">What was found.</param>
/// <param name="Consumed">Bytes at the front that are done with: drop them before the next call.</param>
/// <param name="Start">Where the frame's content begins, in bytes from the front; of one that is too long, what there is of it.</param>
/// <param name="Length">Length of the frame's content in bytes, without terminator or length prefix.</param>
/// <param name="TelnetBytes">How many of the bytes that are done with were telnet sequences; they are in no frame.</param>
public readonly record struct Decoded(DecodeStatus Status, int Consumed, int Start = 0, int Length = 0, int TelnetBytes = 0);
