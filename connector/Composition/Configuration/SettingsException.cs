using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>The configuration cannot be used; nothing was done. Exit 1.</summary>
public sealed class SettingsException(ImmutableArray<Diagnostic> diagnostics)
    : Exception(string.Join(Environment.NewLine, diagnostics.Select(d => d.Place is null ? d.Message : $"{d.Place}: {d.Message}")))
{
    /// <summary>Everything that is wrong.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => diagnostics;
}
