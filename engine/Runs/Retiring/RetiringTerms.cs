using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Engine.Runs.Retiring;

/// <summary>What the configuration says of the end of Microsoft's SMS and voice, as far as plans depend on it (docs/safety.md#retiring-methods).</summary>
public sealed record RetiringTerms
{
    /// <summary>Days before a date from which plans say what it will concern.</summary>
    public const int NoticeDays = 30;

    /// <summary>When it is; null: no date is announced for the tenant, as in national clouds.</summary>
    public RetirementDates? Dates { get; init; }

    /// <summary>Groups whom the tenant's own telephony provider texts; empty: there is none.</summary>
    public ImmutableArray<string> ProviderSms { get; init; } = [];

    /// <summary>Groups whom it calls; empty: there is none.</summary>
    public ImmutableArray<string> ProviderVoice { get; init; } = [];

    /// <summary>A date as messages write it.</summary>
    public static string Words(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Whether a plan of this day has anything to say.</summary>
    public bool IsNear(DateOnly today) => Dates is { } dates && today >= dates.Members.AddDays(-NoticeDays);
}
