using System.Collections.Immutable;
using ProvisioningConnector.Crest.Errors;

namespace ProvisioningConnector.Crest.Requests;

/// <summary>
/// <c>ETag</c>, <c>If-Match</c> and <c>If-None-Match</c>: with or without quotes, several, separated by commas (docs/openidm.md#put). Weak ones
/// (<c>W/"x"</c>) count as strong: proxies that compress weaken our tags, and a revision is a fingerprint of content, not of bytes.
/// </summary>
public static class EntityTags
{
    private const int LongestHeader = 8192;

    /// <summary>The <c>ETag</c> header of a revision.</summary>
    public static string Header(string revision) => $"\"{revision}\"";

    /// <summary>The condition of a header; null when it has none that can be understood. Such a header must never count as not sent.</summary>
    public static RevisionCondition? Parse(string header)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (header.Length > LongestHeader) return null;
        ImmutableArray<string>.Builder tags = ImmutableArray.CreateBuilder<string>();
        bool any = false;
        ReadOnlySpan<char> rest = header.AsSpan().Trim();
        while (!rest.IsEmpty)
        {
            int end = rest.StartsWith("\"") || rest.StartsWith("W/\"") ? Quoted(rest) : Plain(rest);
            if (end <= 0) return null;
            string tag = Bare(rest[..end].TrimEnd());
            if (tag.Length == 0) return null;
            if (tag == "*") any = true;
            else tags.Add(tag);
            rest = rest[end..].TrimStart();
            if (rest.IsEmpty) break;
            if (rest[0] != ',') return null;
            rest = rest[1..].TrimStart();
            if (rest.IsEmpty) return null;
        }

        return any ? RevisionCondition.Unconditional : tags.Count > 0 ? new RevisionCondition.OneOf(tags.ToImmutable()) : null;
    }

    private static int Quoted(ReadOnlySpan<char> rest)
    {
        int open = rest.IndexOf('"');
        int close = rest[(open + 1)..].IndexOf('"');
        return close < 0 ? -1 : open + close + 2;
    }

    private static int Plain(ReadOnlySpan<char> rest)
    {
        int comma = rest.IndexOf(',');
        int end = comma < 0 ? rest.Length : comma;
        return rest[..end].Contains('"') ? -1 : end;
    }

    private static string Bare(ReadOnlySpan<char> tag)
    {
        ReadOnlySpan<char> strong = tag.StartsWith("W/\"") ? tag[2..] : tag;
        return (strong.StartsWith("\"") ? strong[1..^1] : strong).ToString();
    }
}

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
        _ => throw new InvalidOperationException($"A condition is of an unknown kind: {GetType().Name}."),
    };

    /// <summary>The 412 when an object of this revision does not meet the condition, else null.</summary>
    public CrestError? Refusal(string? revision) => Holds(revision) ? null
        : new CrestError(CrestStatus.PreconditionFailed,
            "The object has another revision than If-Match asks for: it was changed in the meantime. Nothing was written. Read it again and decide.");
}
