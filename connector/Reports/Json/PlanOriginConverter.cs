using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Reports.Json;

/// <summary>An origin in documents: <c>kind</c>, of an undo the <c>runId</c>, of a change of one user the <c>operation</c> where it has one.</summary>
internal sealed class PlanOriginConverter : JsonConverter<PlanOrigin>
{
    private const string Kind = "kind";
    private const string RunId = "runId";
    private const string Operation = "operation";
    private const string Source = "source";
    private const string StandardInput = "standardInput";
    private const string Undo = "undo";
    private const string Action = "action";
    private const string Request = "request";

    public override PlanOrigin Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        JsonElement origin = JsonElement.ParseValue(ref reader);
        return (Text(origin, Kind), Text(origin, RunId), Text(origin, Operation)) switch
        {
            (Source, _, _) => new PlanOrigin.Source(),
            (StandardInput, _, _) => new PlanOrigin.StandardInput(),
            (Undo, { } run, _) => new PlanOrigin.Undo(run),
            (Action, _, { } operation) => new PlanOrigin.Action(operation),
            (Request, _, var operation) => new PlanOrigin.Request(operation),
            _ => throw new JsonException("A plan of an unknown origin."),
        };
    }

    public override void Write(Utf8JsonWriter writer, PlanOrigin value, JsonSerializerOptions options)
    {
        (string Kind, string? RunId, string? Operation) form = value switch
        {
            PlanOrigin.Source => (Source, null, null),
            PlanOrigin.StandardInput => (StandardInput, null, null),
            PlanOrigin.Undo undo => (Undo, undo.RunId, null),
            PlanOrigin.Action action => (Action, null, action.Operation),
            PlanOrigin.Request request => (Request, null, request.Operation),
            _ => throw new UnreachableException(value.GetType().Name),
        };
        writer.WriteStartObject();
        writer.WriteString(Kind, form.Kind);
        if (form.RunId is { } run) writer.WriteString(RunId, run);
        if (form.Operation is { } operation) writer.WriteString(Operation, operation);
        writer.WriteEndObject();
    }

    /// <summary>Null when there is no text of that name.</summary>
    private static string? Text(JsonElement origin, string name) =>
        origin.ValueKind == JsonValueKind.Object && origin.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
        ? value.GetString() : null;
}
