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

    private sealed class EndPointConverter : JsonConverter<System.Net.IPEndPoint>
    {
        public override System.Net.IPEndPoint? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            System.Net.IPEndPoint.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, System.Net.IPEndPoint value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
