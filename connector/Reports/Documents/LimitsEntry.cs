using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>The limits in force, spelled as in the configuration: <c>500|2%</c>, <c>none</c>, <c>Stop</c>, <c>On</c>
/// (docs/configuration.md#guardrails).</summary>
public sealed record LimitsEntry
{
    private const string On = "On";
    private const string Off = "Off";

    public required string MaxDeletes { get; init; }

    public required string MaxUpdates { get; init; }

    public required string MaxAdds { get; init; }

    public required string MaxLastPhone { get; init; }

    /// <summary>Null: none.</summary>
    public required int? SharedNumber { get; init; }

    public required string ReadErrors { get; init; }

    public required int MinPopulation { get; init; }

    public required BreachPolicy OnBreach { get; init; }

    /// <summary><c>On</c> or <c>Off</c>.</summary>
    public required string ProtectPrivileged { get; init; }

    /// <summary>How much a full source may shrink.</summary>
    public string SourceShrink { get; init => field = value ?? Standard.SourceShrink.ToString(); } = Standard.SourceShrink.ToString();

    /// <summary><c>On</c> or <c>Off</c>.</summary>
    public string SourceOlder { get; init => field = value ?? On; } = On;

    /// <summary>How many times a run's limit may be used within 24 hours.</summary>
    public decimal PerDay { get; init => field = value == 0 ? Standard.PerDay : value; } = Standard.PerDay;

    /// <summary>How many times a run's limit may be used within 7 days.</summary>
    public decimal PerWeek { get; init => field = value == 0 ? Standard.PerWeek : value; } = Standard.PerWeek;

    /// <summary>What becomes of phones that serve no longer; null: <c>Warn</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RetiringPolicy? RetiringMethod { get; init; }

    private static GuardrailLimits Standard { get; } = new();

    public static LimitsEntry From(GuardrailLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return new()
        {
            MaxDeletes = limits.MaxDeletes.ToString(),
            MaxUpdates = limits.MaxUpdates.ToString(),
            MaxAdds = limits.MaxAdds.ToString(),
            MaxLastPhone = limits.MaxLastPhone.ToString(),
            SharedNumber = limits.SharedNumber,
            ReadErrors = limits.ReadErrors.ToString(),
            MinPopulation = limits.MinPopulation,
            OnBreach = limits.OnBreach,
            ProtectPrivileged = limits.ProtectPrivileged ? On : Off,
            SourceShrink = limits.SourceShrink.ToString(),
            SourceOlder = limits.SourceOlder ? On : Off,
            PerDay = limits.PerDay,
            PerWeek = limits.PerWeek,
            RetiringMethod = limits.RetiringMethod == RetiringPolicy.Warn ? null : limits.RetiringMethod,
        };
    }

    /// <summary>The engine's form of it; null when a value is not spelled as a limit is.</summary>
    public GuardrailLimits? ToLimits() =>
        Limit.TryParse(MaxDeletes, out Limit deletes)
        && Limit.TryParse(MaxUpdates, out Limit updates)
        && Limit.TryParse(MaxAdds, out Limit adds)
        && Limit.TryParse(MaxLastPhone, out Limit lastPhone)
        && Limit.TryParse(ReadErrors, out Limit readErrors)
        && Limit.TryParse(SourceShrink, out Limit shrink)
        && ProtectPrivileged is On or Off
        && SourceOlder is On or Off
            ? new()
            {
                MaxDeletes = deletes,
                MaxUpdates = updates,
                MaxAdds = adds,
                MaxLastPhone = lastPhone,
                SharedNumber = SharedNumber,
                ReadErrors = readErrors,
                MinPopulation = MinPopulation,
                OnBreach = OnBreach,
                ProtectPrivileged = ProtectPrivileged == On,
                SourceShrink = shrink,
                SourceOlder = SourceOlder == On,
                PerDay = PerDay,
                PerWeek = PerWeek,
                RetiringMethod = RetiringMethod ?? RetiringPolicy.Warn,
            }
            : null;
}
