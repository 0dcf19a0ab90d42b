using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Records;

/// <summary>What a source held, counted while it was read; holds no value that names anybody.</summary>
public sealed record SourceCensus
{
    /// <summary>Rows, bad ones included.</summary>
    public long Rows { get; init; }

    /// <summary>Rows that name a mobile number that could be read.</summary>
    public long Mobile { get; init; }

    public long AlternateMobile { get; init; }

    public long Office { get; init; }

    /// <summary>Numbers by country calling code, such as <c>+44</c>.</summary>
    public ImmutableSortedDictionary<string, long> Countries
    {
        get; init =>
        field = value?.WithComparers(StringComparer.Ordinal) ?? NoCountries;
    } = NoCountries;

    /// <summary>The newest <c>asOf</c> of all rows; null when no row has one.</summary>
    public DateTimeOffset? NewestAsOf { get; init; }

    /// <summary>When the file was last written; null where the source is no file.</summary>
    public DateTimeOffset? FileDate { get; init; }

    private static ImmutableSortedDictionary<string, long> NoCountries { get; } = ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    /// <summary>Numbers of all types.</summary>
    public long Numbers() => Mobile + AlternateMobile + Office;

    public long CountOf(PhoneType type) => type switch
    {
        PhoneType.Mobile => Mobile,
        PhoneType.AlternateMobile => AlternateMobile,
        PhoneType.Office => Office,
    };

    public bool Equals(SourceCensus? other) =>
        other is not null && Rows == other.Rows && Mobile == other.Mobile && AlternateMobile == other.AlternateMobile && Office == other.Office
        && NewestAsOf == other.NewestAsOf && FileDate == other.FileDate && Countries.SequenceEqual(other.Countries);

    public override int GetHashCode() => HashCode.Combine(Rows, Mobile, AlternateMobile, Office, NewestAsOf, FileDate, Countries.Count);
}
