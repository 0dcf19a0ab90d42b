using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using ProvisioningConnector.Engine.Evidence.Approvals;
using ProvisioningConnector.Graph.Credentials;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>Reads the section <c>Approvers</c>: who may approve plans, and by which names the chain of evidence knows them.</summary>
internal static partial class ApproversReading
{
    private const string Actors = nameof(Approver.Actors);
    private const string KeyFile = "PublicKeyFile";

    private const string Meaning = "a person who [may approve plans](safety.md#approvals); without any, everybody who did not make them";
    private const string ActorsMeaning = "how the chain of evidence names the person, such as `[\"bob@ops1\", \"key:bob\"]`";
    private const string KeyFileMeaning = "PEM file with the public key (P-256) of the key that the person signs with; accounts do not approve then";

    /// <param name="all">The whole configuration.</param>
    public static Approvers Read(SettingsSection all)
    {
        List<Approver> approvers = [];
        foreach ((string name, SettingsSection person) in all.Named("Approvers", Meaning))
        {
            Approver one = new(name, person.Names(Actors, ActorsMeaning)) { PublicKey = Key(person) };
            if (!Name().IsMatch(name)) person.Bad(Actors, "A person's name has only letters, digits, '.', '_' and '-'; it is used in file names.");
            if (one.Actors.IsEmpty && one.PublicKey.IsEmpty && !person.Exists(KeyFile))
            {
                person.Bad(Actors, "List the names of this person in the audit trail, such as [\"bob@ops1\", \"key:bob\"], or name a PublicKeyFile.");
            }

            foreach (string actor in one.Actors)
            {
                if (approvers.FirstOrDefault(other => other.Actors.Contains(actor, StringComparer.OrdinalIgnoreCase)) is not { } twice) continue;
                person.Bad(Actors, $"'{actor}' is also '{twice.Name}'; an actor is one person.");
            }

            if (!one.PublicKey.IsEmpty && approvers.FirstOrDefault(other => other.PublicKey.AsSpan().SequenceEqual(one.PublicKey.AsSpan())) is { } same)
            {
                person.Bad(KeyFile, $"It is also the key of '{same.Name}'; a key belongs to one person.");
            }

            person.NoOthers();
            approvers.Add(one);
        }

        return new Approvers(approvers);
    }

    private static ImmutableArray<byte> Key(SettingsSection person)
    {
        if (person.File(KeyFile, KeyFileMeaning) is not { } file) return [];
        byte[] content = CredentialFile.Read(file, out string? problem);
        if (problem is null && ApprovalKeys.Public(Encoding.UTF8.GetString(content)) is { } key) return key;
        person.Bad(KeyFile, $"The file '{file}' {problem ?? "holds no public key of the curve P-256 in PEM"}. Make it from the private key with: "
            + "openssl pkey -in KEY.pem -pubout -out PUBLIC.pem");
        return [];
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
