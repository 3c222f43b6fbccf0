namespace MuxChat.UnitTests.Core.Protocols;

/// <summary>A mistake of the program, made on purpose.</summary>
internal sealed class FaultException() : Exception("made on purpose")
{
    public static void ThrowIf(bool isDue)
    {
        if (isDue)
        {
            throw new FaultException();
        }
    }
}
