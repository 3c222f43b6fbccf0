using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Clients.Irc;

/// <summary>
/// How far an IRC client has come with logging in: it is in as soon as it has a nick, has said who it is, and negotiates no more.
/// </summary>
internal sealed class SimIrcLogin(Link link, IrcView view)
{
    private static readonly string[] WelcomeBegin = ["001", "002", "003", "004", "005", "251", "252", "254", "255", "265", "266"];

    private readonly List<string> _welcome = [];
    private string _nick = "";
    private string _earlier = "";
    private bool _hasUser;
    private bool _isNegotiating;
    private int _retries;

    private bool IsComplete => _nick.Length > 0 && _hasUser && !_isNegotiating;

    /// <summary>Looks at a line: false when it is not of the welcome.</summary>
    public bool SeeWelcome(IrcSeen seen)
    {
        if (_welcome.Count == 0 && seen.Command != "001")
        {
            return false;
        }

        if (view.IsIn && _welcome.Count == 0)
        {
            view.Fail(true, CheckNames.Login, seen, $"it was welcomed before");
        }

        if (!view.IsIn)
        {
            Enter(seen);
        }

        _welcome.Add(seen.Command);
        if (seen.Command is "376" or "422")
        {
            string[] end = seen.Command == "422" ? ["422"] : ["375", "372", "376"];
            view.Fail(!_welcome.Distinct().SequenceEqual([.. WelcomeBegin, .. end]), CheckNames.Login, seen,
                $"the welcome was {string.Join(' ', _welcome)}");
            _welcome.Clear();
        }

        return true;
    }

    /// <summary>A request was answered, or passed over in silence as it must be.</summary>
    public void Note(Intent done, bool isRefused)
    {
        if (view.IsIn)
        {
            return;
        }

        switch (done.Kind)
        {
            case IntentKind.Nick:
                // Refused at once, it has the nick of before still; refused as it was to come in, it has none: which of the
                // two, the answer does not tell.
                _earlier = isRefused ? _nick : "";
                _nick = isRefused ? "" : done.Nick;
                if (isRefused)
                {
                    Retry();
                }

                break;
            case IntentKind.User:
                _hasUser |= done.Text.StartsWith("USER", StringComparison.Ordinal);
                break;
            case IntentKind.Capability when done.Text != "LIST":
                _isNegotiating = done.Text != "END";
                break;
        }

        Check.Fail(IsComplete, CheckNames.Login, $"client {link.ClientNumber} has said all that is needed, and was not let in as {_nick}");
    }

    /// <summary>Its nick was free when it chose it, and is not any more as it comes in.</summary>
    public bool TakeTakenNick(Intent head, IrcSeen seen)
    {
        var isTaken = !view.IsIn && seen.Command == "433" && head.Kind is IntentKind.User or IntentKind.Capability
            && (seen[1] == _nick || seen[1] == _earlier);
        if (isTaken)
        {
            (_nick, _earlier) = ("", "");
            Retry();
        }

        return isTaken;
    }

    private void Enter(IrcSeen seen)
    {
        view.IsIn = true;
        link.World.Machine.Milestones.Note(Milestone.IrcLogins);
        _nick = _nick.Length == 0 && seen[0] == _earlier ? _earlier : _nick;
        while (!IsComplete && link.Awaiting.Count > 0
            && link.Awaiting[0].Kind is IntentKind.Nick or IntentKind.User or IntentKind.Capability)
        {
            var head = link.Awaiting[0];
            link.Awaiting.RemoveAt(0);
            _nick = head.Kind == IntentKind.Nick ? head.Nick : _nick;
            _hasUser |= head.Kind == IntentKind.User && head.Text.StartsWith("USER", StringComparison.Ordinal);
            _isNegotiating &= head.Kind != IntentKind.Capability || head.Text != "END";
            view.Fail(head.Kind == IntentKind.Capability && head.Text != "END", CheckNames.Login, seen,
                $"before it {head} must be answered");
        }

        view.Fail(!IsComplete || seen[0] != _nick, CheckNames.Login, seen,
            $"it calls itself {_nick}, has said who it is: {_hasUser}, negotiates: {_isNegotiating}");
        link.Picture.Nick = seen[0];
    }

    // As clients do: the same name with a mark after it.
    private void Retry()
    {
        link.World.Machine.Milestones.Note(Milestone.IrcNicksTaken);
        if (link.IsOpen && _retries < 20)
        {
            var nick = new Intent(IntentKind.Nick) { Nick = $"i{link.ClientNumber}{new string('_', _retries++)}" };
            link.Ask(nick, SeededRandom.For(link.World.Machine.Seed, Wire.Machine.ClientPart, link.ClientNumber,
                (int)link.Channel.BytesSent));
        }
    }
}
