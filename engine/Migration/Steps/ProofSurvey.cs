using System.Collections.Immutable;
using ProvisioningConnector.Engine.Concurrency;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Readiness.Survey;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Migration.Steps;

/// <summary>What is remembered of an invited person.</summary>
/// <param name="InvitedAt">When they were invited, as the journal says; otherwise when they were first seen in the group.</param>
/// <param name="Proof">What was proved last time.</param>
public sealed record RememberedProof(DateTimeOffset InvitedAt, PersonProof Proof);

/// <summary>What is proved of one person.</summary>
/// <param name="Uid">Object id.</param>
/// <param name="User">Name for lists; the object id where the person could not be read.</param>
/// <param name="InvitedAt">When they were invited.</param>
/// <param name="Proof">What is proved now.</param>
/// <param name="Before">What was proved last time; null: nothing.</param>
public sealed record ProvedPerson(string Uid, string User, DateTimeOffset InvitedAt, PersonProof Proof, PersonProof? Before);

/// <summary>Reads the members of the group of invited people, one by one and now, and judges how far each is. Reads only.</summary>
/// <param name="readiness">Reads the group.</param>
/// <param name="people">Reads people.</param>
public sealed class ProofSurvey(IReadinessReader readiness, MigratingPeople people)
{
    /// <summary>People who are read at the same time; how many requests are on their way is the gate's business.</summary>
    private const int AtATime = 16;

    private ServiceError? _signInProblem;

    /// <summary>Why sign-ins of someone could not be read; null: they were, or were not asked for.</summary>
    public ServiceError? SignInProblem => Volatile.Read(ref _signInProblem);

    /// <param name="group">Object id of the group.</param>
    /// <param name="journal">When people were invited, as the journal says; others are those of whom it says nothing.</param>
    /// <param name="remembered">What is remembered of a person, by object id; null: nothing.</param>
    /// <param name="invitedOn">When people were invited of whom neither knows; null: now.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="TenantException">The group or the tenant cannot be read.</exception>
    public async Task<ImmutableArray<ProvedPerson>> RunAsync(
        string group, IReadOnlyDictionary<string, DateTimeOffset> journal, Func<string, RememberedProof?> remembered, DateTimeOffset? invitedOn,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(remembered);
        string[] members = [.. await WholeGroup.ReadAsync(readiness, group, cancellation)];
        ProvedPerson[] proved = new ProvedPerson[members.Length];
        await BoundedConcurrency.ForEachAsync(Enumerable.Range(0, members.Length).ToAsyncEnumerable(), AtATime, async (i, token) =>
        {
            string uid = members[i];
            MigratingPerson? person = await people.ReadAsync(uid, token);
            MigrationTerms terms = await people.TermsAsync(token);
            RememberedProof? before = remembered(uid);
            DateTimeOffset invitedAt = journal.TryGetValue(uid, out DateTimeOffset at) ? at : before?.InvitedAt ?? invitedOn ?? terms.At;
            PersonProof proof = Proof.Next(invitedAt, person, before?.Proof, terms);
            if (person?.Registered is not null && proof.State == ProofState.Registered)
            {
                (MigratingPerson known, ServiceError? problem) = await people.WithSignInsAsync(uid, person, invitedAt, token);
                if (problem is not null) Volatile.Write(ref _signInProblem, problem);
                proof = Proof.Next(invitedAt, known, before?.Proof, terms);
            }

            proved[i] = new ProvedPerson(uid, person?.Facts.User ?? uid, invitedAt, proof, before?.Proof);
        }, cancellation);
        return [.. proved];
    }
}
