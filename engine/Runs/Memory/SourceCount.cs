using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Memory;

/// <summary>Counts a source, row by row.</summary>
internal sealed class SourceCount
{
    private readonly long[] _types = new long[Enum.GetValues<PhoneType>().Length];
    private readonly SortedDictionary<int, long> _countries = [];
    private long _rows;
    private DateTimeOffset? _newest;

    /// <summary>The oldest <c>asOf</c> of all rows; null when no row has one.</summary>
    public DateTimeOffset? OldestAsOf { get; private set; }

    public void Observe(SourceRow row)
    {
        _rows++;
        if (row.AsOf is { } asOf && !(asOf <= _newest)) _newest = asOf;
        if (row.AsOf is { } old && !(old >= OldestAsOf)) OldestAsOf = old;
        foreach (PhoneType type in Enum.GetValues<PhoneType>())
        {
            if (!row.Desired[type].TryGet(out PhoneNumber number)) continue;
            _types[(int)type]++;
            _countries[number.CountryCode] = _countries.GetValueOrDefault(number.CountryCode) + 1;
        }
    }

    /// <param name="fileDate">When the file was last written; null where there is none.</param>
    public SourceCensus ToCensus(DateTimeOffset? fileDate) => new()
    {
        Rows = _rows,
        Mobile = _types[(int)PhoneType.Mobile],
        AlternateMobile = _types[(int)PhoneType.AlternateMobile],
        Office = _types[(int)PhoneType.Office],
        Countries = _countries.ToImmutableSortedDictionary(c => "+" + c.Key.ToString(CultureInfo.InvariantCulture), c => c.Value, StringComparer.Ordinal),
        NewestAsOf = _newest,
        FileDate = fileDate,
    };
}
