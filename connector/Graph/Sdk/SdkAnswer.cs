using System.Diagnostics.CodeAnalysis;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Graph.Sdk;

/// <summary>A model that was read, or why there is none.</summary>
internal readonly struct SdkAnswer<T>
{
    private readonly T? _model;
    private readonly ServiceError? _error;

    public SdkAnswer(T model) => _model = model;

    public SdkAnswer(ServiceError error) => _error = error;

    public bool TryGet([NotNullWhen(true)] out T? model, [NotNullWhen(false)] out ServiceError? error)
    {
        (model, error) = (_model, _error);
        return model is not null || (error is null ? throw new InvalidOperationException("A reading without outcome.") : false);
    }
}
