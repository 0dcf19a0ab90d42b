using System.Collections.Immutable;

namespace ProvisioningConnector.Sandbox.Model;

/// <summary>Everything a user can sign in or recover with. Immutable, so that a lagging read is simply an older one.</summary>
public sealed record UserCredentials
{
    public static UserCredentials PasswordOnly { get; } = new();

    public StoredPhone? Mobile { get; init; }
    public StoredPhone? AlternateMobile { get; init; }
    public StoredPhone? Office { get; init; }
    public string? Email { get; init; }
    public ImmutableArray<StoredMethod> Others { get; init; } = [];

    /// <summary>The default MFA method; null when none is set.</summary>
    public SignInPreference? Default { get; init; }

    /// <summary>Whether system-preferred MFA applies to the user (docs/graph.md#sign-in-preferences).</summary>
    public bool SystemPreferred { get; init; }

    /// <summary><c>disabled</c>, <c>enabled</c> or <c>enforced</c>.</summary>
    public string PerUserMfa { get; init; } = "disabled";

    public StoredPhone? Phone(PhoneSlot slot) => slot switch
    {
        PhoneSlot.Mobile => Mobile,
        PhoneSlot.AlternateMobile => AlternateMobile,
        PhoneSlot.Office => Office,
    };

    public UserCredentials With(PhoneSlot slot, StoredPhone? phone) => slot switch
    {
        PhoneSlot.Mobile => this with { Mobile = phone },
        PhoneSlot.AlternateMobile => this with { AlternateMobile = phone },
        PhoneSlot.Office => this with { Office = phone },
    };

    public StoredMethod? First(StoredMethodKind kind)
    {
        foreach (StoredMethod method in Others)
            if (method.Kind == kind) return method;
        return null;
    }

    /// <summary>Number of methods beside the password and the e-mail address.</summary>
    public int CountBesidePassword =>
        Others.Length + (Mobile is null ? 0 : 1) + (AlternateMobile is null ? 0 : 1) + (Office is null ? 0 : 1);
}
