using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Protocols;

namespace MuxChat.Simulation.Clients.Irc;

/// <summary>
/// Who is here under which nick, and which IRC client watches which nicks, in one life of the server. It looks before and after each line
/// that is carried out, and whenever something is announced, so that it knows every coming and going in its order.
/// </summary>
/// <remarks>It looks at the persons' own nicks. The server's directory of nicks and its lists of watchers are what is checked.</remarks>
internal sealed class NickLog
{
    /// <summary>Nicks that one client may watch, as 005 says.</summary>
    public const int MaxWatched = 100;

    private readonly List<Known> _known = [];
    private readonly Dictionary<string, Known> _here = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Link, List<string>> _watched = [];
    private (Link Link, IrcSeen? Line)? _taken;

    /// <summary>A client begins to talk.</summary>
    public void Add(Link link, IProtocolHandler handler, string protocol)
    {
        Look();
        _known.Add(new Known(link, handler, protocol));
        Look();
    }

    /// <summary>Looks who has come and who is gone: first those, whose nicks others may have now.</summary>
    public void Look()
    {
        foreach (var one in _known)
        {
            if (one.Nick.Length > 0 && one.Moved)
            {
                Went(one);
            }
        }

        foreach (var one in _known)
        {
            if (one.Moved)
            {
                Came(one);
            }
        }

        _known.RemoveAll(static one => one.Handler.Session is { IsGone: true });
    }

    /// <summary>A client's line is about to be carried out.</summary>
    public void Begin(Link link, ReadOnlySpan<byte> line)
    {
        _taken = null;
        Look();
        _taken = (link, link.View is IrcView ? IrcSeen.Parse(line, out _) : null);
    }

    /// <summary>It was carried out.</summary>
    public void CarriedOut(ChatHub hub)
    {
        Look();
        if (_taken is { Line: { } line, Link: { View: IrcView view } link })
        {
            Answer(link, view, line, hub);
        }
    }

    /// <summary>It is over, if only because a mistake cut it short: what it had done until then was done.</summary>
    public void End()
    {
        Look();
        _taken = null;
    }

    private void Answer(Link link, IrcView view, IrcSeen line, ChatHub hub)
    {
        var session = _known.Find(one => one.Link == link)?.Handler.Session;
        var label = line.Tags.GetValueOrDefault("label");
        switch (line.Command.ToUpperInvariant())
        {
            case "PING":
                view.Ledger.Add(new LedgerEntry(LedgerEntry.Pong, line[0]));
                break;
            case "MONITOR" when session is { IsGone: false }:
                Monitor(link, view.Ledger, line, label, Encoding.ASCII.GetString(session.Person.Nick));
                break;
            case "CHATHISTORY" when session is { IsGone: false }:
                long FirstHeld(string room) => hub.FindRoom(session.Person, Encoding.UTF8.GetBytes(room))?.FirstSeq ?? 0;
                view.Ledger.Add(IrcPages.Answer(link, view, line, FirstHeld) with { Label = label });
                break;
        }
    }

    private void Monitor(Link link, IrcLedger ledger, IrcSeen line, string? label, string to)
    {
        var list = _watched.TryGetValue(link, out var known) ? known : _watched[link] = [];
        switch (line[0])
        {
            case "+":
                Watch(list, ledger, line[1], label, to);
                break;
            case "-":
                list.RemoveAll(one => line[1].Split(',').Contains(one, StringComparer.OrdinalIgnoreCase));
                break;
            case "C":
                list.Clear();
                break;
            case "L":
                list.ForEach(nick => ledger.Add(new LedgerEntry("732", nick) { To = to, Label = label }));
                ledger.Add(new LedgerEntry("733", "") { To = to, Label = label });
                break;
            default:
                Show(list, ledger, label, to);
                break;
        }
    }

    private void Watch(List<string> list, IrcLedger ledger, string nicks, string? label, string to)
    {
        var shown = new List<string>();
        var words = nicks.Split(',');
        var at = 0;
        for (; at < words.Length; at++)
        {
            var nick = words[at];
            var isWatched = list.Contains(nick, StringComparer.OrdinalIgnoreCase);
            if (char.IsAsciiDigit(nick[0]))
            {
                continue;
            }

            if (!isWatched && list.Count >= MaxWatched)
            {
                break;
            }

            shown.Add(nick);
            if (!isWatched)
            {
                list.Add(nick);
            }
        }

        Show(shown, ledger, label, to);
        if (at < words.Length)
        {
            ledger.Add(new LedgerEntry("734", string.Join(',', words[at..])) { To = to, Label = label });
        }
    }

    // Those that are here, and then those that are not.
    private void Show(List<string> nicks, IrcLedger ledger, string? label, string to)
    {
        foreach (var nick in nicks.Where(_here.ContainsKey))
        {
            var one = _here[nick];
            ledger.Add(new LedgerEntry("730", one.Nick) { To = to, Label = label, Who = (one.Link, one.Protocol) });
        }

        foreach (var nick in nicks.Where(nick => !_here.ContainsKey(nick)))
        {
            ledger.Add(new LedgerEntry("731", nick) { To = to, Label = label });
        }
    }

    private void Went(Known one)
    {
        if (one.Handler.Session is null or { IsGone: true })
        {
            _watched.Remove(one.Link);
        }

        if (string.Equals(one.Nick, one.NickNow, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        _here.Remove(one.Nick);
        Announce(new LedgerEntry("731", one.Nick));
    }

    private void Came(Known one)
    {
        var isNew = !string.Equals(one.Nick, one.NickNow, StringComparison.OrdinalIgnoreCase);
        one.Nick = one.NickNow;
        if (isNew && one.Nick.Length > 0)
        {
            _here[one.Nick] = one;
            Announce(new LedgerEntry("730", one.Nick) { Who = (one.Link, one.Protocol) });
        }
    }

    private void Announce(LedgerEntry news)
    {
        foreach (var (watcher, list) in _watched)
        {
            if (list.Contains(news.Text, StringComparer.OrdinalIgnoreCase) && _known.Find(one => one.Link == watcher) is { } known)
            {
                var label = _taken is { Line: { } line } taken && taken.Link == watcher ? line.Tags.GetValueOrDefault("label") : null;
                ((IrcView)watcher.View).Ledger.Add(news with { To = known.NickNow, Label = label });
                watcher.Backlog.MaxAddedBytes += 200;
            }
        }
    }

    /// <summary>One client, as it was at the last look.</summary>
    private sealed class Known(Link link, IProtocolHandler handler, string protocol)
    {
        private byte[]? _nick;

        public Link Link => link;

        public IProtocolHandler Handler => handler;

        public string Protocol => protocol;

        /// <summary>Its nick at the last look; empty for none.</summary>
        public string Nick { get; set; } = "";

        /// <summary>Its nick now.</summary>
        public string NickNow { get; private set; } = "";

        /// <summary>Whether it has another nick than at the last look.</summary>
        public bool Moved
        {
            get
            {
                var nick = handler.Session is { IsGone: false } session ? session.Person.Nick : null;
                if (!ReferenceEquals(nick, _nick))
                {
                    _nick = nick;
                    NickNow = nick is null ? "" : Encoding.ASCII.GetString(nick);
                }

                return NickNow != Nick;
            }
        }
    }
}
