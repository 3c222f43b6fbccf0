using System.Globalization;
using System.Text;
using MuxChat.Terminal.Screen;
using MuxChat.Terminal.Session;
using MuxChat.Terminal.Talking;

namespace MuxChat.Terminal.Saying;

/// <summary>Says lines in one room, and ends when each is acknowledged or at the first that is not.</summary>
/// <remarks>
/// It never connects again: a line of unsure fate is reported, and the caller decides. Lines are sent without waiting for the
/// acknowledgement of those before them, at most <see cref="LineSender.Window"/> at a time.
/// </remarks>
internal sealed class SayFront : ITalkFront
{
    /// <summary>The time without any acknowledgement, after which it gives up: 60 s.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const int Failure = 1;
    private const int Usage = 2;

    private readonly ChatSession _session;
    private readonly LineInput? _input;
    private readonly SayOptions _options;
    private readonly TextWriter _errors;
    private readonly Queue<string> _lines = [];
    private readonly DateTimeOffset _begun;
    private DateTimeOffset _progress;
    private DateTimeOffset? _goodbye;
    private bool _isReady;
    private bool _hasEnded;
    private int _said;
    private int _answered;
    private string _trouble = "";
    private string _lastError = "";
    private string? _inputTrouble;

    public SayFront(ChatSession session, SayOptions options, LineInput? input, TextWriter errors)
    {
        (_session, _options, _input, _errors) = (session, options, input, errors);
        _begun = _progress = session.Now;
        session.Views[^1].Key = options.Key;
    }

    public int? ExitCode { get; private set; }

    private LineSender Sender => _session.Lines;

    private bool IsAllAcknowledged => _trouble.Length == 0 && _inputTrouble is null && _isReady && _hasEnded && _lines.Count == 0
        && Sender.Acknowledged == _said;

    /// <summary>Adds the only line, instead of those of an input.</summary>
    public void Add(string text)
    {
        _lines.Enqueue(text);
        _hasEnded = true;
    }

    public void Shown(ChatView view, ChatLine line)
    {
        if (line.Kind == LineKind.Error)
        {
            _lastError = line.Text;
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
                // The lines before it are said first.
                (_hasEnded, _inputTrouble) = (true, ended.Trouble);
                break;
            case TalkInput.Signal signal:
                Stop($"ended by {signal.Which}");
                End();
                break;
        }
    }

    public void Lost(string reason, TimeSpan? pause)
    {
        // The last acknowledgement may have come right before the end.
        if (_goodbye is null && !IsAllAcknowledged)
        {
            Stop(reason);
        }

        End();
    }

    public void Refresh()
    {
        if (ExitCode is not null)
        {
            return;
        }

        CheckRoom();
        SayLines();
        CheckAnswers();
        if (_goodbye <= _session.Now)
        {
            End();
        }
    }

    // The room was entered, or there is a reason why nothing can be said.
    private void CheckRoom()
    {
        if (_isReady || !_session.IsSettled || _session.Requests.Count > 1)
        {
            return;
        }

        if (_session.Arrivals.WereRefused > 0)
        {
            Stop(_lastError);
        }
        else if (_session.Nicks.Problem.Length > 0)
        {
            Stop($"cannot be {_options.Nick}: {_session.Nicks.Problem}");
        }

        _isReady = true;
    }

    private void SayLines()
    {
        while (_isReady && _trouble.Length == 0 && Sender.Pending < LineSender.Window && _lines.TryDequeue(out var line))
        {
            _input?.Free();
            if (line.Length == 0)
            {
                continue;
            }

            _said++;
            var tooMany = Encoding.UTF8.GetByteCount(line) - _session.TextBytes;
            if (tooMany > 0)
            {
                Stop($"line {_said} has {tooMany} bytes more than the {_session.TextBytes} that a text may have");
            }
            else
            {
                Sender.Say(_session.Current, line, isAction: false);
            }
        }
    }

    private void CheckAnswers()
    {
        if (_isReady && _lines.Count == 0)
        {
            Stop(_inputTrouble);
        }

        var answered = Sender.Acknowledged + Sender.Failed;
        if (answered != _answered || (_session.Phase == SessionPhase.Ready && Sender.Pending == 0 && _lines.Count == 0))
        {
            (_answered, _progress) = (answered, _session.Now);
        }

        if (Sender.Failed > 0)
        {
            Stop(_lastError);
        }
        else if (_session.Now - _begun >= _options.Timeout)
        {
            Stop($"not done within {_options.Timeout.Value.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s");
            End();
        }
        else if (_session.Now - _progress >= Patience)
        {
            Stop($"no acknowledgement within {Patience.TotalSeconds} s");
            End();
        }

        var isDone = _trouble.Length > 0 ? Sender.Pending == 0 : IsAllAcknowledged;
        if (isDone && _goodbye is null)
        {
            _goodbye = _session.Now + PlainFront.GoodbyeTime;
            _session.Requests.Tell(new Request("quit"));
        }
    }

    // The first trouble is the one to report. Lines on their way are still answered.
    private void Stop(string? trouble)
    {
        if (trouble is not null && _trouble.Length == 0)
        {
            _trouble = trouble;
        }
    }

    private void End()
    {
        if (ExitCode is not null)
        {
            return;
        }

        if (_trouble.Length == 0 && _said == 0)
        {
            ExitCode = Usage;
            Complain("there is nothing to say: standard input is empty");
            return;
        }

        var isAll = _trouble.Length == 0 && Sender.Acknowledged == _said;
        ExitCode = isAll ? 0 : Failure;
        if (!isAll)
        {
            var rest = _said > 0 && (_lines.Count > 0 || !_hasEnded) ? ", and sent no more" : "";
            Complain($"{_trouble}; {(_said == 0 ? "nothing was said" : $"acknowledged {Sender.Acknowledged} of {_said} lines{rest}")}");
        }
    }

    private void Complain(string message) => _errors.WriteLine($"muxchat: say: {SafeText.Clean(message)}");
}
