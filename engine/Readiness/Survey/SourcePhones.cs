using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Readiness.Survey;

/// <summary>The numbers of an authoritative list, by how it names people. They never leave this type; only whether they are the tenant's does.</summary>
public sealed class SourcePhones
{
    private readonly Dictionary<UserKey, DesiredMethods> _rows = [];

    /// <summary>Takes the rows that name a number; the last one of a person counts.</summary>
    public static async Task<SourcePhones> ReadAsync(IAsyncEnumerable<SourceRow> rows, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rows);
        SourcePhones phones = new();
        await foreach (SourceRow row in rows.WithCancellation(cancellation))
        {
            if (row.Key is { } key && row.IsValid && Types().Any(type => row.Desired[type].Kind == ManagedKind.Value)) phones._rows[key] = row.Desired;
        }

        return phones;
    }

    /// <summary>What the list wants of a person; null: it has no number of them.</summary>
    internal DesiredMethods? Find(DirectoryPerson person)
    {
        foreach (UserKey? key in new[]
        {
            Key(UserKeyKind.Name, person.Uid), Key(UserKeyKind.Name, person.PrincipalName), Key(UserKeyKind.EmployeeId, person.EmployeeId),
            Key(UserKeyKind.Mail, person.Mail),
        })
        {
            if (key is { } named && _rows.TryGetValue(named, out DesiredMethods? wanted)) return wanted;
        }

        return null;
    }

    /// <summary>Whether the tenant holds every number that the list names, in its slot.</summary>
    internal static SourcePhone Compare(DesiredMethods wanted, CurrentMethods current) => Types().All(type =>
        wanted[type].Kind != ManagedKind.Value || (wanted[type].TryGet(out PhoneNumber number) && current[type].Holds(number)))
            ? SourcePhone.Same : SourcePhone.Differs;

    private static UserKey? Key(UserKeyKind kind, string? value) => value is { Length: > 0 } text ? new UserKey(kind, text) : null;

    private static PhoneType[] Types() => [PhoneType.Mobile, PhoneType.AlternateMobile, PhoneType.Office];
}
