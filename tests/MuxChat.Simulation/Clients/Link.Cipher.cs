using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Ciphers;
using MuxChat.Simulation.Wire;

namespace MuxChat.Simulation.Clients;

/// <summary>A connection through a cipher, or to a server that lets the first byte decide.</summary>
internal sealed partial class Link
{
    private const double IsOptional = 0.5;
    private const double Blunders = 0.1;

    /// <summary>What begins a telnet command, which the server takes out of a line.</summary>
    private const byte TelnetCommand = 0xFF;

    private byte[] _lastWritten = [];
    private byte[] _lastHandled = [];
    private bool _wasRefused;

    /// <summary>Its end of the cipher; null where it speaks without one.</summary>
    public FarCipher? Cipher { get; private set; }

    /// <summary>When the server began to open its channel, in milliseconds; -1 for not yet.</summary>
    public long OpeningSinceMs { get; set; } = -1;

    /// <summary>When the channel had opened; -1 for not yet, or for no cipher.</summary>
    public long OpenedMs { get; set; } = -1;

    /// <summary>When it was known that the channel could not open, in milliseconds; -1 for not yet.</summary>
    public long FailedMs { get; set; } = -1;

    /// <summary>Whether the server said that its channel could not open.</summary>
    public bool IsOpeningFailed { get; set; }

    /// <summary>The server took it for a client without a cipher, because its first byte came too late, or it was turned away.</summary>
    public bool IsTakenForPlain => Cipher is not null && Channel.Cipher!.IsPlain;

    /// <summary>Decides how it speaks to the server, and how the server listens.</summary>
    public void ChooseCipher()
    {
        if (_world.Plan.Ciphers is not { } plan)
        {
            return;
        }

        var random = SeededRandom.For(_machine.Seed, Machine.CipherPart, ClientNumber + 1, Number);
        var speaks = random.Chance(plan.Share);
        var isOptional = Listener == SimClient.AutoListener && random.Chance(IsOptional);
        var habit = !speaks ? CipherHabit.Plain
            : random.Chance(plan.Bad) ? random.Pick(CipherHabit.Stops, CipherHabit.Spoils, CipherHabit.Leaves)
            : random.Chance(plan.Slow) ? CipherHabit.Slow : CipherHabit.Quick;
        if (!speaks && !isOptional && !random.Chance(plan.Bad * Blunders))
        {
            return;
        }

        var key = random.Next();
        Channel.Cipher = new SimCipher(Channel, _machine, plan, key, new SeededRandom(random.Next())) { IsUndecided = isOptional };
        if (speaks || !isOptional)
        {
            Cipher = new FarCipher(this, _machine, plan, key, habit, new SeededRandom(random.Next()));
        }
    }

    /// <summary>A frame of it is handled.</summary>
    public void NoteHandled(ReadOnlySpan<byte> frame) => (_lastHandled, _wasRefused) = (frame.ToArray(), false);

    /// <summary>A frame of it is refused by its form.</summary>
    public void NoteRefused() => _wasRefused = true;

    /// <summary>It was closed because it had closed its side in order: then all that it wrote was read and handled.</summary>
    public void CheckHeard()
    {
        if (Cipher is not null)
        {
            Check.Fail(Cipher.IsOpened && Channel.BytesReceived != Cipher.SealedBytes, CheckNames.Cipher,
                $"client {ClientNumber} wrote {Cipher.SealedBytes} bytes and closed, and {Channel.BytesReceived} were read");
        }

        var isJudged = _world.Plan.Ciphers is not null && IsServed && !IsMistaken && !IsHit && !IsForgetful && !HasQuit && !HasOverrun
            && !_world.Plan.HasPassword && _lastWritten.Length > 0 && !_lastWritten.Contains(TelnetCommand)
            && Cipher is null or { IsOpened: true };
        var isHandled = _wasRefused || (_lastWritten.AsSpan().IndexOf(_lastHandled) >= 0 && _lastHandled.Length > 0);
        Check.Fail(isJudged && !isHandled, CheckNames.Cipher,
            $"client {ClientNumber} closed, and its last message was not handled: {System.Text.Encoding.UTF8.GetString(_lastWritten)}");
    }
}
