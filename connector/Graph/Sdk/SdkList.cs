using System.Collections.Immutable;
using Microsoft.Kiota.Abstractions.Serialization;

namespace ProvisioningConnector.Graph.Sdk;

/// <summary>Takes what matters from one entry of a list; nothing where the entry says nothing. False: the entry is not what was asked for.</summary>
internal delegate bool TakeEntry<in TModel, TEntry>(TModel model, ImmutableArray<TEntry>.Builder entries);

/// <summary>A list of models, and what is taken from it.</summary>
/// <param name="Model">Makes an entry's model.</param>
/// <param name="Take">Takes what matters from it.</param>
internal sealed record SdkList<TModel, TEntry>(ParsableFactory<TModel> Model, TakeEntry<TModel, TEntry> Take)
    where TModel : IParsable;

/// <summary>A page of any of Graph's lists. The SDK has a type for each; they differ in the type of their entries only.</summary>
/// <param name="model">Makes an entry's model.</param>
internal sealed class SdkPage<TModel>(ParsableFactory<TModel> model) : ISdkPage
    where TModel : IParsable
{
    /// <summary>The entries; null where the answer holds no list.</summary>
    public List<TModel>? Value { get; private set; }

    /// <summary>The link to the next page, as the service wrote it; null at the end.</summary>
    public string? NextLink { get; private set; }

    /// <inheritdoc/>
    public IDictionary<string, Action<IParseNode>> GetFieldDeserializers() => new Dictionary<string, Action<IParseNode>>(StringComparer.Ordinal)
    {
        ["value"] = node => Value = [.. node.GetCollectionOfObjectValues(model)],
        ["@odata.nextLink"] = node => NextLink = node.GetStringValue() is { Length: > 0 } link ? link : null,
    };

    /// <inheritdoc/>
    public void Serialize(ISerializationWriter writer) => throw new NotSupportedException("A page is only read.");
}

/// <summary>An answer that must hold a list.</summary>
internal interface ISdkPage : IParsable;
