using System.Collections.Immutable;
using ProvisioningConnector.Crest.Errors;

namespace ProvisioningConnector.Crest.Requests;

/// <summary>Of which revision an object must be.</summary>
public abstract record RevisionCondition
{
    private RevisionCondition()
    {
    }

    /// <summary>Any revision.</summary>
    public static RevisionCondition Unconditional { get; } = new Any();

    /// <summary>Any: <c>*</c>, or no condition was sent.</summary>
    public sealed record Any : RevisionCondition;

    /// <summary>One of these, without quotes.</summary>
    public sealed record OneOf(ImmutableArray<string> Revisions) : RevisionCondition
    {
        /// <inheritdoc />
        public bool Equals(OneOf? other) => other is not null && Revisions.AsSpan().SequenceEqual(other.Revisions.AsSpan());

        /// <inheritdoc />
        public override int GetHashCode() => HashCode.Combine(Revisions.Length, Revisions[0]);
    }

    /// <summary>Whether an object of this revision meets the condition.</summary>
    /// <param name="revision">Its <c>_rev</c>; null when it has none, which meets nothing but <see cref="Any"/>.</param>
    public bool Holds(string? revision) => this switch
    {
        Any => true,
        OneOf some => revision is not null && some.Revisions.Contains(revision, StringComparer.Ordinal),
        _ => throw new InvalidOperationException($"A condition of a kind that nobody handles: {GetType().Name}."),
    };

    /// <summary>The 412 when an object of this revision does not meet the condition, else null.</summary>
    public CrestError? Refusal(string? revision) => Holds(revision) ? null
        : new CrestError(CrestStatus.PreconditionFailed, "The object has another revision than If-Match asks for: somebody changed it meanwhile. Nothing was written. Read it again and decide anew.");
}
