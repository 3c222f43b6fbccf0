using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace MuxChat.LoadTests.Hosting;

/// <summary>
/// How fast the server's processor is at this moment: a fixed piece of work that resembles a chat server's (bytes to many loopback sockets,
/// and out of them again), per second of processor time.
/// </summary>
/// <remarks>
/// A shared machine is up to half as fast from one minute to the next, because of its neighbours' caches, memory and clock rates. A figure
/// divided by the speed at its own time can be compared with one of another hour.
/// </remarks>
internal sealed partial class SpeedProbe : IDisposable
{
    private const int Pairs = 64;
    private const int Bytes = 2048;
    private const double Seconds = 0.08;
    private const int ThreadClock = 3;

    private readonly Socket[] _writers = new Socket[Pairs];
    private readonly Socket[] _readers = new Socket[Pairs];
    private readonly byte[] _buffer = new byte[Bytes];

    public SpeedProbe()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        for (var i = 0; i < Pairs; i++)
        {
            _writers[i] = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            _writers[i].Connect(listener.LocalEndpoint);
            _readers[i] = listener.AcceptSocket();
        }
    }

    /// <summary>Messages moved per second of this thread's processor time; 0 elsewhere than on Linux.</summary>
    public double Measure()
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        return Affinity.OnServer(() =>
        {
            long moved = 0;
            var start = ReadSeconds();
            double spent;
            do
            {
                foreach (var writer in _writers)
                {
                    writer.Send(_buffer);
                }

                foreach (var reader in _readers)
                {
                    reader.Receive(_buffer);
                }

                moved += Pairs;
                spent = ReadSeconds() - start;
            }
            while (spent < Seconds);

            return moved / spent;
        });
    }

    public void Dispose()
    {
        Array.ForEach(_writers, static socket => socket.Dispose());
        Array.ForEach(_readers, static socket => socket.Dispose());
    }

    private static double ReadSeconds()
    {
        const double NanosecondsPerSecond = 1e9;
        _ = ReadClock(ThreadClock, out var time);
        return time.Seconds + (time.Nanoseconds / NanosecondsPerSecond);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ReadClock(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
