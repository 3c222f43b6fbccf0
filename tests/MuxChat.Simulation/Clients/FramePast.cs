using MuxChat.Simulation.Checks;

namespace MuxChat.Simulation.Clients;

/// <summary>
/// The part of a program's view that is about the past: pages come in parts, and are complete when the answer after them comes; that of
/// <c>resume</c> already with the room's state.
/// </summary>
internal sealed class FramePast(Link link)
{
    private PastPage? _page;

    /// <summary>A part of the past, or a gap.</summary>
    public void See(FrameFields fields, ReadOnlySpan<byte> frame)
    {
        var isGap = fields["type"] == "gap";
        if (_page is null)
        {
            var asked = link.Awaiting.Find(IsOpen);
            Check.Sees(asked?.Kind is not (IntentKind.History or IntentKind.Resume), CheckNames.Answers, link, frame,
                $"the next request is {asked}");
            _page = new PastPage(asked!, fields["room"], link.Picture.Of(fields["room"]));
            asked!.IsAnswered = true;
        }
        else
        {
            Check.Sees(isGap || !_page.More || _page.Room != fields["room"], CheckNames.History, link, frame,
                $"the answer was complete: {_page.Asked}");
        }

        Check.Sees(isGap && _page.Asked.Kind != IntentKind.Resume, CheckNames.History, link, frame, $"nothing was resumed: {_page.Asked}");
        _page.Events.AddRange(fields.Events);
        _page.Parts++;
        _page.More = fields.More;
        _page.Gap = isGap ? fields : null;
    }

    /// <summary>The state of a room comes: after a page that is what was resumed.</summary>
    public void SeeRoom(FrameFields fields, ReadOnlySpan<byte> frame)
    {
        if (_page is { Asked.Kind: IntentKind.Resume })
        {
            Check.Sees(_page.Room != fields["room"], CheckNames.Resume, link, frame, $"{_page.Room} was resumed");
            var isNew = _page.Asked.Event is not null;
            PastCheck.Resumed(link, _page, fields.Seq - (isNew ? 1 : 0));
            _page = null;
        }
    }

    /// <summary>A request is done.</summary>
    public void SeeResult(Intent asked)
    {
        if (_page?.Asked == asked)
        {
            Check.Fail(asked.Kind == IntentKind.Resume, CheckNames.Resume,
                $"client {link.ClientNumber} resumed a room and was not sent its state: {asked}");
            PastCheck.Page(link, _page);
            _page = null;
        }
    }

    // What waits for the disk has had its turn, unless it is a room resumed just now.
    private bool IsOpen(Intent asked) => !link.IsLate(asked) || (asked.Kind == IntentKind.Resume && !asked.IsAnswered);
}
