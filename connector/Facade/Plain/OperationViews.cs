using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.Plain.Bodies;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Facade.Plain;

/// <summary>Operations, holds and diagnostics as JSON, in the words of the documents (docs/documents.md#operation).</summary>
internal static class OperationViews
{
    public static ImmutableArray<OperationView> From(ImmutableArray<OperationResult> operations, PlainCall call) =>
        [.. operations.Select(o => From(o, call))];

    public static ImmutableArray<HeldView> Held(ImmutableArray<HeldPart> held) =>
    [
        .. HttpWording.From(held).Select(h => new HeldView { Part = h.Part.Name(), Code = h.Code, Standing = h.Standing, Message = h.Message }),
    ];

    public static ImmutableArray<DiagnosticView> Diagnostics(ImmutableArray<Diagnostic> diagnostics) =>
        [.. diagnostics.Select(d => new DiagnosticView { Code = d.Code, Severity = Word(d.Severity), Message = HttpWording.From(d.Message) })];

    /// <summary>As members of a problem.</summary>
    public static JsonArray Nodes<T>(ImmutableArray<T> views) => [.. views.Select(PlainJson.Node)];

    private static OperationView From(OperationResult result, PlainCall call)
    {
        OperationEntry entry = OperationEntries.From(result);
        if (!call.Full) entry = Masking.Mask(entry, call.Digests);
        return new OperationView
        {
            Action = entry.Action.Name(), Method = entry.Method, Slot = entry.Slot is { } slot ? PhoneTypes.Name(slot) : null, Id = entry.Id,
            Before = entry.Before, After = entry.After, Reason = entry.Reason, Outcome = result.Outcome.Name(),
            VerifiedAt = result.VerifiedAt?.ToString("O", CultureInfo.InvariantCulture),
            Error = result.Error is { } error
                ? new OperationErrorView
                {
                    Code = error.Code, Message = HttpWording.From(error.Message), Status = error.Status, RequestId = error.RequestId,
                }
                : null,
        };
    }

    private static string Word(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        Severity.Info => "info",
    };
}
