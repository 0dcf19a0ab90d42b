namespace ProvisioningConnector.Sandbox.Settings;

/// <summary>
/// How this tenant behaves where docs/graph.md leaves room. The defaults are a plain, helpful tenant; what docs/graph.md marks as verified is
/// not a setting. <see cref="SettingsVariation"/> makes tenants that differ in everything unknown.
/// </summary>
public sealed record SandboxSettings
{
    public static SandboxSettings Default { get; } = new();

    public SandboxCloud Cloud { get; init; }
    public LinkRoot Links { get; init; }

    public NumberSpelling NumbersReturned { get; init; }
    public Tolerance NumberWithoutSpace { get; init; }
    /// <summary>Hyphens, brackets and inner spaces: <c>Accept</c> strips them.</summary>
    public Tolerance Punctuation { get; init; } = Tolerance.Refuse;
    /// <summary>An extension on a mobile or alternate mobile.</summary>
    public Tolerance MobileExtension { get; init; }
    public TrunkZero TrunkZero { get; init; }
    public Tolerance SameNumberInTwoSlots { get; init; }
    /// <summary>A PATCH that names another type than its slot's: refused, or the name ignored.</summary>
    public Tolerance OtherTypeInPatch { get; init; } = Tolerance.Refuse;
    /// <summary>Whether an invalid e-mail address is stored.</summary>
    public Tolerance InvalidEmail { get; init; } = Tolerance.Refuse;
    public PhonePolicy PhonePolicy { get; init; }
    /// <summary>Whether beta still answers PUT as in 2020 (docs/graph.md#phone-requests).</summary>
    public bool BetaPut { get; init; }

    public FirstPhoneDefault FirstPhoneBecomesDefault { get; init; }
    /// <summary>Whether a PATCH of a phone makes it the default.</summary>
    public bool PatchMovesDefault { get; init; }
    /// <summary>Whether deleting the default while others exist is refused, or accepted and the default moves. Documented: refused.</summary>
    public Tolerance DeleteOfDefault { get; init; } = Tolerance.Refuse;
    public Tolerance PreferenceForMissingMethod { get; init; } = Tolerance.Refuse;

    /// <summary>Whether the SMS policy allows sign-in to everybody; users may say otherwise for themselves.</summary>
    public bool SmsSignInForAll { get; init; }

    /// <summary>Size of a <c>/users</c> page without <c>$top</c>.</summary>
    public int UsersPageSize { get; init; } = 100;
    /// <summary>Pages of the per-user collections; null: one page, as ever seen.</summary>
    public int? MethodsPageSize { get; init; }
    /// <summary>Whether entries of typed collections carry <c>@odata.type</c>.</summary>
    public bool TypeInTypedCollections { get; init; }
    /// <summary>Whether reads name <c>createdDateTime</c>.</summary>
    public bool CreatedDateTime { get; init; } = true;
    /// <summary>Whether beta names <c>lastUsedDateTime</c> of methods.</summary>
    public bool LastUsedDateTime { get; init; } = true;

    public MethodsPolicySettings Policy { get; init; } = new();
    /// <summary>Kind of tenant, as <c>organization</c> shows it: <c>AAD</c>, <c>AAD B2C</c>, <c>CIAM</c>.</summary>
    public string TenantType { get; init; } = "AAD";
    /// <summary>Whether roles can be made eligible, which needs a P2 licence.</summary>
    public bool Eligibilities { get; init; } = true;

    public BatchSettings Batch { get; init; } = new();
    public PermissionSettings Permissions { get; init; } = new();
    public PasswordResetSettings PasswordReset { get; init; } = new();
    public ReportSettings Reports { get; init; } = new();
    /// <summary>Null: unlimited.</summary>
    public ThrottleSettings? Quota { get; init; }
    /// <summary>Null: answers at once.</summary>
    public LatencySettings? Latency { get; init; }
    /// <summary>Null: every read sees every write.</summary>
    public ReadLagSettings? ReadLag { get; init; }
    public ErrorAnswers Errors { get; init; } = new();
}
