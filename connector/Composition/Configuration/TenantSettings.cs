using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Migration;
using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Retiring;
using ProvisioningConnector.Graph.Credentials;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>What stands behind a tenant's name.</summary>
internal enum TenantKind
{
    /// <summary>Microsoft Graph, or whatever speaks its HTTP at <c>Endpoint</c>.</summary>
    Graph,

    /// <summary>A stand-in tenant inside this program.</summary>
    Sandbox,
}

/// <summary>One configured tenant (docs/configuration.md#tenants).</summary>
internal sealed record TenantSettings
{
    public required string Name { get; init; }

    public TenantKind Kind { get; init; }

    /// <summary>How it is reached; for a sandbox the endpoint is filled in when it has started.</summary>
    public required GraphTenantOptions Graph { get; init; }

    public CredentialSettings? Credential { get; init; }

    /// <summary>Loaded by verbs that write, never by <c>plan</c>; null: the same as <see cref="Credential"/>.</summary>
    public CredentialSettings? WriteCredential { get; init; }

    /// <summary>Credentials of the writing steps of <c>migrate</c>.</summary>
    public StepCredentials StepCredentials { get; init; } = new();

    public string? DefaultCountry { get; init; }

    public QuotaSettings Quota { get; init; } = new();

    public PlanningPolicy Policy { get; init; } = PlanningPolicy.Default;

    public ImmutableDictionary<string, string> Protected { get; init; } = ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);

    public GuardrailLimits Guardrails { get; init; } = new();

    /// <summary>Passwords that this program makes.</summary>
    public PasswordPolicy Passwords { get; init; } = new();

    /// <summary>How long a saved plan may be applied.</summary>
    public TimeSpan PlanMaxAge { get; init; } = TimeSpan.FromDays(1);

    /// <summary>In incremental runs everybody is read again within this time.</summary>
    public TimeSpan FullSweepAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long what a run did may be undone.</summary>
    public TimeSpan UndoMaxAge { get; init; } = TimeSpan.FromDays(3);

    /// <summary>How long the tenant's lease is valid after each renewal; longer than a request may take.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Which plans a second person must approve.</summary>
    public ApprovalRule RequireApproval { get; init; }

    /// <summary>Words by which several tenants are chosen at once.</summary>
    public ImmutableArray<string> Labels { get; init; } = [];

    public ReadinessSettings Readiness { get; init; } = new();

    /// <summary>The rules of the steps of <c>migrate</c>.</summary>
    public MigrationSettings Migration { get; init; } = new();

    /// <summary>Dates from which phones serve no longer; announced for the public cloud only.</summary>
    public RetiringTerms Retiring => new()
    {
        Dates = Graph.Cloud == GraphCloud.Global ? Readiness.Dates : null,
        ProviderSms = Readiness.ProviderSms ?? [],
        ProviderVoice = Readiness.ProviderVoice ?? [],
    };

    /// <summary>Whether it is a rehearsal on this machine: a sandbox, or an endpoint with a literal loopback address.</summary>
    public bool IsLoopback => Kind == TenantKind.Sandbox || (Graph.Endpoint is { } endpoint && LoopbackHost.IsLiteral(endpoint));

    /// <summary>Sandbox: absolute path of the seed; null: the embedded one.</summary>
    public string? Seed { get; init; }

    /// <summary>Sandbox: where its state is kept.</summary>
    public string? State { get; init; }

    /// <summary>Sandbox: the day that it is there, which work on it follows; null: today.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Sandbox: absolute path of a fault plan; null: none.</summary>
    public string? Faults { get; init; }
}
