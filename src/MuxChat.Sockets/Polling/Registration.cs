using System.Net.Sockets;
using MuxChat.Core.Reactor;

namespace MuxChat.Sockets.Polling;

/// <summary>One socket as a poller knows it.</summary>
/// <param name="Socket">The socket.</param>
/// <param name="Token">The name under which its readiness is reported.</param>
/// <param name="Interest">What it is watched for.</param>
public readonly record struct Registration(Socket Socket, Token Token, Interest Interest);
