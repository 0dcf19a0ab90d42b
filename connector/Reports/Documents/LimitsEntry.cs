using ProvisioningConnector.Engine.Guardrails;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>The limits in force, spelled as in the configuration: <c>500|2%</c>, <c>none</c>, <c>Stop</c>, <c>On</c> (design 9).</summary>
public sealed record LimitsEntry
{
    private const string On = "On";
    private const string Off = "Off";

    public required string MaxDeletes { get; init; }

    public required string MaxUpdates { get; init; }

    public required string MaxAdds { get; init; }

    public required string MaxLastPhone { get; init; }

    public required int SharedNumber { get; init; }

    public required string ReadErrors { get; init; }

    public required int MinPopulation { get; init; }

    public required BreachPolicy OnBreach { get; init; }

    /// <summary><c>On</c> or <c>Off</c>.</summary>
    public required string ProtectPrivileged { get; init; }

    public static LimitsEntry Of(GuardrailLimits limits)
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
        };
    }

    /// <summary>The engine's form of it; null when a value is not spelled as a limit is.</summary>
    public GuardrailLimits? ToLimits() =>
        Limit.TryParse(MaxDeletes, out Limit deletes)
        && Limit.TryParse(MaxUpdates, out Limit updates)
        && Limit.TryParse(MaxAdds, out Limit adds)
        && Limit.TryParse(MaxLastPhone, out Limit lastPhone)
        && Limit.TryParse(ReadErrors, out Limit readErrors)
        && ProtectPrivileged is On or Off
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
            }
            : null;
}
