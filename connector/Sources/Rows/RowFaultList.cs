using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Sources.Rows;

/// <summary>Collects what is wrong with one row, or worth saying of it; costs nothing while nothing is.</summary>
internal sealed class RowFaultList(Place row, ImmutableArray<Diagnostic> problems)
{
    private ImmutableArray<Diagnostic> _faults = problems;

    /// <summary>The place of one cell.</summary>
    public Place At(SourceColumn column) => row with { Column = column.Name() };

    public void Add(Diagnostic fault) => _faults = _faults.Add(fault);

    /// <summary>Everything found, in the order of the columns.</summary>
    public ImmutableArray<Diagnostic> ToImmutable() => _faults;
}
