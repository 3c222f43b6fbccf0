namespace MuxChat.Core.Protocols;

/// <summary>Chooses a client's wire format.</summary>
public interface IWireFormats
{
    /// <summary>The wire format for a client that is in <paramref name="rooms"/> rooms. Always the same object for the same format.</summary>
    IWireFormat FormatFor(int rooms);
}
