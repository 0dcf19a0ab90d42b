using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions.Serialization;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Graph.Sdk;

namespace ProvisioningConnector.Graph.Readiness;

/// <summary>A row of <c>userRegistrationDetails</c> that keeps how the service spells the default method: the SDK loses what it does not know, and whether
/// the row says anything of it.</summary>
internal sealed class RegistrationModel : UserRegistrationDetails
{
    private const string Preferred = "userPreferredMethodForSecondaryAuthentication";
    private readonly IParseNode? _preferred;

    private RegistrationModel(IParseNode row) => _preferred = row.GetChildNode(Preferred);

    /// <summary>Rows with defaults and what can be done. A row without methods says nothing and is left aside.</summary>
    public static SdkList<RegistrationModel, RegistrationDetails> List { get; } = new(static row => new RegistrationModel(row), static (row, rows) =>
    {
        if (row.Id is not { Length: > 0 } uid || row.MethodsRegistered is not { } names) return true;
        PersonMethods methods = names.Aggregate(PersonMethods.None,
            static (known, name) => known | (name is null ? PersonMethods.UnknownKind : MethodSets.FromReport(name)));
        rows.Add(new RegistrationDetails(uid, methods, row.Default, row.IsSystemPreferredAuthenticationMethodEnabled, row.IsSsprEnabled, row.IsMfaCapable,
            row.LastUpdatedDateTime));
        return true;
    });

    /// <inheritdoc/>
    public override IDictionary<string, Action<IParseNode>> GetFieldDeserializers() =>
        new Dictionary<string, Action<IParseNode>>(base.GetFieldDeserializers(), StringComparer.Ordinal) { [Preferred] = static _ => { } };

    private DefaultMethod Default
    {
        get
        {
            if (_preferred is null) return DefaultMethod.NotRead;
            string text = _preferred.GetStringValue()?.Trim() ?? string.Empty;
            if (text.Length == 0 || text.Equals("none", StringComparison.OrdinalIgnoreCase)) return DefaultMethod.None;
            return PreferredMethods.TryParse(text, out PreferredMethod method) ? DefaultMethod.From(method) : DefaultMethod.Unreadable;
        }
    }
}
