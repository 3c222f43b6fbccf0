using System.Text.Json;
using System.Text.Json.Serialization;
using MuxChat.LoadTests.Comparing;
using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Reports;

/// <summary>A report as JSON, for other programs.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true, Converters = [typeof(EndPointConverter)])]
[JsonSerializable(typeof(Report))]
internal sealed partial class JsonReport : JsonSerializerContext
{
    public static string Write(Report report) => JsonSerializer.Serialize(report, Default.Report);

    /// <summary>Reads what <see cref="Write"/> has written.</summary>
    /// <exception cref="LoadException">The file cannot be read, or is no report.</exception>
    public static Report Read(string file)
    {
        try
        {
            return Checked(JsonSerializer.Deserialize(File.ReadAllText(file), Default.Report) ?? throw new JsonException("it is empty"));
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or FormatException)
        {
            throw LoadException.Usage($"{file} is no report of this program (--json): {error.Message.ReplaceLineEndings(" ")}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw LoadException.Usage($"cannot read {file}: {error.Message}");
        }
    }

    // What the types cannot say. The rows of a comparison follow from its runs, so those in the file are not believed.
    private static Report Checked(Report report)
    {
        if (report.Results.Count == 0 || report.Results.Any(static run => run is null))
        {
            throw new JsonException("it has no results");
        }

        foreach (var run in report.Results.Where(static run => run.Histogram.Length > 0))
        {
            try
            {
                Histogram.Decode(run.Histogram);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                throw new JsonException($"the histogram of {run.Name} cannot be read: {error.Message}");
            }
        }

        return report with { Comparison = report.Comparison.Count > 0 ? ComparisonRun.Rows(report.Results) : [] };
    }

    private sealed class EndPointConverter : JsonConverter<System.Net.IPEndPoint>
    {
        public override System.Net.IPEndPoint? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            System.Net.IPEndPoint.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, System.Net.IPEndPoint value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
