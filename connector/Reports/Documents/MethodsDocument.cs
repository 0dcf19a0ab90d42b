using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>The document <c>methods</c>: what the tenant holds of one user now. Masked unless everything was asked for.</summary>
public sealed record MethodsDocument
{
    public const string KindName = "methods";

    [JsonPropertyOrder(-2)]
    public string Kind { get; init; } = KindName;

    [JsonPropertyOrder(-1)]
    public string FormatVersion { get; init; } = ReportHeader.CurrentVersion;

    public required TenantIdentity Tenant { get; init; }

    public required bool Masked { get; init; }

    /// <summary>As it was asked for.</summary>
    public required string User { get; init; }

    public required string Uid { get; init; }

    public required string? DisplayName { get; init; }

    public required ImmutableArray<HeldPhone> Phones { get; init; }

    /// <summary>The address of the e-mail method; null for none.</summary>
    public required string? Email { get; init; }

    public required ImmutableArray<HeldMethod> Methods { get; init; }

    /// <summary>The default method, or <c>unreadable</c>, <c>none</c>.</summary>
    public required string Default { get; init; }

    /// <summary>Usable methods, of what can be read (docs/design.md#usable-methods).</summary>
    public required int Usable { get; init; }

    /// <summary>Addition: kinds of which the user may have methods that cannot be read; empty when everything was read.</summary>
    public required ImmutableArray<string> Unread { get; init; }

    /// <param name="tenant">Whose.</param>
    /// <param name="asked">The user as asked for.</param>
    /// <param name="user">The account.</param>
    /// <param name="current">The state, the default method read.</param>
    /// <param name="digests">For tags of masked values.</param>
    /// <param name="reveal">Full values instead of masked ones.</param>
    public static MethodsDocument From(TenantIdentity tenant, string asked, DirectoryUser user, CurrentMethods current, KeyedDigests digests, bool reveal)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(current);
        return new()
        {
            Tenant = tenant, Masked = !reveal, User = asked, Uid = user.Uid, DisplayName = user.DisplayName,
            Phones =
            [
                .. Enum.GetValues<PhoneType>().Where(type => !current[type].IsEmpty).Select(type => new HeldPhone(
                    PhoneTypes.Name(type), (reveal ? current[type].FullText() : Masking.Number(current[type].FullText(), digests)) ?? string.Empty,
                    type == PhoneType.Mobile ? current.SmsSignIn.Name() : null)),
            ],
            Email = reveal ? current.Email?.Address : Masking.Address(current.Email?.Address),
            Methods = [.. current.Others.Select(m => new HeldMethod(m.TypeName ?? m.Kind.Name(),
                m.Id, m.DisplayName is null || reveal ? m.DisplayName : Masking.Hidden))],
            Default = StateNames.Describe(current.Default),
            Usable = current.UsableCount,
            Unread = current.Unread.Names(),
        };
    }
}

/// <summary>A number in its slot.</summary>
/// <param name="Slot">Which.</param>
/// <param name="Number">The number, as the document is masked.</param>
/// <param name="SmsSignIn">State of SMS sign-in; of the mobile only.</param>
public sealed record HeldPhone(string Slot, string Number, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SmsSignIn);

/// <summary>Another method.</summary>
/// <param name="Method">Its kind.</param>
/// <param name="Id">The tenant's id of it.</param>
/// <param name="Name">Name of the device or key; null for none.</param>
public sealed record HeldMethod(string Method, string Id, string? Name);
