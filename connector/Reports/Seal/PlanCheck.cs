using System.Text.Json;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Json;

namespace ProvisioningConnector.Reports.Seal;

/// <summary>Reads a plan file through once and says whether it can be trusted.</summary>
internal sealed class PlanCheck(ReadOnlyMemory<byte>? key)
{
    private readonly List<DocumentPiece> _pieces = [];
    private long _users;

    /// <summary>What the check says.</summary>
    internal abstract record Verdict
    {
        private Verdict()
        {
        }

        public sealed record Good(PlanDocument Document, PlanHeader Head, string Content) : Verdict;

        public sealed record Bad(SavedPlanReading Reading) : Verdict;
    }

    public async Task<Verdict> RunAsync(Stream input, CancellationToken cancellation)
    {
        input.Position = 0;
        try
        {
            return await CheckAsync(input, cancellation);
        }
        catch (JsonException) when (DocumentHeading.Kind(_pieces) != PlanDocument.KindName)
        {
            return new Verdict.Bad(new SavedPlanReading.NotAPlan("It is not a JSON object with 'kind' 'plan'."));
        }
        catch (JsonException e)
        {
            long? line = e.LineNumber is { } zeroBased ? zeroBased + 1 : null;
            return new Verdict.Bad(new SavedPlanReading.Malformed(Safe(e), _users > 0 ? null : line, _users > 0 ? _users : null));
        }
        catch (InvalidOperationException) when (!cancellation.IsCancellationRequested)
        {
            // System.Text.Json says so of bytes that are not UTF-8.
            return new Verdict.Bad(new SavedPlanReading.Malformed("The file is not UTF-8 text.", null, _users > 0 ? _users : null));
        }
    }

    /// <summary>A user of the document.</summary>
    /// <exception cref="JsonException">A property is missing or wrong.</exception>
    public static UserEntry Entry(DocumentPiece piece) =>
        piece.Value.Deserialize(ReportJson.OfPlans.User) ?? throw new JsonException("A user that is null.");

    private async Task<Verdict> CheckAsync(Stream input, CancellationToken cancellation)
    {
        using SealDigest digest = new(key);
        DocumentHeading? heading = null;
        await foreach (DocumentPiece piece in new DocumentPieces(input).ReadAsync(cancellation))
        {
            digest.Add(piece);
            if (piece.Name is not null)
            {
                _pieces.Add(piece);
                continue;
            }

            _users++;
            heading ??= DocumentHeading.From(_pieces);
            if (Refusal(heading) is { } early) return new Verdict.Bad(early);
            PlannedUsers.From(Entry(piece));
        }

        heading ??= DocumentHeading.From(_pieces);
        if (Refusal(heading) is { } refusal) return new Verdict.Bad(refusal);
        PlanDocument plan = Plan(heading) ?? throw new InvalidOperationException("A heading that is no plan was refused before.");
        return key is not null && Broken(plan, digest) is { } broken
            ? new Verdict.Bad(new SavedPlanReading.SealBroken(broken))
            : new Verdict.Good(plan, PlanDocuments.ToHead(plan), digest.FinishContent());
    }

    private static PlanDocument? Plan(DocumentHeading heading) => heading is DocumentHeading.Known { Head: PlanDocument plan } ? plan : null;

    private static SavedPlanReading? Refusal(DocumentHeading heading) => heading switch
    {
        DocumentHeading.OtherKind => new SavedPlanReading.NotAPlan("Its 'kind' is not 'plan'."),
        DocumentHeading.OtherVersion other => new SavedPlanReading.WrongVersion(other.Found),
        DocumentHeading.Known { Head: PlanDocument { Masked: true } } => new SavedPlanReading.Masked(),
        DocumentHeading.Known { Head: PlanDocument } => null,
        DocumentHeading.Known => new SavedPlanReading.NotAPlan("It is the report of a run; a run is continued with 'resume'."),
        // Closed in fact, but the compiler cannot see it.
        _ => throw new ArgumentOutOfRangeException(nameof(heading)),
    };

    private static string? Broken(PlanDocument plan, SealDigest digest)
    {
        if (plan.Seal is null) return "The plan has no seal, so it cannot be checked for edits. Make it with 'plan --out FILE'.";
        return SealDigest.Same(digest.Finish(), plan.Seal)
            ? null
            : "The seal does not match: the file was edited, or the plan was made with another store. Make the plan again.";
    }

    // Messages of the parser may quote a piece of the text, and the text holds phone numbers: so only the path is shown.
    private static string Safe(JsonException e) =>
        e.InnerException is null && e.Path is null && e.LineNumber is null ? e.Message
        : e.Path is { } path ? $"The value at {path} is missing or wrong." : "The file is not complete, valid JSON.";
}
