namespace MuxChat.Core.Loop;

/// <summary>What one channel is watched for. The network is asked only when that changes.</summary>
/// <remarks>A field of its connection, never copied.</remarks>
internal struct ChannelWatch(INetwork network, IChannel channel, Token token)
{
    private Interest _interest = Interest.Read;
    private bool _isOver;

    /// <summary>Whether it is watched for writing.</summary>
    public readonly bool IsForWriting => (_interest & Interest.Write) != 0;

    /// <summary>Begins to watch it for reading.</summary>
    public readonly void Begin() => network.Add(channel, token, _interest);

    /// <summary>Watches it for this from now on. Nothing happens once the watch is over.</summary>
    public void Set(Interest interest)
    {
        if (interest != _interest && !_isOver)
        {
            network.SetInterest(channel, token, interest);
            _interest = interest;
        }
    }

    /// <summary>Nothing more is reported, not even errors: it is read from at the connection's own pace.</summary>
    public void End()
    {
        _isOver = true;
        network.Remove(channel);
    }
}
