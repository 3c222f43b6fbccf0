using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MuxChat.Core.Loop;

namespace MuxChat.Sockets.Polling;

/// <summary>
/// Polls with epoll(7), level-triggered. The cost depends on the number of ready sockets, not of registered ones. Linux only.
/// </summary>
internal sealed unsafe class EpollPoller : IPoller
{
    private const int MaxEvents = 1024;

    // No connection has this token: the table's generations begin at 1, and listeners' indexes are small.
    private static readonly Token WakerToken = new(int.MinValue, 0);

    private readonly DescriptorTable _registrations = new();
    private readonly byte[] _events = GC.AllocateArray<byte>(MaxEvents * EpollInterop.EventBytes, pinned: true);
    private readonly Waker _waker;
    private readonly bool _ownsWaker;
    private readonly int _epoll;
    private bool _disposed;

    public EpollPoller()
        : this(new Waker(), ownsWaker: true)
    {
    }

    public EpollPoller(Waker waker, bool ownsWaker)
    {
        _waker = waker;
        _ownsWaker = ownsWaker;
        _epoll = EpollInterop.Create(EpollInterop.CloseOnExec);
        try
        {
            if (_epoll < 0)
            {
                throw new Win32Exception(Marshal.GetLastPInvokeError());
            }

            Control(EpollInterop.ControlAdd, waker.Socket, WakerToken, Interest.Read);
        }
        catch (Win32Exception)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether this system has epoll.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() || OperatingSystem.IsAndroid();

    public string Name => "epoll";

    public int Count => _registrations.Count;

    public void Add(Socket socket, Token token, Interest interest)
    {
        _registrations.Add(new Registration(socket, token, interest));
        Control(EpollInterop.ControlAdd, socket, token, interest);
    }

    public void SetInterest(Socket socket, Token token, Interest interest)
    {
        _registrations.Replace(new Registration(socket, token, interest));
        Control(EpollInterop.ControlModify, socket, token, interest);
    }

    public bool Remove(Socket socket)
    {
        if (!_registrations.Remove(socket))
        {
            return false;
        }

        Control(EpollInterop.ControlDelete, socket, default, Interest.None);
        return true;
    }

    public int Wait(int timeoutMs, Span<Readiness> ready)
    {
        var started = Stopwatch.GetTimestamp();
        var leftMs = timeoutMs;
        while (true)
        {
            var count = WaitOnce(leftMs, Math.Min(ready.Length, MaxEvents));
            if (count >= 0)
            {
                return Report(ready, count);
            }

            if (timeoutMs > 0)
            {
                leftMs = Math.Max(0, timeoutMs - (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }
    }

    public void Wake() => _waker.Wake();

    public void CopyTo(ICollection<Registration> registrations)
    {
        _registrations.CopyTo(registrations);
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            if (_epoll >= 0)
            {
                EpollInterop.Close(_epoll);
            }

            if (_ownsWaker)
            {
                _waker.Dispose();
            }
        }
    }

    // Returns -1 when a signal interrupted the wait, which must be repeated (signal(7), "Interruption of system calls").
    private int WaitOnce(int timeoutMs, int max)
    {
        fixed (byte* events = _events)
        {
            var count = EpollInterop.Wait(_epoll, events, max, timeoutMs);
            if (count >= 0)
            {
                return count;
            }

            var error = Marshal.GetLastPInvokeError();
            return error == EpollInterop.Interrupted ? -1 : throw new Win32Exception(error);
        }
    }

    private int Report(Span<Readiness> ready, int count)
    {
        var told = 0;
        for (var i = 0; i < count; i++)
        {
            var one = _events.AsSpan(i * EpollInterop.EventBytes, EpollInterop.EventBytes);
            var token = Token.Unpack(MemoryMarshal.Read<ulong>(one[EpollInterop.DataOffset..]));
            if (token == WakerToken)
            {
                _waker.Clear();
                continue;
            }

            ready[told++] = new Readiness(token, FlagsOf(MemoryMarshal.Read<uint>(one)));
        }

        return told;
    }

    private static ReadinessFlags FlagsOf(uint events)
    {
        var flags = ReadinessFlags.None;
        if ((events & EpollInterop.In) != 0)
        {
            flags |= ReadinessFlags.Readable;
        }

        if ((events & EpollInterop.Out) != 0)
        {
            flags |= ReadinessFlags.Writable;
        }

        return (events & (EpollInterop.Err | EpollInterop.Hup)) != 0 ? flags | ReadinessFlags.Error : flags;
    }

    private void Control(int operation, Socket socket, Token token, Interest interest)
    {
        var one = stackalloc byte[16];
        uint events = 0;
        events |= (interest & Interest.Read) != 0 ? EpollInterop.In : 0;
        events |= (interest & Interest.Write) != 0 ? EpollInterop.Out : 0;
        Unsafe.WriteUnaligned(one, events);
        Unsafe.WriteUnaligned(one + EpollInterop.DataOffset, token.Packed);
        if (EpollInterop.Control(_epoll, operation, (int)socket.Handle, one) < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }
}
