using System.Text.Json;
using System.Text.Json.Serialization;

namespace MuxChat.LoadTests.Reports;

/// <summary>A report as JSON, for other programs.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(EndPointConverter)])]
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
            return JsonSerializer.Deserialize(File.ReadAllText(file), Default.Report) ?? throw new JsonException("it is empty");
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

    private sealed class EndPointConverter : JsonConverter<System.Net.IPEndPoint>
    {
        public override System.Net.IPEndPoint? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            System.Net.IPEndPoint.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, System.Net.IPEndPoint value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
