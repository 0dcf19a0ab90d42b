using System.Text.Json;
using ProvisioningConnector.Crest.Json;

namespace ProvisioningConnector.Crest.Patches;

/// <summary>One operation of a PATCH body (docs/openidm.md#patch).</summary>
/// <param name="Field">The field, without the <c>/-</c> that appends.</param>
public abstract record PatchOperation(JsonPointer Field)
{
    /// <summary>Adds a value, or each value of an array; the value is never null.</summary>
    public sealed record Add(JsonPointer Field, JsonElement Value) : PatchOperation(Field);

    /// <summary>Removes a value, or each value of an array; without a value clears the field.</summary>
    public sealed record Remove(JsonPointer Field, JsonElement? Value) : PatchOperation(Field);

    /// <summary>Replaces all values; the value is never null, an empty array clears.</summary>
    public sealed record Replace(JsonPointer Field, JsonElement Value) : PatchOperation(Field);

    /// <summary>Adds to a number.</summary>
    public sealed record Increment(JsonPointer Field, JsonElement By) : PatchOperation(Field);

    /// <summary>Moves a field's value here.</summary>
    public sealed record Move(JsonPointer Field, JsonPointer From) : PatchOperation(Field);

    /// <summary>Copies a field's value here.</summary>
    public sealed record Copy(JsonPointer Field, JsonPointer From) : PatchOperation(Field);

    /// <summary>Runs a script; for configuration objects only.</summary>
    public sealed record Transform(JsonPointer Field, JsonElement Value) : PatchOperation(Field);
}
