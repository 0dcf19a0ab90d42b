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

    public static Approvers Read(SettingsSection section)
    {
        List<Approver> all = [];
        foreach ((string name, SettingsSection person) in section.Named())
        {
            Approver one = new(name, person.Names(Actors)) { PublicKey = Key(person) };
            if (!Name().IsMatch(name)) person.Bad(Actors, "A person's name has only letters, digits, '.', '_' and '-'; it is used in file names.");
            if (one.Actors.IsEmpty && one.PublicKey.IsEmpty && !person.Exists(KeyFile))
            {
                person.Bad(Actors, "List the names of this person in the audit trail, such as [\"bob@ops1\", \"key:bob\"], or name a PublicKeyFile.");
            }

            foreach (string actor in one.Actors)
            {
                if (all.FirstOrDefault(other => other.Actors.Contains(actor, StringComparer.OrdinalIgnoreCase)) is not { } twice) continue;
                person.Bad(Actors, $"'{actor}' is also '{twice.Name}'; an actor is one person.");
            }

            if (!one.PublicKey.IsEmpty && all.FirstOrDefault(other => other.PublicKey.AsSpan().SequenceEqual(one.PublicKey.AsSpan())) is { } same)
            {
                person.Bad(KeyFile, $"It is also the key of '{same.Name}'; a key belongs to one person.");
            }

            person.NoOthers();
            all.Add(one);
        }

        return new Approvers(all);
    }

    private static ImmutableArray<byte> Key(SettingsSection person)
    {
        if (person.File(KeyFile) is not { } file) return [];
        byte[] content = CredentialFile.Read(file, out string? problem);
        if (problem is null && ApprovalKeys.Public(Encoding.UTF8.GetString(content)) is { } key) return key;
        person.Bad(KeyFile, $"The file '{file}' {problem ?? "holds no public key of the curve P-256 in PEM"}. Make it from the private key with: "
            + "openssl pkey -in KEY.pem -pubout -out PUBLIC.pem");
        return [];
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
