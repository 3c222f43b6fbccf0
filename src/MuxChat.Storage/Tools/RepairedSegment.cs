namespace MuxChat.Storage.Tools;

/// <summary>What a repair did to a segment.</summary>
/// <param name="Path">The segment.</param>
/// <param name="KeptPath">Where it is kept as it was; null when there was nothing to keep.</param>
/// <param name="Events">Whole events in it now.</param>
/// <param name="LostBytes">Bytes that belonged to no whole record, as far as it is known.</param>
/// <param name="Message">All that as a line for people.</param>
public sealed record RepairedSegment(string Path, string? KeptPath, long Events, long LostBytes, string Message);
