using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Readiness.Survey;

/// <summary>Columns that could not be read, each with the first reason.</summary>
public sealed class UnknownColumns
{
    private readonly Dictionary<string, ServiceError> _columns = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    /// <summary>In the order in which they were found.</summary>
    public IEnumerable<(string Column, ServiceError Why)> All => _order.Select(column => (column, _columns[column]));

    public void Add(string column, ServiceError why)
    {
        if (_columns.TryAdd(column, why)) _order.Add(column);
    }

    /// <summary>Why a column is not known, in one sentence or two.</summary>
    public string? Why(string column) => _columns.TryGetValue(column, out ServiceError? why) ? Describe(why) : null;

    public static string Describe(ServiceError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return $"{error.Message} {error.Advice}".TrimEnd();
    }
}
