using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Evidence.Approvals;

/// <summary>Seals approvals with a key of the store, so that none can be edited, carried to another plan or made up without it.</summary>
public static class ApprovalSeal
{
    /// <summary>Name of the store's key.</summary>
    public const string KeyName = "approvals";

    private const string Prefix = "hmac-sha256:";

    public static Approval Seal(Approval approval, ReadOnlySpan<byte> key)
    {
        ArgumentNullException.ThrowIfNull(approval);
        return approval with { Seal = Compute(approval, key) };
    }

    /// <summary>Whether the approval is as it was sealed.</summary>
    public static bool IsIntact(Approval approval, ReadOnlySpan<byte> key)
    {
        ArgumentNullException.ThrowIfNull(approval);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Compute(approval, key)), Encoding.UTF8.GetBytes(approval.Seal));
    }

    private static string Compute(Approval approval, ReadOnlySpan<byte> key)
    {
        StringBuilder text = new("provision-approval/1\n");
        Append(text, approval.ApprovalId);
        Append(text, approval.PlanId);
        Append(text, approval.PlanSeal);
        Append(text, approval.TenantId);
        Append(text, approval.Approver);
        Append(text, Moment(approval.At));
        Append(text, approval.Reason);
        Append(text, Moment(approval.ExpiresAt));
        foreach ((string name, long most) in approval.Allowances.OrderBy(a => a.Key, StringComparer.Ordinal)) Append(text,
            FormattableString.Invariant($"{name}={most}"));
        return Prefix + Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    // Lengths keep one value from running into the next.
    private static void Append(StringBuilder text, string value) => text.Append(CultureInfo.InvariantCulture, $"{value.Length} {value}\n");
}
