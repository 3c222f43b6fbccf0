namespace NBomber.Contracts;

public interface IResponse
{
    string StatusCode { get; }

    bool IsError { get; }

    long SizeBytes { get; }

    double CustomLatencyMs { get; }

    string Message { get; }
}

/// <summary>The package has a payload here too, as an option of F#; nothing may read it through the stand-in.</summary>
public sealed record Response<T>(string StatusCode, bool IsError, long SizeBytes, double CustomLatencyMs, string Message) : IResponse;
