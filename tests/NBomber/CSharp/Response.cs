using NBomber.Contracts;

namespace NBomber.CSharp;

public static class Response
{
    public static Response<object> Ok() => Ok<object>();

    public static Response<object> Fail() => Fail<object>();

    /// <summary>Without a type there is no latency of one's own: the package's sources drop it here.</summary>
    public static Response<object> Ok(string statusCode = "", long sizeBytes = 0, string message = "", double customLatencyMs = 0) =>
        new(statusCode, false, sizeBytes, 0, message);

    public static Response<T> Ok<T>(string statusCode = "", long sizeBytes = 0, string message = "", double customLatencyMs = 0) =>
        new(statusCode, false, sizeBytes, customLatencyMs, message);

    public static Response<T> Ok<T>(T payload, string statusCode = "", long sizeBytes = 0, string message = "",
        double customLatencyMs = 0) => new(statusCode, false, sizeBytes, customLatencyMs, message);

    public static Response<object> Fail(string statusCode = "", string message = "", long sizeBytes = 0, double customLatencyMs = 0) =>
        Fail<object>(statusCode, message, sizeBytes, customLatencyMs);

    public static Response<T> Fail<T>(string statusCode = "", string message = "", long sizeBytes = 0, double customLatencyMs = 0) =>
        new(statusCode, true, sizeBytes, customLatencyMs, message);
}
