using MuxChat.LoadTests.Bridge;
using NBomber.Contracts;
using NBomber.CSharp;

namespace MuxChat.NBomber;

/// <summary>Outcomes in NBomber's words.</summary>
internal static class Responses
{
    /// <summary>
    /// A line that all have heard is a success: its latency is that of the last to hear it, from the moment it was due, and its size the
    /// bytes that all of them received.
    /// </summary>
    public static Response<int> ToResponse(this Hearing hearing, int payloadBytes) => hearing.IsComplete
        ? Response.Ok(payload: hearing.Heard, sizeBytes: (long)hearing.Heard * payloadBytes, customLatencyMs: hearing.LatencyMs)
        : Response.Fail<int>(statusCode: "unheard", message: $"{hearing.Heard} received the line within the limit");
}
