using System.Globalization;
using MuxChat.Terminal.Commands;
using MuxChat.Terminal.Screen;
using MuxChat.Terminal.Session;

namespace MuxChat.Terminal.Talking;

/// <summary>The chat as lines: events to standard output, mistakes to standard error, texts and commands from standard input.</summary>
internal sealed class PlainFront : ITalkFront
{
    /// <summary>The time that the server has to say goodbye: 2 s.</summary>
    public static readonly TimeSpan GoodbyeTime = TimeSpan.FromSeconds(2);

    private const int Failure = 1;

    private readonly ChatSession _session;
    private readonly CommandContext _context;
    private readonly LineInput _input;
    private readonly TextWriter _output;
    private readonly TextWriter _errors;
    private readonly Queue<string> _lines = [];
    private string? _lastWord;
    private bool _hasEnded;
    private bool _isTold;
    private bool _hasTrouble;
    private DateTimeOffset? _goodbye;

    public PlainFront(ChatSession session, LineInput input, TextWriter output, TextWriter errors)
    {
        (_session, _input, _output, _errors) = (session, input, output, errors);
        _context = new CommandContext(session, Quit);
    }

    /// <summary>Whether nothing reads the output any more. Asked about once a second, and after events.</summary>
    public Func<bool> HasNoReader { get; init; } = static () => false;

    /// <summary>Whether a mistake makes the exit code 1. A person at a terminal has seen it.</summary>
    public bool CountsMistakes { get; init; } = true;

    public int? ExitCode { get; private set; }

    public void Shown(ChatView view, ChatLine line)
    {
        if (line.Kind == LineKind.Error)
        {
            _hasTrouble |= CountsMistakes;
            Complain(line.Text);
        }
        else if (!line.IsOwn || line.Kind is not (LineKind.Said or LineKind.Acted))
        {
            _output.WriteLine(Format(view, line, TimeZoneInfo.Local));
        }
    }

    public void Take(TalkInput input)
    {
        switch (input)
        {
            case TalkInput.Line line:
                _lines.Enqueue(line.Text);
                break;
            case TalkInput.Ended ended:
                _hasEnded = true;
                _hasTrouble |= ended.Trouble is not null;
                if (ended.Trouble is { } trouble)
                {
                    Complain(trouble);
                }

                break;
            case TalkInput.Signal:
                End();
                break;
        }
    }

    public void Lost(string reason, TimeSpan? pause)
    {
        if (_goodbye is not null)
        {
            End();
            return;
        }

        // Another server may accept a connection, and no later attempt changes that.
        var isFinal = pause is null || !_session.WasWelcomed;
        Complain(isFinal
            ? reason : string.Create(CultureInfo.InvariantCulture, $"{reason}: trying again in {pause!.Value.TotalSeconds:0.0} s"));
        if (isFinal)
        {
            _hasTrouble = true;
            End();
        }
    }

    public void Refresh()
    {
        // The first lines wait until the rooms are entered or refused, and later ones for those before them.
        while (_goodbye is null && (_isTold |= _session.IsSettled) && _session.Lines.Pending < LineInput.MaxWaiting
            && _lines.TryDequeue(out var line))
        {
            _input.Free();
            if (line.Length > 0)
            {
                CommandTable.Run(_context, line);
            }
        }

        if (_goodbye is null && _hasEnded && _lines.Count == 0 && _session.Lines.Pending == 0
            && _session is { Requests.Count: 0, Transfers.Count: 0, IsSettled: true })
        {
            Quit(null);
        }

        if (_goodbye is null && HasNoReader())
        {
            _hasTrouble = true;
            Complain("nothing reads standard output any more");
            Quit(null);
        }

        if (_goodbye <= _session.Now)
        {
            End();
        }
    }

    /// <summary>One line of a view, safe for a terminal, without its end.</summary>
    internal static string Format(ChatView view, ChatLine line, TimeZoneInfo zone)
    {
        var time = TimeZoneInfo.ConvertTime(line.Time, zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var where = view.IsServer ? "" : $"{view.Name} ";
        var words = line.Kind switch
        {
            LineKind.Said => $"<{line.Nick}> {line.Text}",
            LineKind.Acted => $"* {line.Nick} {line.Text}",
            LineKind.Gap => $"--- {line.Text} ---",
            _ => $"-- {line.Text}",
        };
        return $"{time} {SafeText.Clean(where + words)}";
    }

    private void Quit(string? lastWord)
    {
        _lastWord = lastWord;
        _goodbye ??= _session.Now + GoodbyeTime;
        if (_session.Phase == SessionPhase.Offline)
        {
            End();
        }
        else
        {
            _session.Requests.Tell(new Request("quit", ("reason", _lastWord)));
        }
    }

    private void End()
    {
        if (ExitCode is not null)
        {
            return;
        }

        var lines = _session.Lines;
        var unknown = lines.Pending + _lines.Count;
        var unfinished = _session.Transfers.Stop();
        ExitCode = unknown > 0 || unfinished.Count > 0 || lines.Failed > 0 || _session.Transfers.Failed > 0
            || _session.Arrivals.WereRefused > 0 || _hasTrouble ? Failure : 0;
        foreach (var sentence in unfinished)
        {
            Complain(sentence);
        }

        if (unknown > 0 || lines.Failed > 0)
        {
            Complain($"acknowledged {lines.Acknowledged} of {lines.Acknowledged + lines.Failed + unknown} lines");
        }
    }

    private void Complain(string message) => _errors.WriteLine($"muxchat: {SafeText.Clean(message)}");
}
