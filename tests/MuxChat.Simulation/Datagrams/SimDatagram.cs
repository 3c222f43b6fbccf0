namespace MuxChat.Simulation.Datagrams;

/// <summary>One datagram that has arrived at the server. One that arrives twice is two.</summary>
/// <param name="Number">Its place among all that arrived.</param>
/// <param name="From">Its sender.</param>
/// <param name="Listener">The listener that it came to.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record SimDatagram(long Number, DatagramSender From, int Listener, byte[] Content)
{
    public override string ToString() => $"datagram {Number} from {From.AddressText}, {Content.Length} bytes, to listener {Listener}";
}
