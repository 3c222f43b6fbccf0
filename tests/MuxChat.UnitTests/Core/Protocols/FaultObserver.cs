using System.Collections.Concurrent;
using MuxChat.Core.Delivery;

namespace MuxChat.UnitTests.Core.Protocols;

/// <summary>Keeps the mistakes that were made on purpose. Any other one ends the server, and so the test.</summary>
internal sealed class FaultObserver : IInternalErrorObserver
{
    public ConcurrentQueue<string> Noted { get; } = new();

    public bool Catches(Exception exception) => exception is FaultException;

    void IInternalErrorObserver.Noted(long number, string doing, Exception exception) => Noted.Enqueue($"{number} {doing}");
}
