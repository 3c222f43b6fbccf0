using MuxChat.Simulation.Wire;

namespace MuxChat.Simulation.Clients;

/// <summary>
/// The server's password, where it asks for one: most clients give it, some a wrong one before, and some only that or none.
/// </summary>
internal sealed partial class Link
{
    private const double Forgetful = 0.1;
    private const double Wrong = 0.2;

    private int _wrongPasswords;

    /// <summary>What the server asks for.</summary>
    public static ReadOnlySpan<byte> Password => "letmein"u8;

    /// <summary>It never gives the right password: it may not be let in.</summary>
    public bool IsForgetful { get; private set; }

    /// <summary>Gives the password before anything else, or decides to forget it. On IRC it belongs to the login.</summary>
    public void GivePassword()
    {
        if (!_world.Plan.HasPassword)
        {
            return;
        }

        var random = SeededRandom.For(_machine.Seed, Machine.PasswordPart, ClientNumber, Number);
        if (random.Chance(Forgetful))
        {
            IsForgetful = true;
            HangUp();
            if (Client.Model.Protocol != "irc" && random.Chance(0.5))
            {
                Write(Pass("letmeout"), random);
            }
        }
        else if (Client.Model.Protocol != "irc")
        {
            _wrongPasswords = random.Chance(Wrong) ? 1 : 0;
            Write([.. _wrongPasswords > 0 ? Pass("letmeout") : [], .. Pass("letmein")], random);
        }
    }

    /// <summary>It is told that a password was wrong: it must have given one.</summary>
    public bool TrySeeWrongPassword() => _wrongPasswords-- > 0;

    private byte[] Pass(string password) => Client.Model.Protocol == "frame"
        ? FrameClientModel.Framed(System.Text.Encoding.UTF8.GetBytes($$"""{"type":"pass","password":"{{password}}"}"""))
        : System.Text.Encoding.UTF8.GetBytes($"/pass {password}\n");
}
