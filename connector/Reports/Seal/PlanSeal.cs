using System.Text.Json;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Json;

namespace ProvisioningConnector.Reports.Seal;

/// <summary>
/// The seal of a saved plan: HMAC-SHA-256 over the whole content, tenant id, policy and limits included, with a key of
/// the store (docs/documents.md#saved-plans). Blanks and line breaks between values do not count; every value does, known to this version or not.
/// </summary>
public static class PlanSeal
{
    /// <summary>The seal of a full plan whose users are <paramref name="users"/>; what its head holds as seal does not count.</summary>
    /// <exception cref="ArgumentException">The plan is masked: there is nothing to seal.</exception>
    public static async Task<string> ComputeAsync(PlanDocument head, IAsyncEnumerable<UserEntry> users,
        ReadOnlyMemory<byte> key, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(users);
        if (head.Masked) throw new ArgumentException("A masked plan cannot be applied, so it is not sealed.", nameof(head));
        using SealDigest digest = new(key);
        using JsonDocument document = JsonDocument.Parse(JsonReports.Head(head));
        foreach (JsonProperty property in document.RootElement.EnumerateObject()) digest.Add(new DocumentPiece(property.Name, property.Value));
        await foreach (UserEntry user in users.WithCancellation(cancellation)) digest.Add(user);
        return digest.Finish();
    }

    /// <summary>The report of a full plan, sealed. Reads the users once; writing the result reads them again.</summary>
    /// <exception cref="ArgumentException">It is not a full plan.</exception>
    public static async Task<Report> SealAsync(Report plan, ReadOnlyMemory<byte> key, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Head is not PlanDocument head) throw new ArgumentException("Only plans are sealed.", nameof(plan));
        string seal = await ComputeAsync(head, plan.Users(cancellation), key, cancellation);
        return plan with { Head = head with { Seal = seal } };
    }
}
