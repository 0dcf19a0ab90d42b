using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Facade.Plain;

/// <summary>Operations, holds and diagnostics as JSON, in the words of the documents (docs/documents.md#operation).</summary>
internal static class OperationViews
{
    public static JsonArray From(ImmutableArray<OperationResult> operations, PlainCall call) => [.. operations.Select(o => From(o, call))];

    public static JsonArray Held(ImmutableArray<HeldPart> held) =>
    [
        .. HttpWording.From(held).Select(h => new JsonObject
        {
            ["part"] = h.Part.Name(), ["code"] = h.Code, ["standing"] = h.Standing, ["message"] = h.Message,
        }),
    ];

    public static JsonArray Diagnostics(ImmutableArray<Diagnostic> diagnostics) =>
        [.. diagnostics.Select(d => new JsonObject { ["code"] = d.Code, ["severity"] = Word(d.Severity), ["message"] = HttpWording.From(d.Message) })];

    private static JsonObject From(OperationResult result, PlainCall call)
    {
        OperationEntry entry = OperationEntries.From(result);
        if (!call.Full) entry = Masking.Mask(entry, call.Digests);
        JsonObject view = new() { ["action"] = entry.Action.Name(), ["method"] = entry.Method };
        Put(view, "slot", entry.Slot is { } slot ? PhoneTypes.Name(slot) : null);
        Put(view, "id", entry.Id);
        Put(view, "before", entry.Before);
        Put(view, "after", entry.After);
        view["reason"] = entry.Reason;
        view["outcome"] = result.Outcome.Name();
        Put(view, "verifiedAt", result.VerifiedAt?.ToString("O", CultureInfo.InvariantCulture));
        if (result.Error is { } error)
        {
            JsonObject reported = new() { ["code"] = error.Code, ["message"] = HttpWording.From(error.Message) };
            if (error.Status is { } status) reported["status"] = status;
            Put(reported, "requestId", error.RequestId);
            view["error"] = reported;
        }

        return view;
    }

    private static void Put(JsonObject view, string name, string? value)
    {
        if (value is not null) view[name] = value;
    }

    private static string Word(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        Severity.Info => "info",
    };
}
