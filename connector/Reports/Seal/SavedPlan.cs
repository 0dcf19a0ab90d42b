using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Json;

namespace ProvisioningConnector.Reports.Seal;

/// <summary>A plan saved with <c>--out</c>, checked from its first byte to its last before anybody sees a user of it.</summary>
public sealed class SavedPlan
{
    private readonly Stream _input;
    private readonly ReadOnlyMemory<byte>? _key;

    private SavedPlan(PlanCheck.Verdict.Good good, Stream input, ReadOnlyMemory<byte>? key) =>
        (Document, Head, Content, _input, _key) = (good.Document, good.Head, good.Content, input, key);

    /// <summary>The head as a document.</summary>
    public PlanDocument Document { get; }

    /// <summary>The head as the engine knows it.</summary>
    public PlanHeader Head { get; }

    /// <summary>Digest of everything that the seal covers, without a key: what a person signs who has no store.</summary>
    public string Content { get; }

    /// <summary>Reads the whole plan once and checks it. The stream stays the caller's and must stay open while users are read.</summary>
    /// <param name="input">A stream that can seek; begins at its start. Standard input must be copied first.</param>
    /// <param name="key">The key of the seal; null to leave the seal unchecked (for showing, never for applying).</param>
    /// <param name="cancellation">Stops reading.</param>
    public static async Task<SavedPlanReading> ReadAsync(Stream input, ReadOnlyMemory<byte>? key, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!input.CanSeek) throw new ArgumentException("A plan is read twice, so the stream must be able to seek.", nameof(input));
        PlanCheck check = new(key);
        return await check.RunAsync(input, cancellation) switch
        {
            PlanCheck.Verdict.Good good => new SavedPlanReading.Opened(new SavedPlan(good, input, key)),
            PlanCheck.Verdict.Bad bad => bad.Reading,
            // Closed in fact, but the compiler cannot see it.
            var other => throw new InvalidOperationException(other.GetType().Name),
        };
    }

    /// <summary>The users, each as it was planned. May be called again; not twice at the same time.</summary>
    /// <exception cref="InvalidDataException">The file changed while it was read.</exception>
    public async IAsyncEnumerable<PlannedUser> UsersAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (UserEntry entry in EntriesAsync(cancellation)) yield return PlannedUsers.From(entry);
    }

    /// <summary>The users as entries, for showing the plan again.</summary>
    /// <exception cref="InvalidDataException">The file changed while it was read.</exception>
    public async IAsyncEnumerable<UserEntry> EntriesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        _input.Position = 0;
        using SealDigest? digest = _key is null ? null : new SealDigest(_key);
        await foreach (DocumentPiece piece in new DocumentPieces(_input).ReadAsync(cancellation))
        {
            digest?.Add(piece);
            if (piece.Name is null) yield return PlanCheck.Entry(piece);
        }

        if (digest is not null && !SealDigest.Same(digest.Finish(), Document.Seal ?? ""))
        {
            throw new InvalidDataException("The plan file changed while it was read.");
        }
    }
}
