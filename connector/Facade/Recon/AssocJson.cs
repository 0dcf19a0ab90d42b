using System.Globalization;
using System.Text.Json;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Facade.Recon;

/// <summary>An association and its entries as objects. Beside what PingIDM shows, entries have the operations and what is held.</summary>
internal static class AssocJson
{
    public static readonly string[] AssocFields = ["_id", "mapping", "sourceResourceCollection", "targetResourceCollection", "isAnalysis", "finishTime"];

    public static readonly string[] EntryFields =
        ["_id", "reconId", "mapping", "situation", "action", "linkQualifier", "sourceObjectId", "targetObjectId", "status", "message", "operations", "held"];

    public static JsonElement From(ReconStatus status) => JsonSerializer.SerializeToElement(new
    {
        _id = status.Id, mapping = status.Mapping, sourceResourceCollection = $"source/{status.Source}",
        targetResourceCollection = $"system/{status.Tenant}/user",
        isAnalysis = status.IsAnalysis, finishTime = status.Ended?.UtcDateTime,
    });

    /// <param name="status">Whose entry it is.</param>
    /// <param name="user">Full values.</param>
    /// <param name="position">Among the entries, from 0.</param>
    /// <param name="full">Whether numbers and addresses are shown.</param>
    /// <param name="digests">For the tags of masked values.</param>
    public static JsonElement From(ReconStatus status, UserEntry user, long position, bool full, KeyedDigests digests)
    {
        UserEntry shown = full ? user : Masking.Mask(user, digests);
        return JsonSerializer.SerializeToElement(new
        {
            _id = position.ToString(CultureInfo.InvariantCulture), reconId = status.Id, mapping = status.Mapping,
            situation = ReconSituations.From(shown.Situation, shown.Diagnostics).Name(), action = ReconSituations.Action(shown.Situation, shown.Held),
            linkQualifier = "default",
            // What has no letter may be a number in the wrong column.
            sourceObjectId = full || shown.User.Any(char.IsLetter) ? shown.User : Masking.Hidden,
            targetObjectId = shown.Uid, status = IsWell(shown) ? "SUCCESS" : "FAILURE", message = Message(shown),
            operations = shown.Operations.Select(o => new
            {
                action = o.Action.Name(), method = o.Method, slot = o.Slot is { } slot
                ? PhoneTypes.Name(slot) : null, id = o.Id, before = o.Before, after = o.After, reason = o.Reason,
                outcome = o.Outcome?.Name(), error = o.Error?.Code,
            }),
            held = shown.Held.Select(h => new { part = h.Part.Name(), code = h.Code, standing = h.Standing, message = HttpWording.From(h.Message) }),
        });
    }

    private static bool IsWell(UserEntry user) => user.Outcome is { } outcome
        ? outcome == UserOutcome.Done : ReconSituations.Action(user.Situation, user.Held) != "EXCEPTION";

    private static string? Message(UserEntry user)
    {
        string text = string.Join(" ", user.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.Message)
            .Concat(user.Operations.Select(o => o.Error?.Message).OfType<string>()).Distinct(StringComparer.Ordinal));
        return text.Length == 0 ? null : HttpWording.From(text);
    }
}
