using System.Collections.Immutable;
using System.ComponentModel;
using ProvisioningConnector.Reports.Readiness;

namespace ProvisioningConnector.Facade.Plain.Bodies;

/// <summary>The last run of readiness that is kept: counts, and what was found of the tenant.</summary>
internal sealed record ReadinessView
{
    [DisplayName("Run")]
    public required string RunId { get; init; }

    [DisplayName("Read at")]
    [Description("When the tenant was read.")]
    public required DateTimeOffset CreatedAt { get; init; }

    [DisplayName("As of")]
    [Description("report: by Microsoft's registration report, which may be 36 hours old; live: everybody was read.")]
    public required string AsOf { get; init; }

    [DisplayName("Dates")]
    [Description("Absent where no date is announced for this kind of tenant.")]
    public DatesEntry? Dates { get; init; }

    [DisplayName("People")]
    public required long Total { get; init; }

    [DisplayName("Affected")]
    [Description("People in B0 to B3.")]
    public required long Affected { get; init; }

    [DisplayName("Bands")]
    public required ImmutableArray<BandEntry> Bands { get; init; }

    [DisplayName("Headline numbers")]
    public ReadinessHeadlineView? Headline { get; init; }

    [DisplayName("What could not be read")]
    public ImmutableArray<UnknownEntry> Unknown { get; init; } = [];

    [DisplayName("Findings")]
    [Description("What was found of the tenant itself, with the remedy.")]
    public ImmutableArray<FindingEntry> Findings { get; init; } = [];
}

/// <summary>The headline numbers.</summary>
internal sealed record ReadinessHeadlineView
{
    [DisplayName("Prompted")]
    [Description("People who are prompted at the first date and cannot skip it.")]
    public required long Prompted { get; init; }

    [DisplayName("Cannot get through")]
    [Description("Of them, people who cannot complete the prompt, for a known cause.")]
    public required long CannotGetThrough { get; init; }

    [DisplayName("Not known")]
    [Description("Of them, people of whom that is not known.")]
    public required long NotKnown { get; init; }

    [DisplayName("By date and outcome")]
    public required ImmutableArray<ReadinessPromptView> Prompts { get; init; }

    [DisplayName("Lose password reset")]
    public required long LosePasswordReset { get; init; }

    [DisplayName("Password reset not known")]
    public required long PasswordResetNotKnown { get; init; }

    public static ReadinessHeadlineView From(HeadlineEntry headline) => new()
    {
        Prompted = headline.Prompted, CannotGetThrough = headline.CannotGetThrough, NotKnown = headline.NotKnown,
        Prompts = [.. headline.Dates.SelectMany(static date => date.Outcomes, static (date, outcome) => new ReadinessPromptView
        {
            On = date.On, Outcome = outcome.Key, People = outcome.Value,
        })],
        LosePasswordReset = headline.LosePasswordReset, PasswordResetNotKnown = headline.PasswordResetNotKnown,
    };
}

/// <summary>People who are prompted at a date, by what comes of it.</summary>
internal sealed record ReadinessPromptView
{
    [DisplayName("Date")]
    public required DateOnly On { get; init; }

    [DisplayName("Outcome")]
    [Description("getsThrough, unknown, or why they cannot get through.")]
    public required string Outcome { get; init; }

    [DisplayName("People")]
    public required long People { get; init; }
}

/// <summary>A page of people of the last run of readiness.</summary>
internal sealed record ReadinessPeopleView
{
    [DisplayName("Run")]
    public required string RunId { get; init; }

    [DisplayName("Read at")]
    public required DateTimeOffset CreatedAt { get; init; }

    [DisplayName("Keep until")]
    [Description("Personal data: what was received may be kept until then at most.")]
    public required DateOnly KeepUntil { get; init; }

    [DisplayName("People")]
    public required ImmutableArray<PersonEntry> Value { get; init; }

    [DisplayName("Next page")]
    [Description("The cursor of the next page; absent on the last one.")]
    public string? Next { get; init; }
}
