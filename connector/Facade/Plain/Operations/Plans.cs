using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.Plain.Bodies;
using ProvisioningConnector.Sources.Json;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Facade.Plain.Operations;

/// <summary><c>/plan</c>: a desired state in the source's JSON form (docs/sources.md#columns), answered with the plan document. It writes nothing.</summary>
internal static class Plans
{
    private const string Body = "body";

    public static ImmutableArray<PlainOperation> All { get; } =
    [
        new PlainOperation<DesiredState>
        {
            Method = "POST", Path = Texts.User + "/plan", Id = "PlanUser", Right = Right.Plan, Summary = "Show what a desired state would change",
            Description = "The properties of one record of a JSON source. Absent or null means unmanaged; \"none\" or [] means that there should be "
                + "nothing. Nothing is written; asOf is accepted and has no effect here.",
            Body = new(typeof(DesiredState),
                """{"phones":["+1 2065550100:mobile","+1 2065550110:office"],"email":"ada@example.org","remove":{"fido2":"all"},"smsSignIn":"on"}"""),
            Answers = [Texts.Plan("The plan; users is empty when there is nothing to do.")], RunAsync = RunAsync,
        },
    ];

    private static async Task<PlainAnswer> RunAsync(PlainCall call, DesiredState body, CancellationToken cancellation)
    {
        DesiredMethods desired = await DesiredAsync(call, body, cancellation);
        ChangeDefinition requested = new(_ => new DesiredChange.Valid(desired)) { Also = desired.RemovedKinds };
        RunResult result = await (call with { DryRun = true }).ChangeAsync(requested, cancellation);
        return ChangeProblems.From(call, result) ?? (result is RunResult.Planned planned
            ? await PlanAnswers.OfAsync(call, planned, cancellation)
            : throw new InvalidOperationException($"A dry run that is no plan: {result.GetType().Name}."));
    }

    private static async Task<DesiredMethods> DesiredAsync(PlainCall call, DesiredState body, CancellationToken cancellation)
    {
        SourceOptions options = new(Body) { DefaultCountry = call.Session.Settings.DefaultCountry };
        try
        {
            await using JsonArrayRecords records = new(new JsonText(new MemoryStream(Record(call, body)), options), options);
            if (!await records.ReadAsync(cancellation)) throw JsonBodyReader.Bad("bodyNotObject", "The body must be a JSON object.");
            SourceRow row = RowReader.Read(records, 0, options);
            if (row.Diagnostics.FirstOrDefault(d => d.Severity == Severity.Error) is { } wrong) throw JsonBodyReader.Bad(wrong.Code,
                string.Join(' ', row.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => $"{d.Place?.Column}: {d.Message}")));
            if (row.Desired.ManagesNothing) throw JsonBodyReader.Bad("nothingWanted",
                "The body manages nothing. Name phones, a slot, email, remove or smsSignIn.");
            return row.Desired;
        }
        catch (SourceException wrong)
        {
            throw JsonBodyReader.Bad(wrong.Faults[0].Code, string.Join(' ', wrong.Faults.Select(f => $"{f.Message} {f.Advice}")));
        }
    }

    /// <summary>The record as a source would have it: with its user, who is the path's.</summary>
    private static byte[] Record(PlainCall call, DesiredState body)
    {
        if (body.Record.ValueKind != JsonValueKind.Object) throw JsonBodyReader.Bad("bodyNotObject", "The body must be a JSON object.");
        ArrayBufferWriter<byte> text = new();
        using (Utf8JsonWriter writer = new(text))
        {
            writer.WriteStartArray();
            writer.WriteStartObject();
            writer.WriteString("user", call.User.ToString());
            foreach (JsonProperty property in body.Record.EnumerateObject())
            {
                if (SourceColumns.TryParse(property.Name, out SourceColumn column) && column == SourceColumn.User) Same(call.User, property.Value);
                else property.WriteTo(writer);
            }

            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        return text.WrittenSpan.ToArray();
    }

    private static void Same(UserKey user, JsonElement value)
    {
        bool same = value.ValueKind == JsonValueKind.String && JsonCells.TextOf(value) is { } text
            && UserKey.TryParse(text, out UserKey named) && named.Equals(user);
        if (!same && value.ValueKind != JsonValueKind.Null) throw JsonBodyReader.Bad("otherUser",
            "The body names another user than the path. Leave it out of the body.");
    }
}
