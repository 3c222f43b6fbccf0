namespace MuxChat.Server.Tests.Hostile;

/// <summary>What the server does not do yet, so that its cases wait. Turning one on is all that the change which brings it has to do here.</summary>
internal static class Pending
{
    /// <summary>Room names with invisible or bidirectional characters are refused as bad names.</summary>
    public static bool InvisibleRoomNamesAreRefused => false;
}
