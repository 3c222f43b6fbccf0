using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MuxChat.LoadTests.Wires;
using MuxChat.LoadTests.Yardsticks;

namespace MuxChat.LoadTests.Hosting;

/// <summary>The server under load: MuxChat or a yardstick, started by this program, or a MuxChat that runs.</summary>
internal sealed class Target : IDisposable
{
    /// <summary>The last of the figures, on the last of the lines.</summary>
    private const string LastFigure = "dropped";

    private const int AnswerLimitMs = 30_000;

    private static readonly byte[] Out = "/part\n"u8.ToArray();

    private static readonly byte[] Question = "/stats\n"u8.ToArray();

    private readonly IDisposable? _server;
    private readonly int? _processId;
    private readonly TcpClient? _control;
    private readonly StreamReader? _answers;

    private Target(IDisposable? server, string io, int? processId, IPEndPoint endPoint, Transport transport, IPEndPoint? control)
    {
        Io = io;
        _server = server;
        _processId = processId;
        EndPoint = endPoint;
        Transport = transport;
        if (control is not null)
        {
            _control = new TcpClient(control.AddressFamily) { NoDelay = true, ReceiveTimeout = AnswerLimitMs };
            _control.Connect(control);
            _answers = new StreamReader(_control.GetStream(), Encoding.UTF8);
        }
    }

    /// <summary>Where the simulated clients connect to.</summary>
    public IPEndPoint EndPoint { get; }

    public Transport Transport { get; }

    /// <summary>The I/O model as it was asked for, the name of a yardstick, or what a server that runs already says.</summary>
    public string Io { get; private set; }

    /// <summary>How many processors the server may use; 0 when that is not known.</summary>
    public int Processors { get; private init; }

    /// <exception cref="LoadException">The server did not start, or nothing listens there.</exception>
    public static Target For(LoadSettings settings)
    {
        var transport = Transport.Find(settings.Transport)!;
        return settings.Connect is null ? Start(settings.Io, transport) : Connect(settings.Connect, transport);
    }

    /// <summary>Starts MuxChat.</summary>
    /// <exception cref="LoadException">It did not start.</exception>
    public static Target Start(string io, Transport transport, bool isOnAll = false, string? program = null)
    {
        var server = MeasuredServer.Start(io, transport, isOnAll, program);
        try
        {
            var target = new Target(server, io, server.ProcessId, server.EndPoint, transport, server.Lines)
            {
                Processors = server.Processors,
            };
            target.Leave();
            return target;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Starts another server. It has no figures of its own.</summary>
    /// <exception cref="LoadException">It is not installed, or did not start.</exception>
    public static Target Start(Yardstick yardstick)
    {
        var server = yardstick.Start();
        return new Target(server, yardstick.Name, server.ProcessId, server.EndPoint, server.Transport, control: null)
        {
            Processors = Affinity.IsBound ? 1 : Environment.ProcessorCount,
        };
    }

    // The server must speak lines there as well, for the questions about its figures.
    private static Target Connect(IPEndPoint endPoint, Transport transport)
    {
        Target target;
        try
        {
            target = new Target(null, "", null, endPoint, transport, endPoint);
        }
        catch (SocketException error)
        {
            // The error's own message names the address again.
            throw new LoadException($"cannot connect to {endPoint}: {new SocketException((int)error.SocketErrorCode).Message}");
        }

        try
        {
            target.Leave();
            var isMuxChat = target.Stats().Count > 0 && target.Io.Length > 0;
            return isMuxChat ? target : throw new LoadException($"the server at {endPoint} names no I/O model: it is no MuxChat server");
        }
        catch (LoadException error)
        {
            target.Dispose();
            throw new LoadException($"{error.Message} (--connect takes a MuxChat server that speaks lines there)");
        }
    }

    /// <summary>The operating system's figures; null for a server that was only connected to.</summary>
    /// <exception cref="LoadException">The process has ended.</exception>
    public ProcessFigures? Process() => Read(ProcessFigures.Read);

    /// <summary>Only those that can be read while the server is measured; null for a server that was only connected to.</summary>
    /// <exception cref="LoadException">The process has ended.</exception>
    public ProcessFigures? ProcessQuickly() => Read(ProcessFigures.ReadQuickly);

    /// <summary>The server's own figures, by the names that <c>/stats</c> gives them; none of a yardstick.</summary>
    public IReadOnlyDictionary<string, long> Stats()
    {
        AskStats();
        return ReadStats();
    }

    /// <summary>Asks the server for its figures of this moment, and does not wait for them: the load goes on.</summary>
    public void AskStats() => Write(Question);

    /// <summary>Reads the answer to the first question that is not answered yet.</summary>
    /// <exception cref="LoadException">The server closed the connection.</exception>
    public IReadOnlyDictionary<string, long> ReadStats()
    {
        var metrics = new Dictionary<string, long>();
        while (_answers is not null && !metrics.ContainsKey(LastFigure))
        {
            if (Ask(_answers.ReadLine) is not { } line)
            {
                throw new LoadException($"the server at {EndPoint} closed the connection instead of answering /stats");
            }

            if (metrics.Count > 0 || line.StartsWith("* clients ", StringComparison.Ordinal))
            {
                Parse(line[2..], metrics);
            }
        }

        return metrics;
    }

    // An IOException is the only way in which the base library says that the time is over, or that the server has ended.
    private T Ask<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (IOException)
        {
            throw new LoadException($"the server at {EndPoint} ended, or did not answer /stats within {AnswerLimitMs / 1000} s");
        }
    }

    // Out of the lobby at once: there it would be told of each client that comes, and be cut because it does not read that.
    private void Leave() => Write(Out);

    private void Write(ReadOnlyMemory<byte> line) => Ask(() =>
    {
        _control?.GetStream().Write(line.Span);
        return true;
    });

    public void Dispose()
    {
        _answers?.Dispose();
        _control?.Dispose();
        _server?.Dispose();
    }

    private ProcessFigures? Read(Func<int, ProcessFigures> read)
    {
        try
        {
            return _processId is { } id ? read(id) : null;
        }
        catch (Exception error) when (error is IOException or ArgumentException or InvalidOperationException)
        {
            // The ways in which the system says that there is no such process.
            throw new LoadException("the server ended during the run");
        }
    }

    // "ticks 1,234, longest tick 7 us", "uptime 7 s, io epoll": a name, a value, perhaps a unit.
    private void Parse(string line, Dictionary<string, long> metrics)
    {
        foreach (var part in line.Split(", "))
        {
            var words = part.Split(' ');
            Io = Io.Length == 0 && words is ["io", var model] ? model : Io;
            var value = Array.FindIndex(words, word => word.Length > 0 && char.IsAsciiDigit(word[0]));
            if (value > 0 && long.TryParse(words[value], NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number))
            {
                metrics[string.Join(' ', words[..value])] = number;
            }
        }
    }
}
