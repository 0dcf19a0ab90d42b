using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Graph.Users;

namespace ProvisioningConnector.Graph.Readiness;

/// <summary>
/// Lists people with as much as the tenant shows. What it refuses (a licence or permission is missing, a property is not known) is asked for
/// once, then left out.
/// </summary>
internal sealed class PeopleReads(GraphConnection connection, Pages pages, Action count)
{
    internal const string Basic = "id,userPrincipalName,displayName,givenName,mail,employeeId,department,"
        + "preferredLanguage,accountEnabled,userType,onPremisesSyncEnabled";

    public async IAsyncEnumerable<PeoplePage> ReadAsync(bool lastSignIn, [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<LeftOutColumn> left = [];
        Columns columns = (lastSignIn ? Columns.LastSignIn : Columns.None) | Columns.Manager | Columns.Identities;
        UserIdSet seen = new();
        while (true)
        {
            ServiceError? refused = null;
            bool first = true;
            await foreach (PageAnswer<DirectoryPerson> page in pages.ReadAsync<DirectoryPerson>(Address(columns), Purpose.ReadUsers, PersonJson.TryRead,
                cancellation).ConfigureAwait(false))
            {
                count();
                if (page.Error is { } error)
                {
                    if (!first || !IsRefusal(error) || columns == Columns.None) throw new TenantException(error);
                    refused = error;
                    break;
                }

                first = false;
                ImmutableArray<DirectoryPerson> people = page.Entries.RemoveAll(person => !seen.Add(person.Uid));
                yield return new PeoplePage(people, [.. left]);
            }

            if (refused is null) yield break;
            // The column that most often needs a licence goes first.
            Columns dropped = columns.HasFlag(Columns.LastSignIn) ? Columns.LastSignIn
                : columns.HasFlag(Columns.Manager) ? Columns.Manager : Columns.Identities;
            left.Add(new LeftOutColumn(Name(dropped), refused));
            columns &= ~dropped;
        }
    }

    private Uri Address(Columns columns)
    {
        string select = Basic + (columns.HasFlag(Columns.Identities) ? ",identities,externalUserState" : "")
            + (columns.HasFlag(Columns.LastSignIn) ? ",signInActivity" : "");
        string expand = columns.HasFlag(Columns.Manager) ? "&$expand=manager($select=id,displayName)" : "";
        // The service gives at most 500 people with their last sign-in.
        string top = columns.HasFlag(Columns.LastSignIn) ? "500" : "999";
        return connection.Addresses.V1($"users?$select={select}{expand}&$top={top}");
    }

    internal static bool IsRefusal(ServiceError error) =>
        error.Kind is ErrorKind.Licence or ErrorKind.Forbidden or ErrorKind.B2C or ErrorKind.Refused or ErrorKind.InvalidValue;

    private static string Name(Columns column) => column switch
    {
        Columns.LastSignIn => "lastSignIn",
        Columns.Manager => "manager",
        Columns.Identities => "kind (identities)",
        Columns.None => throw new System.Diagnostics.UnreachableException(nameof(Columns.None)),
    };

    /// <summary>What may be refused.</summary>
    [Flags]
    private enum Columns : byte
    {
        None = 0,
        LastSignIn = 1,
        Manager = 2,
        Identities = 4,
    }
}
