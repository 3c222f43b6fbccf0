namespace MuxChat.Core.Loop;

/// <summary>The interest that the network has registered for one channel. Calls the network only when the interest changes.</summary>
/// <remarks>A field of its connection, never copied.</remarks>
internal struct ChannelWatch(INetwork network, IChannel channel, Token token)
{
    private Interest _interest = Interest.Read;
    private bool _isOver;

    /// <summary>Whether the channel is watched for writing.</summary>
    public readonly bool IsForWriting => (_interest & Interest.Write) != 0;

    /// <summary>Registers the channel, for reading.</summary>
    public readonly void Begin() => network.Add(channel, token, _interest);

    /// <summary>Changes the interest. Does nothing after <see cref="End"/>.</summary>
    public void Set(Interest interest)
    {
        if (interest != _interest && !_isOver)
        {
            network.SetInterest(channel, token, interest);
            _interest = interest;
        }
    }

    /// <summary>
    /// Unregisters the channel: the network reports nothing more, not even errors. The connection
    /// may still read from the channel, at its own pace.
    /// </summary>
    public void End()
    {
        _isOver = true;
        network.Remove(channel);
    }
}
