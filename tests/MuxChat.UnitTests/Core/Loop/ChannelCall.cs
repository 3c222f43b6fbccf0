namespace MuxChat.UnitTests.Core.Loop;

/// <summary>A call on a channel, or on the network for it, that a test lets fail.</summary>
internal enum ChannelCall
{
    None,
    Receive,
    Send,
    ShutdownSend,
    Watch,
    Close,
}
