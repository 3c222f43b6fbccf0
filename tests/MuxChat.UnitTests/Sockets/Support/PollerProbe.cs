using System.Net.Sockets;
using MuxChat.Core.Loop;
using MuxChat.Sockets.Polling;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Sockets.Support;

/// <summary>Asks a poller what a test wants to know.</summary>
internal sealed class PollerProbe(IPoller poller)
{
    // Readiness that was there already is told by the first look; the others are for a poller that tells too much.
    private const int LooksAtOnce = 3;

    private readonly Readiness[] _ready = new Readiness[2048];
    private int _tokens;

    /// <summary>Registers a socket under a token that no other has.</summary>
    public Token Add(Socket socket, Interest interest)
    {
        var token = new Token(_tokens++, 1);
        poller.Add(socket, token, interest);
        return token;
    }

    public ReadOnlySpan<Readiness> Wait(int timeoutMs) => _ready.AsSpan(0, poller.Wait(timeoutMs, _ready));

    /// <summary>Waits until a token is reported with one of these flags, and returns all it was reported with.</summary>
    public ReadinessFlags WaitFor(Token token, ReadinessFlags wanted)
    {
        var patience = new Patience();
        var last = ReadinessFlags.None;
        while (true)
        {
            foreach (var one in Wait(Guard.Ms))
            {
                last = one.Token == token ? one.Flags : last;
                if (one.Token == token && (one.Flags & wanted) != 0)
                {
                    return one.Flags;
                }
            }

            patience.Check($"{poller.Name} reports {token} {wanted} (last it was {last})");
        }
    }

    /// <summary>What is reported for a token at this moment.</summary>
    public ReadinessFlags Now(Token token)
    {
        var flags = ReadinessFlags.None;
        for (var i = 0; i < LooksAtOnce; i++)
        {
            foreach (var one in Wait(0))
            {
                flags |= one.Token == token ? one.Flags : ReadinessFlags.None;
            }
        }

        return flags;
    }

    /// <summary>All tokens that are reported until <paramref name="isEnough"/>, in at most so many waits.</summary>
    public HashSet<Token> Collect(int mostWaits, int spanLength, Func<HashSet<Token>, bool> isEnough)
    {
        var seen = new HashSet<Token>();
        for (var i = 0; i < mostWaits && !isEnough(seen); i++)
        {
            var count = poller.Wait(Guard.Ms, _ready.AsSpan(0, spanLength));
            Assert.InRange(count, 0, spanLength);
            foreach (var one in _ready.AsSpan(0, count))
            {
                seen.Add(one.Token);
            }
        }

        return seen;
    }
}
