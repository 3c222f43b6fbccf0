namespace MuxChat.Storage.Opening;

/// <summary>A room in the index of a segment.</summary>
/// <param name="Name">Its name as it was spelled first.</param>
/// <param name="Events">How many of its events are in the segment.</param>
/// <param name="TailAt">Where the last of them begin: as many as the index remembers for each room, or all.</param>
internal sealed record IndexedRoom(byte[] Name, long Events, long TailAt);
