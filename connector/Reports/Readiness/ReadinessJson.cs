using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProvisioningConnector.Reports.Json;

namespace ProvisioningConnector.Reports.Readiness;

/// <summary>The document <c>readiness</c> as JSON: UTF-8, one person per line, never more than one in memory.</summary>
public static class ReadinessJson
{
    public static async Task WriteAsync(ReadinessReport report, Stream output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        ArrayBufferWriter<byte> buffer = new();
        await output.WriteAsync(System.Text.Encoding.UTF8.GetBytes(
            $"{{\"kind\":\"{ReadinessDocument.KindName}\",\"formatVersion\":\"{ReadinessDocument.Version}\","
            + $"\"keepUntil\":\"{report.KeepUntil:yyyy-MM-dd}\",\"tenants\":["),
            cancellation);
        for (int i = 0; i < report.Tenants.Length; i++)
        {
            byte[] head = JsonSerializer.SerializeToUtf8Bytes(report.Tenants[i], ReadinessContext.Readable.TenantReadiness);
            await output.WriteAsync(i == 0 ? "\n"u8.ToArray() : ",\n"u8.ToArray(), cancellation);
            await output.WriteAsync(head.AsMemory(0, head.Length - 1), cancellation); // without its last brace
            await output.WriteAsync(",\"people\":["u8.ToArray(), cancellation);
            bool first = true;
            await foreach (PersonEntry person in report.People(i, cancellation).WithCancellation(cancellation))
            {
                buffer.ResetWrittenCount();
                buffer.Write(first ? "\n"u8 : ",\n"u8);
                Write(person, buffer);
                await output.WriteAsync(buffer.WrittenMemory, cancellation);
                first = false;
            }

            await output.WriteAsync("]}"u8.ToArray(), cancellation);
        }

        await output.WriteAsync("]}\n"u8.ToArray(), cancellation);
    }

    /// <summary>A tenant, people apart, as text.</summary>
    public static string Text(TenantReadiness tenant) => JsonSerializer.Serialize(tenant, ReadinessContext.Readable.TenantReadiness);

    /// <summary>The tenant of a text.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static TenantReadiness Tenant(string text) =>
        JsonSerializer.Deserialize(text, ReadinessContext.Readable.TenantReadiness) ?? throw new JsonException("The text is null.");

    /// <summary>One person, on one line without its end.</summary>
    public static void Write(PersonEntry person, IBufferWriter<byte> output)
    {
        using Utf8JsonWriter writer = new(output, ReportJson.Writing);
        JsonSerializer.Serialize(writer, person, ReadinessContext.Readable.PersonEntry);
    }

    /// <summary>The person on a line.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static PersonEntry Read(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize(line, ReadinessContext.Readable.PersonEntry) ?? throw new JsonException("The line is null.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TenantReadiness))]
[JsonSerializable(typeof(PersonEntry))]
internal sealed partial class ReadinessContext : JsonSerializerContext
{
    /// <summary>Text stays readable; for files and pipes, not for pages.</summary>
    public static ReadinessContext Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = ReportJson.Writing.Encoder,
    });
}
