using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Clients;

/// <content>How guests are called.</content>
internal sealed partial class ChatLog
{
    // A guest has a name of the server's, or after its user. A lobby that it may not enter can come between, and a nick that it chose.
    private void CheckFirstNick(LoggedEvent joined, Link guest)
    {
        var isNamed = guest.IsGuestNick(joined.Nick);
        Check.Fail(!isNamed && !guest.Nicks.Contains(joined.Nick), CheckNames.Log,
            $"{joined}: a guest of {guest.User} is not called that, and did not ask for it");
        if (isNamed && guest.User is not null)
        {
            world.Machine.Milestones.Note(Milestone.LocalGuests);
        }
    }
}
