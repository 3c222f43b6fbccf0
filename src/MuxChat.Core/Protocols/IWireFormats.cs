using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols;

/// <summary>Chooses a client's wire format.</summary>
public interface IWireFormats
{
    /// <summary>The wire format for a client that is in <paramref name="rooms"/> rooms. Always the same object for the same format.</summary>
    IWireFormat FormatFor(int rooms);

    /// <summary>
    /// Whether the client wishes to hear of such things at all: a choice of its own, beside how they look. Asked for what goes to it alone, and for what goes to
    /// each person once (see <see cref="IWireFormat.IsOncePerPerson"/>), so that a choice about those makes no other format.
    /// </summary>
    bool Shows(EventKind kind) => true;
}
