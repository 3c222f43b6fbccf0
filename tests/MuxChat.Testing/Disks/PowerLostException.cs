namespace MuxChat.Testing.Disks;

/// <summary>The power went: the code that runs does not go on.</summary>
public sealed class PowerLostException() : Exception("the power went");
