using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Reports.Json;

/// <summary>An origin in documents: <c>kind</c>, of an undo the <c>runId</c> (and the <c>step</c> where its undo needs the credential of that step), of a
/// step of <c>migrate</c> the <c>step</c>, of a change of one user the <c>operation</c> where it has one.</summary>
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
    private const string Migration = "migration";
    private const string Step = "step";

    public override PlanOrigin Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        JsonElement origin = JsonElement.ParseValue(ref reader);
        return (Text(origin, Kind), Text(origin, RunId), Text(origin, Operation)) switch
        {
            (Source, _, _) => new PlanOrigin.Source(),
            (StandardInput, _, _) => new PlanOrigin.StandardInput(),
            (Undo, { } run, _) => new PlanOrigin.Undo(run) { Step = Text(origin, Step) },
            (Action, _, { } operation) => new PlanOrigin.Action(operation),
            (Request, _, var operation) => new PlanOrigin.Request(operation),
            (Migration, _, _) when Text(origin, Step) is { } step => new PlanOrigin.Migration(step),
            _ => throw new JsonException("A plan of an unknown origin."),
        };
    }

    public override void Write(Utf8JsonWriter writer, PlanOrigin value, JsonSerializerOptions options)
    {
        (string Kind, string Name, string? Value) form = value switch
        {
            PlanOrigin.Source => (Source, RunId, null),
            PlanOrigin.StandardInput => (StandardInput, RunId, null),
            PlanOrigin.Undo undo => (Undo, RunId, undo.RunId),
            PlanOrigin.Migration migration => (Migration, Step, migration.Step),
            PlanOrigin.Action action => (Action, Operation, action.Operation),
            PlanOrigin.Request request => (Request, Operation, request.Operation),
            _ => throw new UnreachableException(value.GetType().Name),
        };
        writer.WriteStartObject();
        writer.WriteString(Kind, form.Kind);
        if (form.Value is { } text) writer.WriteString(form.Name, text);
        if (value is PlanOrigin.Undo { Step: { } step }) writer.WriteString(Step, step);
        writer.WriteEndObject();
    }

    /// <summary>Null when there is no text of that name.</summary>
    private static string? Text(JsonElement origin, string name) =>
        origin.ValueKind == JsonValueKind.Object && origin.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
        ? value.GetString() : null;
}
