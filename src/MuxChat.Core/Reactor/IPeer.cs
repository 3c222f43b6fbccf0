using MuxChat.Core.Delivery;

namespace MuxChat.Core.Reactor;

/// <summary>Who is at the other end: for logs, and for the limits of an address.</summary>
public interface IPeer : IAddressed;
