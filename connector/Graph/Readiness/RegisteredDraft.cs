using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Engine.Migration;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Graph.Json;

namespace ProvisioningConnector.Graph.Readiness;

/// <summary>Gathers a person's methods with age and use from pages of beta <c>authentication/methods</c>.</summary>
internal sealed class RegisteredDraft
{
    private const string PhoneType = "phoneType";

    private readonly ImmutableArray<MethodUse>.Builder _methods = ImmutableArray.CreateBuilder<MethodUse>();
    private SmsSignInState _smsSignIn = SmsSignInState.Unknown;

    /// <summary>False when the page is no list, or an entry is no method: then nothing is known of the person.</summary>
    public bool Take(JsonElement page, out string? next)
    {
        next = page.Text("@odata.nextLink");
        if (page.Part("value").ValueKind != JsonValueKind.Array) return false;
        foreach (JsonElement entry in page.Items("value"))
        {
            if (entry.Text("id") is not { Length: > 0 } id || entry.Text("@odata.type") is not { Length: > 0 } type) return false;
            (EntryType kind, MethodKind method) = MethodTypes.Read(type);
            switch (kind)
            {
                case EntryType.Phone when PhoneTypes.TryParse(entry.Text(PhoneType), out PhoneType slot):
                    if (slot == Engine.Model.Numbers.PhoneType.Mobile) _smsSignIn = SmsStateJson.Parse(entry.Text("smsSignInState"));
                    Add(entry, id, MethodSets.From(slot));
                    break;
                case EntryType.Email:
                    Add(entry, id, PersonMethods.Email);
                    break;
                case EntryType.Other when method == MethodKind.Password:
                    break;
                case EntryType.Other:
                    Add(entry, id, MethodSets.From(method));
                    break;
                case EntryType.Phone or EntryType.Missing:
                    return false;
            }
        }

        return true;
    }

    public RegisteredMethods Finish() => new(_methods.ToImmutable(), _smsSignIn);

    /// <summary>A pass counts from when it begins, which may be later than when it was made.</summary>
    private void Add(JsonElement entry, string id, PersonMethods kind)
    {
        DateTimeOffset? created = entry.Moment("createdDateTime");
        DateTimeOffset? start = kind == PersonMethods.TemporaryAccessPass ? entry.Moment("startDateTime") : null;
        _methods.Add(new MethodUse(kind, id, start is { } begins && (created is not { } made || begins > made) ? begins : created,
            entry.Moment("lastUsedDateTime")));
    }
}
