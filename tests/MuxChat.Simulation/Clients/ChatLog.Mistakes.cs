using MuxChat.Simulation.Mistakes;

namespace MuxChat.Simulation.Clients;

/// <content>Events that a wire format cannot encode.</content>
internal sealed partial class ChatLog
{
    // Who is to see the event that is published at this moment.
    private readonly List<Link> _told = [];
    private LoggedEvent? _last;

    /// <summary>From now on, until <see cref="EndPublishing"/>, what is encoded is an event of a room's.</summary>
    public void BeginPublishing() => world.Injector.IsPublishing = true;

    /// <summary>The event was encoded: who reads a wire format that could not show it is to be told that instead.</summary>
    /// <returns>Whether it is known how many it reached.</returns>
    public bool EndPublishing(LoggedRoom room)
    {
        var isKnown = !_told.Exists(static link => link.IsBlind);
        world.Injector.IsPublishing = false;
        foreach (var (format, number, isForAll) in world.Injector.Losses)
        {
            isKnown &= !isForAll;
            foreach (var link in isForAll ? room.Listeners.Except(_told).Where(link => ReferenceEquals(link.Format, format)) : [])
            {
                link.NoteHit(MistakeKind.HowShown);
                link.HangUp();
            }

            foreach (var link in _told.Where(link => ReferenceEquals(link.Format, format)))
            {
                if (number > 0)
                {
                    link.Lose(_last!, number);
                }
                else
                {
                    link.NoteHit(MistakeKind.EncodeInstead);
                    link.HangUp();
                }
            }
        }

        world.Injector.ForgetLosses();
        return isKnown;
    }
}
