using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Icf.Attributes;

namespace ProvisioningConnector.Icf.Operations;

/// <summary>What the operations work with, for one tenant.</summary>
public sealed record IcfPorts
{
    public required IUserDirectory Directory { get; init; }

    public required IUserSearch Search { get; init; }

    /// <summary>Reads that many share (<see cref="SharedReads"/>).</summary>
    public required IMethodsReader Reads { get; init; }

    /// <summary>The only way to change a user.</summary>
    public required RunPipeline Runs { get; init; }

    /// <summary>The tenant's audit log, for <c>Sync</c>.</summary>
    public required IChangeFeed Changes { get; init; }

    /// <summary>Phones as they were sent; needed with <see cref="PhoneSpelling.AsSent"/> only.</summary>
    public ISentSpellings Spellings { get; init; } = new NoSpellings();

    /// <summary>The request for a password that someone chose, by the route that the writing token decides.</summary>
    public required Func<CancellationToken, ValueTask<PasswordResetRequest>> PasswordAsync { get; init; }

    public required TimeProvider Time { get; init; }
}

/// <summary>What is in force.</summary>
public sealed record IcfSettings
{
    /// <summary>The revision of a state; the same function as the flow's.</summary>
    public required Func<CurrentMethods, string> Revision { get; init; }

    /// <summary>How values are hidden from those who may not see them in full.</summary>
    public required ValueMasks Masks { get; init; }

    /// <summary>Seals cookies: a secret of the store, at least 16 bytes.</summary>
    public required ReadOnlyMemory<byte> CookieKey { get; init; }

    public PhoneSpelling Spelling { get; init; } = PhoneSpelling.Ping;

    /// <summary>The tenant's country for national numbers (ISO 3166); null for none.</summary>
    public string? DefaultCountry { get; init; }

    /// <summary>For so long the account of an unchanged user is believed in answers to updates.</summary>
    public TimeSpan AccountMaxAge { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Audit entries may come so late after what they show; <c>Sync</c> looks back so far.</summary>
    public TimeSpan AuditLag { get; init; } = TimeSpan.FromMinutes(30);
}
