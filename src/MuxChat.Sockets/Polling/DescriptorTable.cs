using System.Net.Sockets;
using MuxChat.Core.Loop;

namespace MuxChat.Sockets.Polling;

/// <summary>
/// Registrations in a flat array indexed by descriptor. The array stays short, because the system always assigns the lowest free number.
/// </summary>
internal sealed class DescriptorTable
{
    private Registration[] _places = new Registration[64];

    public int Count { get; private set; }

    /// <exception cref="ArgumentException">The socket is registered already.</exception>
    public void Add(in Registration registration)
    {
        var descriptor = (int)registration.Socket.Handle;
        if (descriptor >= _places.Length)
        {
            Array.Resize(ref _places, Math.Max(descriptor + 1, _places.Length * 3 / 2));
        }

        if (_places[descriptor].Socket is not null)
        {
            throw new ArgumentException("The socket is registered already.", nameof(registration));
        }

        _places[descriptor] = registration;
        Count++;
    }

    /// <exception cref="ArgumentException">The socket is not registered.</exception>
    public void Replace(in Registration registration)
    {
        if (!Contains(registration.Socket))
        {
            throw new ArgumentException("The socket is not registered.", nameof(registration));
        }

        _places[(int)registration.Socket.Handle] = registration;
    }

    /// <summary>Removes a socket. Returns false when the socket is not registered.</summary>
    public bool Remove(Socket socket)
    {
        if (!Contains(socket))
        {
            return false;
        }

        _places[(int)socket.Handle] = default;
        Count--;
        return true;
    }

    public void CopyTo(ICollection<Registration> registrations)
    {
        foreach (var registration in _places)
        {
            if (registration.Socket is not null)
            {
                registrations.Add(registration);
            }
        }
    }

    private bool Contains(Socket socket)
    {
        var descriptor = (int)socket.Handle;
        return (uint)descriptor < (uint)_places.Length && ReferenceEquals(_places[descriptor].Socket, socket);
    }
}

/// <summary>One socket registered with a poller.</summary>
/// <param name="Socket">The socket.</param>
/// <param name="Token">The token that <see cref="IPoller.Wait"/> reports for it.</param>
/// <param name="Interest">The readiness that it is watched for.</param>
public readonly record struct Registration(Socket Socket, Token Token, Interest Interest);
