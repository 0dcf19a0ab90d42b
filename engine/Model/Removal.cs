using System.Collections.Immutable;

namespace ProvisioningConnector.Engine.Model;

/// <summary>The wish to remove methods of one kind: all of them, or those with the given ids.</summary>
/// <param name="Kind">A removable kind.</param>
/// <param name="Ids">The ids to remove; empty means all of the kind.</param>
public sealed record Removal(MethodKind Kind, ImmutableArray<string> Ids)
{
    public bool All => Ids.IsEmpty;

    public static Removal AllOf(MethodKind kind) => new(kind, []);

    public bool Covers(AuthenticationMethod method) =>
        method.Kind == Kind && (All || Ids.Contains(method.Id, StringComparer.OrdinalIgnoreCase));

    public bool Equals(Removal? other) => other is not null && Kind == other.Kind && Ids.SequenceEqual(other.Ids, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Kind, Ids.Length);
}
