using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using MuxChat.Terminal.Commands;
using MuxChat.Terminal.Editing;
using MuxChat.Terminal.Screen;
using MuxChat.Terminal.Session;

namespace MuxChat.Terminal.Talking;

/// <summary>The chat on a terminal: keys in, pictures out.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class ScreenFront : ITalkFront
{
    /// <summary>A second Ctrl-C within this time ends the client: 3 s.</summary>
    public static readonly TimeSpan Twice = TimeSpan.FromSeconds(3);

    private const int Failure = 1;

    private readonly ChatSession _session;
    private readonly TerminalDevice _device;
    private readonly ScreenRenderer _renderer;
    private readonly string _address;
    private readonly CommandContext _context;
    private readonly KeyReader _keys = new();
    private readonly LineEditor _editor;
    private Picture? _shown;
    private int _scroll;
    private string _offline = "connecting";
    private string _lastReason = "";
    private DateTimeOffset? _interrupted;
    private DateTimeOffset? _goodbye;
    private bool _isWarned;

    public ScreenFront(ChatSession session, TerminalDevice device, ScreenRenderer renderer, string address)
    {
        (_session, _device, _renderer, _address) = (session, device, renderer, address);
        _context = new CommandContext(session, Quit);
        _editor = new LineEditor(before => FileCompletion.For(before, TypedPath.Home)
            ?? Completion.For(before, CommandTable.All.Select(static command => command.Name),
                session.Views.Where(static view => view.IsRoom).Select(static view => view.Name).Concat(session.Answers.Rooms),
                session.Current.Nicks));

        // A text that is being typed there would go to another view.
        session.Lines.MayClose = view => view != session.Current || _editor.Text.Length == 0;
    }

    public int? ExitCode { get; private set; }

    /// <summary>The lines that were not acknowledged, to be printed after the end.</summary>
    public IEnumerable<string> Unacknowledged =>
        _session.Lines.Views.SelectMany(static view => view.Own.All.Select(own => $"{view.Name}: {own.Text}"));

    /// <summary>A sentence for each file that was not shared or saved, to be printed after the end.</summary>
    public IReadOnlyList<string> Unfinished { get; private set; } = [];

    /// <summary>Why the client ended, if not by the user; empty otherwise.</summary>
    public string EndReason { get; private set; } = "";

    public void Shown(ChatView view, ChatLine line)
    {
        // The lines that the user reads stay in their place.
        if (view == _session.Current && _scroll > 0)
        {
            _scroll += _renderer.RowsOf(line, TerminalDevice.Size.Columns);
        }
    }

    public void Take(TalkInput input)
    {
        switch (input)
        {
            case TalkInput.Typed typed:
                foreach (var key in _keys.Read(typed.Bytes))
                {
                    Take(key);
                }

                break;
            case TalkInput.Ended:
                End("the terminal is gone");
                break;
            case TalkInput.Signal { Which: PosixSignal.SIGWINCH }:
                _shown = null;
                break;
            case TalkInput.Signal { Which: PosixSignal.SIGCONT }:
                _device.Leave();
                _device.Enter();
                _shown = null;
                break;
            case TalkInput.Signal { Which: PosixSignal.SIGINT }:
                Take(new Key(KeyKind.Interrupt));
                break;
            case TalkInput.Signal when _goodbye is null:
                Goodbye(null);
                break;
            case TalkInput.Signal:
                End("");
                break;
        }
    }

    public void Lost(string reason, TimeSpan? pause)
    {
        if (_goodbye is not null)
        {
            End("");
            return;
        }

        if (pause is not { } next)
        {
            End(reason);
            return;
        }

        var seconds = next.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        _offline = $"not connected, next attempt in {seconds} s";
        if (_lastReason.Length == 0)
        {
            _session.Note($"{reason}: texts wait until the server is back");
        }

        _lastReason = reason;
    }

    public void Refresh()
    {
        if (_session.Phase == SessionPhase.Ready)
        {
            (_lastReason, _offline) = ("", "connecting");
        }

        if (_goodbye <= _session.Now)
        {
            End("");
        }

        if (ExitCode is null)
        {
            var (columns, rows) = TerminalDevice.Size;
            var picture = _renderer.Draw(_session, _editor, new ScreenState(columns, rows, _address, _offline), ref _scroll);
            _device.Write(picture.Since(_shown));
            _shown = picture;
        }
    }

    private void Take(Key key)
    {
        if (key.Kind != KeyKind.Interrupt)
        {
            _interrupted = null;
        }

        switch (key.Kind)
        {
            case KeyKind.Interrupt:
                Interrupt();
                break;
            case KeyKind.EndOfInput when _editor.Text.Length == 0:
                Quit(null);
                break;
            case KeyKind.Suspend:
                if (!_device.Suspend())
                {
                    _session.Mistake("this job cannot be suspended here");
                }

                _shown = null;
                break;
            case KeyKind.Redraw:
                _shown = null;
                break;
            case KeyKind.NextView or KeyKind.PreviousView:
                Turn(IndexOfCurrent() + (key.Kind == KeyKind.NextView ? 1 : -1));
                break;
            case KeyKind.View when key.Number <= _session.Views.Count:
                Turn(key.Number - 1);
                break;
            case KeyKind.PageUp or KeyKind.PageDown:
                var page = Math.Max(1, TerminalDevice.Size.Rows - ScreenRenderer.Frame - 1);
                _scroll = Math.Max(0, _scroll + (key.Kind == KeyKind.PageUp ? page : -page));
                break;
            default:
                foreach (var line in _editor.Take(key))
                {
                    _scroll = 0;
                    var (view, wasWarned) = (_session.Current, _isWarned);
                    CommandTable.Run(_context, line);

                    // The warning holds for one line.
                    _isWarned &= !wasWarned;
                    _scroll = view == _session.Current ? _scroll : 0;
                }

                break;
        }
    }

    // As in a shell: the first one removes what was typed.
    private void Interrupt()
    {
        if (_session.Now - _interrupted <= Twice)
        {
            _isWarned = true;
            Quit(null);
            return;
        }

        _interrupted = _session.Now;
        _editor.Clear();
        _session.Note("Ctrl-C again ends this client, and so does /quit");
    }

    private int IndexOfCurrent() => _session.Views.ToList().IndexOf(_session.Current);

    private void Turn(int index)
    {
        _session.Look(_session.Views[(index + _session.Views.Count) % _session.Views.Count]);
        _scroll = 0;
    }

    private void Quit(string? lastWord)
    {
        if (_session.Lines.Pending > 0 && !_isWarned)
        {
            _isWarned = true;
            _session.Mistake($"{_session.Lines.Pending} lines are not acknowledged: /quit again ends without them");
            return;
        }

        Goodbye(lastWord);
    }

    private void Goodbye(string? lastWord)
    {
        _goodbye = _session.Now + PlainFront.GoodbyeTime;
        if (_session.Phase == SessionPhase.Offline)
        {
            End(EndReason);
        }
        else
        {
            _session.Requests.Tell(new Request("quit", ("reason", lastWord)));
        }
    }

    private void End(string reason)
    {
        EndReason = reason.Length > 0 ? reason : EndReason;
        if (ExitCode is null)
        {
            Unfinished = _session.Transfers.Stop();
            ExitCode = _session.Lines.Pending > 0 || Unfinished.Count > 0 || EndReason.Length > 0 ? Failure : 0;
        }
    }
}
