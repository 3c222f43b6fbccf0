using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace MuxChat.Terminal.Screen;

/// <summary>The terminal itself: its mode, its size, and the bytes that go to it and come from it.</summary>
/// <remarks>
/// The mode is saved as it was, and restored when this is disposed of. The structure of termios(3) is never looked into: cfmakeraw(3)
/// changes it.
/// </remarks>
[UnsupportedOSPlatform("windows")]
internal sealed partial class TerminalDevice : IDisposable
{
    private const int Input = 0;
    private const int Output = 1;
    private const int AfterOutput = 1;
    private const int LargestMode = 256;
    private const int Group = 0;

    // EINTR: a signal came first (read(2)).
    private const int Interrupted = 4;

    // Other screen, bracketed paste, and no wrapping: a character that is wider than expected stays in its row.
    private const string Begin = "\e[?1049h\e[?2004h\e[?7l";
    private const string End = "\e[?7h\e[?2004l\e[0m\e[?25h\e[?1049l";

    private static readonly int StopSignal = OperatingSystem.IsLinux() ? 20 : 18;
    private static readonly nuint SizeRequest = OperatingSystem.IsLinux() ? 0x5413u : 0x40087468u;

    private readonly byte[] _saved = new byte[LargestMode];
    private readonly Stream _output = Console.OpenStandardOutput();
    private bool _isRaw;

    /// <summary>Saves the terminal's mode.</summary>
    /// <exception cref="IOException">Standard input is no terminal.</exception>
    public TerminalDevice()
    {
        if (GetMode(Input, _saved) != 0)
        {
            throw new IOException("standard input is no terminal");
        }
    }

    /// <summary>The columns and rows; 80 and 24 if the terminal does not say.</summary>
    public static (int Columns, int Rows) Size
    {
        get
        {
            Span<ushort> size = stackalloc ushort[4];
            return Ask(Output, SizeRequest, size) == 0 && size is [> 0, > 0, ..] ? (size[1], size[0]) : (80, 24);
        }
    }

    /// <summary>Takes the screen over: keys come one by one, without echo.</summary>
    public void Enter()
    {
        byte[] raw = [.. _saved];
        MakeRaw(raw);
        SetMode(Input, AfterOutput, raw);
        _isRaw = true;
        Write(Begin);
    }

    /// <summary>Gives the screen back as it was.</summary>
    public void Leave()
    {
        if (_isRaw)
        {
            _isRaw = false;
            Write(End);
            SetMode(Input, AfterOutput, _saved);
        }
    }

    /// <summary>Stops this job, as Ctrl-Z does; returns when it goes on. False if the system refuses.</summary>
    public bool Suspend()
    {
        Leave();
        var isStopped = Kill(Group, StopSignal) == 0;
        Enter();
        return isStopped;
    }

    /// <summary>Waits for keys. Returns how many bytes came: 0 if the terminal is gone.</summary>
    public static int Read(Span<byte> buffer)
    {
        nint count;
        do
        {
            count = Read(Input, buffer, (nuint)buffer.Length);
        }
        while (count < 0 && Marshal.GetLastPInvokeError() == Interrupted);

        return (int)Math.Max(0, count);
    }

    /// <summary>Writes a text. A terminal that is gone takes nothing: the end of its input says so.</summary>
    public void Write(string text)
    {
        try
        {
            _output.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (IOException)
        {
            _isRaw = false;
        }
    }

    public void Dispose()
    {
        Leave();
        _output.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int GetMode(int descriptor, byte[] mode);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int SetMode(int descriptor, int when, byte[] mode);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw(byte[] mode);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Ask(int descriptor, nuint request, Span<ushort> size);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int descriptor, Span<byte> buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
