namespace NBomber.Contracts.Stats;

public sealed record StatusCodeStats(string StatusCode, bool IsError, string Message, int Count);

public sealed record RequestStats(int Count, double RPS, int Percent);

public sealed record LatencyStats(double MinMs, double MeanMs, double MaxMs, double Percent50, double Percent99);

public sealed record DataTransferStats(long AllBytes);

public sealed record MeasurementStats(RequestStats Request, LatencyStats Latency, DataTransferStats DataTransfer,
    StatusCodeStats[] StatusCodes);

public sealed record StepStats(string StepName, MeasurementStats Ok, MeasurementStats Fail);

public sealed record ScenarioStats(string ScenarioName, MeasurementStats Ok, MeasurementStats Fail, StepStats[] StepStats,
    TimeSpan Duration);
