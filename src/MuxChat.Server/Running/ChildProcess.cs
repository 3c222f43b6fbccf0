using System.Runtime.InteropServices;
using System.Text;
using MuxChat.Core.Chat.Operators;

namespace MuxChat.Server.Running;

/// <summary>One program that runs: its process group, and the reading ends of its two pipes.</summary>
/// <remarks>
/// It gets nothing of the server: no environment, no descriptor, no terminal, the directory <c>/</c>, and <c>/dev/null</c> as its input.
/// Invariant: the group is signalled only while its first process has not been reaped, so its number cannot belong to another group.
/// Owner: a slot's thread. Only <see cref="Kill"/> may be called by another thread.
/// </remarks>
internal sealed class ChildProcess : IDisposable
{
    private const string NullDevice = "/dev/null";
    private const int FirstFree = 3;

    private readonly Lock _gate = new();
    private readonly int[] _pipes;
    private int _process;

    private ChildProcess(int process, int output, int error) => (_process, _pipes) = (process, [output, error]);

    /// <summary>Whether both pipes have ended.</summary>
    public bool HasEndedOutput => _pipes is [< 0, < 0];

    /// <summary>Starts a program. If that fails, returns null and the system's reason.</summary>
    public static ChildProcess? Start(string path, IReadOnlyList<byte[]> arguments, out string why)
    {
        // A pipe on the place of a standard stream would be overwritten in the child, so such ones only keep these places.
        var (ends, low) = (new List<int>(), new List<int>());
        try
        {
            while (ends.Count < 4)
            {
                var failed = UnixCalls.Pipe(out var read, out var write);
                if (failed != 0)
                {
                    why = Marshal.GetPInvokeErrorMessage(failed);
                    return null;
                }

                (Math.Min(read, write) < FirstFree ? low : ends).AddRange([read, write]);
            }

            var error = Spawn(path, arguments, ends[1], ends[3], out var process);
            why = error == 0 ? "" : Marshal.GetPInvokeErrorMessage(error);
            if (error != 0)
            {
                return null;
            }

            var child = new ChildProcess(process, ends[0], ends[2]);
            ends = [ends[1], ends[3]];
            return child;
        }
        finally
        {
            ends.Concat(low).ToList().ForEach(static one => UnixCalls.Close(one));
        }
    }

    /// <summary>Waits until a pipe has bytes or has ended, at most for the given time, and reads from each pipe that has.</summary>
    /// <param name="buffer">Receives bytes of one pipe at a time.</param>
    /// <param name="timeoutMs">Milliseconds to wait.</param>
    /// <param name="take">Called with the bytes of each pipe. False to read no more.</param>
    /// <returns>Whether there was anything.</returns>
    public unsafe bool Read(byte[] buffer, int timeoutMs, Func<ProgramStream, ReadOnlyMemory<byte>, bool> take)
    {
        var entries = stackalloc UnixCalls.PollEntry[2];
        entries[0] = new UnixCalls.PollEntry(_pipes[0], UnixCalls.PollIn, 0);
        entries[1] = new UnixCalls.PollEntry(_pipes[1], UnixCalls.PollIn, 0);
        if (UnixCalls.Poll(entries, 2, timeoutMs) <= 0)
        {
            // Nothing is there, or a signal interrupted the wait.
            return false;
        }

        for (var i = 0; i < 2; i++)
        {
            if (entries[i].Found == 0)
            {
                continue;
            }

            nint count;
            fixed (byte* bytes = buffer)
            {
                count = UnixCalls.Read(_pipes[i], bytes, (nuint)buffer.Length);
            }

            if (count > 0)
            {
                if (!take((ProgramStream)i, buffer.AsMemory(0, (int)count)))
                {
                    return false;
                }
            }
            else if (count == 0 || Marshal.GetLastPInvokeError() != UnixCalls.Interrupted)
            {
                ClosePipe(i);
            }
        }

        return true;
    }

    /// <summary>Whether the program has ended. It can still be signalled.</summary>
    public bool HasEnded() => Look(UnixCalls.NoHang);

    /// <summary>Ends the program's whole group, at once. Callable from any thread, at any time.</summary>
    public void Kill()
    {
        lock (_gate)
        {
            if (_process > 0)
            {
                UnixCalls.Kill(-_process, UnixCalls.KillSignal);
            }
        }
    }

    /// <summary>Ends what is left of the group, waits for the program's end, and returns its exit code and signal.</summary>
    /// <returns>-1 and 0 if the system does not tell.</returns>
    public (int ExitCode, int Signal) Reap()
    {
        Kill();
        while (!Look(options: 0))
        {
        }

        lock (_gate)
        {
            Kill();
            var reaped = UnixCalls.WaitProcess(_process, out var status, 0);
            _process = 0;
            var signal = status & 0x7F;
            return reaped < 0 ? (-1, 0) : signal == 0 ? ((status >> 8) & 0xFF, 0) : (-1, signal);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ClosePipe(0);
        ClosePipe(1);
    }

    // waitid(2): without the flag, the process stays a zombie, and its number stays taken.
    private unsafe bool Look(int options)
    {
        var info = stackalloc byte[UnixCalls.SignalInfoBytes];
        new Span<byte>(info, UnixCalls.SignalInfoBytes).Clear();
        var result = UnixCalls.WaitId(
            UnixCalls.ByProcess, _process, info, UnixCalls.Exited | UnixCalls.KeepWaitable | options);

        // The first field is the signal of the news; it stays 0 if there is none.
        return result == 0 ? *(int*)info != 0 : Marshal.GetLastPInvokeError() == UnixCalls.NoChild;
    }

    private void ClosePipe(int place)
    {
        if (_pipes[place] >= 0)
        {
            UnixCalls.Close(_pipes[place]);
            _pipes[place] = -1;
        }
    }

    private static unsafe int Spawn(string path, IReadOnlyList<byte[]> arguments, int output, int error, out int process)
    {
        var actions = stackalloc byte[UnixCalls.OpaqueBytes];
        var attributes = stackalloc byte[UnixCalls.OpaqueBytes];
        var signals = stackalloc byte[UnixCalls.OpaqueBytes];
        byte[][] all = [Encoding.UTF8.GetBytes(path), .. arguments];
        var pointers = stackalloc byte*[all.Length + 1];
        byte* variables = null;
        process = 0;
        for (var i = 0; i < all.Length; i++)
        {
            pointers[i] = (byte*)NativeMemory.AllocZeroed((nuint)all[i].Length + 1);
            all[i].CopyTo(new Span<byte>(pointers[i], all[i].Length));
        }

        fixed (byte* root = "/\0"u8)
        fixed (byte* input = Encoding.ASCII.GetBytes(NullDevice + "\0"))
        {
            _ = UnixCalls.InitActions(actions);
            _ = UnixCalls.InitAttributes(attributes);
            int[] results =
            [
                UnixCalls.AddDirectory(actions, root),
                UnixCalls.AddDuplicate(actions, output, 1),
                UnixCalls.AddDuplicate(actions, error, 2),
                UnixCalls.AddOpen(actions, 0, input, 0, 0),
                InheritedDescriptors.AddClosing(actions, FirstFree),
                UnixCalls.FillSet(signals),
                UnixCalls.SetDefaultSignals(attributes, signals),
                UnixCalls.EmptySet(signals),
                UnixCalls.SetSignalMask(attributes, signals),
                UnixCalls.SetFlags(attributes, UnixCalls.SpawnFlags),
            ];
            var failed = results.FirstOrDefault(static result => result != 0);
            failed = failed != 0 ? failed : UnixCalls.Spawn(out process, pointers[0], actions, attributes, pointers, &variables);
            _ = UnixCalls.DestroyActions(actions);
            _ = UnixCalls.DestroyAttributes(attributes);
            for (var i = 0; i < all.Length; i++)
            {
                NativeMemory.Free(pointers[i]);
            }

            return failed;
        }
    }
}
