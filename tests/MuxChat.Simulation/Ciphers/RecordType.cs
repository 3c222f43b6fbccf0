namespace MuxChat.Simulation.Ciphers;

/// <summary>What a record of the simulated cipher holds. The numbers are those of TLS, so that the first byte shows a handshake.</summary>
internal enum RecordType : byte
{
    /// <summary>An alert: the end of a side, or why it could not open.</summary>
    Alert = 21,

    /// <summary>A part of a flight of the handshake.</summary>
    Handshake = 22,

    /// <summary>Content.</summary>
    Data = 23,

    /// <summary>A change of keys: no content. The server owes one for each.</summary>
    Update = 24,
}
