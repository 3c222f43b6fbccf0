using MuxChat.Simulation.Clients.Irc;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Clients;

/// <summary>What a client writes, and how it arrives.</summary>
internal sealed partial class Link
{
    /// <summary>Writes a request.</summary>
    public void Ask(Intent intent, SeededRandom random)
    {
        Note(intent);
        var line = IrcExtras.Labelled(this, [intent], Client.Model.Compose(intent, _world.Plan, random));
        (View as IrcView)?.Asks([intent], line);
        Write(line, random);
        _lastWritten = intent.IsRefused ? [] : _lastWritten;
    }

    /// <summary>Writes one line of IRC for several rooms.</summary>
    public void AskTogether(IReadOnlyList<Intent> intents, SeededRandom random)
    {
        foreach (var intent in intents)
        {
            intent.LineOf = intents[0];
            Note(intent);
        }

        var line = IrcExtras.Labelled(this, intents, IrcClientModel.Compose(intents, _world.Plan, random));
        ((IrcView)View).Asks(intents, line);
        Write(line, random);
    }

    /// <summary>Writes bytes, which arrive in pieces.</summary>
    public void Write(byte[] bytes, SeededRandom random)
    {
        _lastWritten = HasClosed ? _lastWritten : bytes;
        if (Cipher is null)
        {
            WriteWire(bytes, random);
        }
        else
        {
            Cipher.Write(bytes);
        }
    }

    /// <summary>Writes bytes as they are.</summary>
    public void WriteWire(byte[] bytes, SeededRandom random)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            var rest = bytes.Length - at;
            var length = random.Chance(0.7) ? rest : random.Between(1, rest);
            var piece = bytes.AsMemory(at, length);
            Arrive(() => Deliver(piece.Span));
            at += length;
        }
    }

    /// <summary>Closes its side; it still reads.</summary>
    public void HalfClose()
    {
        HasClosed = true;
        if (Cipher is null || Cipher.TryEnd())
        {
            CloseWire();
        }
    }

    /// <summary>Closes its side without more ado.</summary>
    public void CloseWire()
    {
        if (TryCloseBothSides())
        {
            return;
        }

        Arrive(() =>
        {
            Channel.EndArrived = true;
            _machine.Note(TraceKind.Arrive, ClientNumber, 0, 0, "the end of its input");
        });
    }

    public void Reset()
    {
        HasClosed = true;
        Channel.Reset();
    }

    private void Note(Intent intent)
    {
        Intents.Add(intent);
        if (intent.Kind == IntentKind.Oper)
        {
            NoteClaim(intent);
        }

        if (Client.Model.Protocol is "frame" or "irc")
        {
            Awaiting.Add(intent);
        }

        HasQuit |= intent.Kind == IntentKind.Quit;
        HasOverrun |= intent.Kind == IntentKind.Overrun;
        if (intent.Kind == IntentKind.Message)
        {
            _world.Messages[intent.Text] = new Message(this, intent);
        }
    }

    // Whatever is on its way arrives in the order it was sent.
    private void Arrive(Action action)
    {
        _lastArrivalUs = Math.Max(_lastArrivalUs, _machine.Clock.NowUs + _random.Below(_machine.Faults.MaxDelayUs + 1));
        _machine.Agenda.Add(_lastArrivalUs, action);
    }

    private void Deliver(ReadOnlySpan<byte> bytes)
    {
        if (!Channel.IsReset && !Channel.IsClosed)
        {
            _machine.Note(TraceKind.Arrive, ClientNumber, bytes.Length, 0, "{0} bytes", bytes);
            Channel.Incoming.Append(bytes);
        }
    }
}
