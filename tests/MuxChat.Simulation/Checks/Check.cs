using System.Runtime.CompilerServices;
using System.Text;
using MuxChat.Simulation.Clients;

namespace MuxChat.Simulation.Checks;

/// <summary>How a check ends a run.</summary>
internal static class Check
{
    /// <exception cref="CheckFailedException">The check failed.</exception>
    public static void Fail(bool failed, string check, [InterpolatedStringHandlerArgument(nameof(failed))] ref Why why)
    {
        if (failed)
        {
            throw new CheckFailedException(check, why.ToString());
        }
    }

    /// <summary>The same for what a client sees.</summary>
    /// <exception cref="CheckFailedException">The check failed.</exception>
    public static void Sees(bool failed, string check, Link link, ReadOnlySpan<byte> seen,
        [InterpolatedStringHandlerArgument(nameof(failed))] ref Why why)
    {
        if (failed)
        {
            throw new CheckFailedException(check,
                $"client {link.ClientNumber} ({link.Picture.Nick}) sees {Encoding.UTF8.GetString(seen)}: {why.ToString()}");
        }
    }
}
