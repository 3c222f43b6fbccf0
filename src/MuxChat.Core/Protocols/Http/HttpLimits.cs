namespace MuxChat.Core.Protocols.Http;

/// <summary>The limits of one HTTP connection. They are constants, because no use of this server needs others.</summary>
public static class HttpLimits
{
    /// <summary>The longest head of a request, in bytes: 8 KiB. A longer one gets 431.</summary>
    public const int HeadBytes = 8 * 1024;

    /// <summary>The longest target, in bytes: 2 KiB. A longer one gets 414.</summary>
    public const int TargetBytes = 2 * 1024;

    /// <summary>The longest request line, in bytes, with its CR and LF: the target, and 64 for the method and the version.</summary>
    public const int RequestLineBytes = TargetBytes + 64;

    /// <summary>Fields of one head: 64. More get 431.</summary>
    public const int Fields = 64;

    /// <summary>Milliseconds in which a head that has begun must be complete: 10,000.</summary>
    public const int HeadMs = 10_000;

    /// <summary>Milliseconds that a connection may be idle before a request: 60,000.</summary>
    public const int IdleMs = 60_000;

    /// <summary>Requests of one connection: 100. The last response closes it.</summary>
    public const int Requests = 100;

    /// <summary>The longest body of a dynamic resource, in bytes: 256 KiB. A longer one is an internal error.</summary>
    public const int DynamicBodyBytes = 256 * 1024;
}
