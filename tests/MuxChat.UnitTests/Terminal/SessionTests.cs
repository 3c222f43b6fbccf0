using MuxChat.Terminal.Session;

namespace MuxChat.UnitTests.Terminal;

/// <summary>One session, frame by frame: resuming, sending again, gaps, other epochs, limits.</summary>
public sealed class SessionTests : SessionPlay
{
    [Fact]
    public void First_frame_is_one_that_an_auto_listener_knows()
    {
        Assert.Equal("""{"type":"ping","token":"hello"}""", System.Text.Encoding.UTF8.GetString(Session.FirstFrame));
        var locked = new ChatSession(new SessionOptions { Password = "sesame" }, static (_, _) => { }, Time);
        Assert.Equal("""{"type":"pass","password":"sesame"}""", System.Text.Encoding.UTF8.GetString(locked.FirstFrame));
    }

    [Fact]
    public void Welcome_leaves_the_lobby_takes_the_nick_and_enters_the_rooms()
    {
        Open();
        Assert.Equal(
            ["""{"type":"part","room":"#lobby"}""", """{"type":"nick","nick":"alice","id":"1"}""",
                """{"type":"join","room":"#tea","id":"2"}"""],
            Sent);
    }

    [Fact]
    public void Own_line_takes_its_place_among_later_events_of_others()
    {
        Enter(epoch: 7, seq: 1);
        Session.Lines.Say(Tea, "mine", isAction: false);
        Receive("""{"type":"said","room":"#tea","seq":3,"from":"bob","text":"later"}""");
        Assert.DoesNotContain(Shown, static line => line.Text == "later");
        Receive($$"""{"type":"ok","id":"{{LastId()}}","seq":2}""");
        Assert.Equal(["mine", "later"], Shown.TakeLast(2).Select(static line => line.Text));
    }

    [Fact]
    public void Return_resumes_each_room_after_its_last_event_with_the_old_nick_first()
    {
        Enter(epoch: 7, seq: 1);
        Receive("""{"type":"said","room":"#tea","seq":2,"from":"bob","text":"one"}""");
        Session.Closed();
        Open();
        Assert.Contains("""{"type":"nick","nick":"alice","id":"4"}""", Sent);
        Assert.Contains("""{"type":"resume","room":"#tea","epoch":7,"after":2,"id":"5"}""", Sent);
    }

    [Fact]
    public void Missed_events_come_before_those_since_the_return()
    {
        Enter(epoch: 7, seq: 1);
        Session.Closed();
        Open();
        Receive("""{"type":"history","room":"#tea","events":[{"type":"said","epoch":7,"seq":2,"from":"bob","text":"missed"}],"more":false}""",
            """{"type":"joined","room":"#tea","seq":3,"nick":"guest-1"}""",
            """{"type":"room","room":"#tea","topic":"","members":1,"seq":3,"epoch":7}""",
            """{"type":"said","room":"#tea","seq":4,"from":"bob","text":"now"}""");
        Assert.DoesNotContain(Shown, static line => line.Text is "missed" or "now");
        Receive("""{"type":"ok","id":"5","seq":3}""");
        Assert.Equal(["missed", "guest-1 joined", "now"], Shown.TakeLast(3).Select(static line => line.Text));
    }

    [Fact]
    public void Line_of_unsure_fate_waits_for_the_old_connection_to_be_gone()
    {
        Enter(epoch: 7, seq: 1);
        Session.Lines.Say(Tea, "perhaps", isAction: false);
        Session.Closed();
        Assert.Equal(OwnState.Unsure, Assert.Single(Tea.Own.All).State);

        // The nick is still taken, so the broken connection is still there.
        Open();
        Sent.Clear();
        Receive("""{"type":"error","id":"5","code":"nick_taken","message":"taken"}""");
        Return(epoch: 7, after: 1);
        Assert.DoesNotContain(Sent, static request => request.Contains("perhaps", StringComparison.Ordinal));

        // It is carried out after all.
        Receive("""{"type":"said","room":"#tea","seq":3,"from":"alice","text":"perhaps"}""");
        Assert.Empty(Tea.Own.All);
        Assert.Equal((1, 0), (Session.Lines.Acknowledged, Session.Lines.Failed));
        Receive("""{"type":"quit","room":"#tea","seq":4,"nick":"alice"}""");
        Assert.DoesNotContain(Sent, static request => request.Contains("perhaps", StringComparison.Ordinal));
    }

    [Fact]
    public void Line_that_was_not_said_is_sent_again_when_the_old_connection_quits()
    {
        ComeBackWithALineOfUnsureFate();
        Return(epoch: 7, after: 1);
        Sent.Clear();
        Receive("""{"type":"quit","room":"#tea","seq":3,"nick":"alice"}""");
        Assert.Contains("""{"type":"say","room":"#tea","text":"perhaps","id":"8"}""", Sent);
    }

    [Fact]
    public void Line_of_unsure_fate_that_was_removed_meanwhile_is_not_sent_again()
    {
        ComeBackWithALineOfUnsureFate();
        Sent.Clear();
        Receive("""{"type":"history","room":"#tea","events":[{"type":"erased","epoch":7,"seq":2,"from":"alice"}],"more":false}""",
            """{"type":"joined","room":"#tea","seq":3,"nick":"guest-1"}""",
            """{"type":"room","room":"#tea","topic":"","members":1,"seq":3,"epoch":8}""",
            """{"type":"ok","id":"6","seq":3}""");
        Assert.Equal(0, Session.Lines.Pending);
        Assert.DoesNotContain(Sent, static request => request.Contains("perhaps", StringComparison.Ordinal));
    }

    [Fact]
    public void Removal_is_told_and_what_is_left_of_a_line_is_shown_without_a_text()
    {
        Enter(epoch: 7, seq: 1);
        Receive("""{"type":"redact","room":"#tea","seq":2,"from":"bob","target":1,"target_epoch":7,"reason":"spam"}""",
            """{"type":"redact","room":"#tea","seq":3,"from":"bob","target":1,"target_epoch":7}""",
            """{"type":"erased","room":"#tea","seq":4,"from":"carol"}""");
        Assert.Equal(["bob removed a line: spam", "bob removed a line", "a line of carol was removed"],
            Shown.TakeLast(3).Select(static line => line.Text));
    }

    [Fact]
    public void Another_epoch_shows_that_the_old_connection_is_gone()
    {
        ComeBackWithALineOfUnsureFate();
        Sent.Clear();
        Return(epoch: 8, after: 1);
        Assert.Contains(Sent, static request => request.Contains("perhaps", StringComparison.Ordinal));
        Assert.Equal(8, Tea.Sequence.Epoch);
    }

    [Fact]
    public void Line_whose_fate_stays_unsure_is_given_up_and_never_sent_again()
    {
        ComeBackWithALineOfUnsureFate();
        Return(epoch: 7, after: 1);
        Sent.Clear();
        Time.Advance(LineSender.UnsureTime);
        Receive("""{"type":"pong"}""");
        Session.Tick();
        Assert.Equal((0, 1), (Session.Lines.Pending, Session.Lines.Failed));
        Assert.DoesNotContain(Sent, static request => request.Contains("perhaps", StringComparison.Ordinal));
        Assert.Contains(Shown, static line => line.Kind == LineKind.Error && line.Text.Contains("perhaps", StringComparison.Ordinal));
    }

    [Fact]
    public void Gap_is_marked_when_the_server_has_no_event_that_the_client_knows()
    {
        Enter(epoch: 7, seq: 1);
        Session.Closed();
        Open();
        Receive("""{"type":"gap","room":"#tea","after":1,"epoch":9,"first":1,"last":5}""",
            """{"type":"joined","room":"#tea","seq":6,"nick":"guest-1"}""",
            """{"type":"room","room":"#tea","topic":"","members":1,"seq":6,"epoch":9}""",
            """{"type":"ok","id":"5","seq":6}""");
        Receive("""{"type":"history","room":"#tea","events":[{"type":"said","epoch":9,"seq":5,"from":"bob","text":"rest"}],"more":false}""",
            $$"""{"type":"ok","id":"{{LastId()}}"}""");
        Assert.Equal(LineKind.Gap, Shown[^3].Kind);
        Assert.Equal(["rest", "guest-1 joined"], Shown.TakeLast(2).Select(static line => line.Text));
    }

    [Fact]
    public void Crash_that_took_events_leaves_no_gap_when_the_rest_continues_what_is_known()
    {
        Enter(epoch: 7, seq: 1);
        Receive("""{"type":"said","room":"#tea","seq":2,"from":"bob","text":"kept"}""",
            """{"type":"said","room":"#tea","seq":3,"from":"bob","text":"lost"}""");
        Session.Closed();
        Open();
        Receive("""{"type":"gap","room":"#tea","after":3,"epoch":8,"first":1,"last":3}""",
            """{"type":"joined","room":"#tea","seq":4,"nick":"guest-1"}""",
            """{"type":"room","room":"#tea","topic":"","members":1,"seq":4,"epoch":8}""",
            """{"type":"ok","id":"5","seq":4}""");
        Receive("""
            {"type":"history","room":"#tea","events":[{"type":"said","epoch":7,"seq":2,"from":"bob","text":"kept"},
            {"type":"said","epoch":8,"seq":3,"from":"bob","text":"new"}],"more":false}
            """, $$"""{"type":"ok","id":"{{LastId()}}"}""");
        Assert.Equal(["kept", "lost", "new", "guest-1 joined"], Shown.TakeLast(4).Select(static line => line.Text));
        Assert.DoesNotContain(Shown, static line => line.Kind == LineKind.Gap);
    }

    [Fact]
    public void At_most_a_window_of_lines_is_on_its_way()
    {
        Enter(epoch: 7, seq: 1);
        Sent.Clear();
        for (var i = 0; i < LineSender.MaxLines; i++)
        {
            Assert.True(Session.Lines.Say(Tea, "x", isAction: false));
        }

        Assert.False(Session.Lines.Say(Tea, "one more", isAction: false));
        Assert.Equal(LineSender.Window, Sent.Count);
        Receive("""{"type":"ok","id":"4","seq":2}""");
        Assert.Equal(LineSender.Window + 1, Sent.Count);
    }

    [Fact]
    public void Private_message_on_a_broken_connection_is_reported_and_not_sent_again()
    {
        Enter(epoch: 7, seq: 1);
        Session.Lines.Say(Session.Add("bob"), "psst", isAction: false);
        Session.Closed();
        Sent.Clear();
        Open();
        Return(epoch: 7, after: 1);
        Assert.Equal(1, Session.Lines.Failed);
        Assert.DoesNotContain(Sent, static request => request.Contains("psst", StringComparison.Ordinal));
    }

    [Fact]
    public void Line_on_its_way_from_a_closed_view_counts_until_it_is_acknowledged()
    {
        Enter(epoch: 7, seq: 1);
        Session.Lines.Say(Tea, "hi", isAction: false);
        Session.Part(Tea, null);
        Assert.Equal((1, 0, 0), (Session.Lines.Pending, Session.Lines.Acknowledged, Session.Lines.Failed));
        Receive("""{"type":"ok","id":"4","seq":2}""");
        Assert.Equal((0, 1, 0), (Session.Lines.Pending, Session.Lines.Acknowledged, Session.Lines.Failed));
        Session.Closed();
        Assert.Equal(0, Session.Lines.Failed);
    }

    [Fact]
    public void Line_on_its_way_from_a_closed_view_fails_with_its_connection()
    {
        Enter(epoch: 7, seq: 1);
        Session.Lines.Say(Tea, "hi", isAction: false);
        Session.Part(Tea, null);
        Session.Closed();
        Assert.Equal((0, 0, 1), (Session.Lines.Pending, Session.Lines.Acknowledged, Session.Lines.Failed));
        Assert.StartsWith("not acknowledged: hi (", Shown[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Unread_lines_and_mentions_are_counted_where_the_user_does_not_look()
    {
        Enter(epoch: 7, seq: 1);
        Session.Look(Session.Server);
        Receive("""{"type":"said","room":"#tea","seq":2,"from":"bob","text":"hi"}""",
            """{"type":"said","room":"#tea","seq":3,"from":"bob","text":"Alice: hi"}""",
            """{"type":"said","room":"#tea","seq":4,"from":"bob","text":"malice"}""");
        Assert.Equal((3, 1), (Tea.Unread, Tea.Mentions));
        Session.Look(Tea);
        Assert.Equal((0, 0), (Tea.Unread, Tea.Mentions));
    }

    [Fact]
    public void Silent_server_is_asked_and_then_given_up()
    {
        Enter(epoch: 7, seq: 1);
        Time.Advance(ChatSession.Quiet);
        Session.Tick();
        Assert.Contains("""{"type":"ping","token":"talk"}""", Sent);
        Assert.False(Session.IsDead);
        Time.Advance(ChatSession.Dead - ChatSession.Quiet);
        Session.Tick();
        Assert.True(Session.IsDead);
    }

    [Fact]
    public void Kicked_client_does_not_enter_the_room_again()
    {
        Enter(epoch: 7, seq: 1);
        Receive("""{"type":"kicked","room":"#tea","seq":2,"from":"bob","nick":"alice"}""");
        Assert.False(Tea.IsJoined);
        Session.Closed();
        Sent.Clear();
        Open();
        Assert.DoesNotContain(Sent, static request => request.Contains("#tea", StringComparison.Ordinal));
    }

    // The old connection is still there, and has the nick. So the server may have said the line.
    private void ComeBackWithALineOfUnsureFate()
    {
        Enter(epoch: 7, seq: 1);
        Session.Lines.Say(Tea, "perhaps", isAction: false);
        Session.Closed();
        Open();
        Receive("""{"type":"error","id":"5","code":"nick_taken","message":"taken"}""");
    }
}
