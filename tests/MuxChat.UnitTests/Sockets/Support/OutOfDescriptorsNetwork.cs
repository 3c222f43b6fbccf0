using MuxChat.Core.Loop;

namespace MuxChat.UnitTests.Sockets.Support;

/// <summary>
/// A network whose descriptors run out when the test says so; the client that is refused stays in the kernel's queue, as it would.
/// </summary>
internal sealed class OutOfDescriptorsNetwork(INetwork inner) : INetwork
{
    private int _refusals;

    public string IoName => inner.IoName;

    public int ListenerCount => inner.ListenerCount;

    /// <summary>From any thread.</summary>
    public void RefuseNext(int accepts) => Volatile.Write(ref _refusals, accepts);

    public int Wait(int timeoutMs, Span<Readiness> ready) => inner.Wait(timeoutMs, ready);

    public void Hold(int microseconds) => inner.Hold(microseconds);

    public void Wake() => inner.Wake();

    public AcceptStatus Accept(int listener, out IChannel? channel)
    {
        if (Volatile.Read(ref _refusals) == 0)
        {
            return inner.Accept(listener, out channel);
        }

        Interlocked.Decrement(ref _refusals);
        channel = null;
        return AcceptStatus.OutOfDescriptors;
    }

    public void SetListening(int listener, bool isListening) => inner.SetListening(listener, isListening);

    public void CloseListeners() => inner.CloseListeners();

    public void Add(IChannel channel, Token token, Interest interest) => inner.Add(channel, token, interest);

    public void SetInterest(IChannel channel, Token token, Interest interest) => inner.SetInterest(channel, token, interest);

    public void Remove(IChannel channel) => inner.Remove(channel);

    public void Close(IChannel channel) => inner.Close(channel);

    public void Dispose() => inner.Dispose();
}
