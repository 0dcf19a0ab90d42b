using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.Kiota.Abstractions;
using ProvisioningConnector.Engine.Migration;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Json;
using ProvisioningConnector.Graph.Sdk;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Graph.Readiness;

/// <summary>Reads one person anew for the steps of <c>migrate</c>. Has no member that writes.</summary>
public sealed class GraphMigrationReader : IMigrationReader
{
    private const string Password = ",lastPasswordChangeDateTime";
    private const string Identities = ",identities,externalUserState";

    /// <summary>What is asked for, in turn, while the tenant refuses: the column that most often needs a licence goes first. What is not read is unknown,
    /// and never "never".</summary>
    private static readonly (string Columns, bool SignIn)[] Ways =
    [
        (PeopleReads.Basic + Identities + Password + ",signInActivity", true), (PeopleReads.Basic + Identities + Password, false),
        (PeopleReads.Basic + Password, false), (PeopleReads.Basic, false),
    ];

    private const int MaxPages = 50;

    /// <summary>One page, newest first, is enough: one sign-in with the method proves its use.</summary>
    private const int MostSignIns = 100;

    private readonly GraphConnection _connection;

    public GraphMigrationReader(GraphConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _connection = connection;
    }

    /// <inheritdoc/>
    public async ValueTask<Reading<FreshPerson>> ReadPersonAsync(string uid, CancellationToken cancellation)
    {
        for (int way = 0; ; way++)
        {
            Reading<FreshPerson> reading = await ReadPersonAsync(uid, Ways[way].Columns, Ways[way].SignIn, cancellation).ConfigureAwait(false);
            if (way + 1 == Ways.Length || reading.TryGet(out _, out ServiceError? error) || !PeopleReads.IsRefusal(error)) return reading;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<Reading<RegisteredMethods>> ReadRegisteredAsync(string uid, CancellationToken cancellation)
    {
        RegisteredDraft draft = new();
        Uri address = _connection.Addresses.Beta(UserUrl.From(uid) + "/authentication/methods");
        HashSet<string> visited = new(StringComparer.Ordinal) { address.AbsoluteUri };
        for (int page = 1; page <= MaxPages; page++)
        {
            ReadFor option = new(Purpose.ReadMethods);
            SdkAnswer<byte[]> answer = await GetAsync(address, option, cancellation).ConfigureAwait(false);
            if (!answer.TryGet(out byte[]? body, out ServiceError? error)) return new Reading<RegisteredMethods>(error);
            if (!draft.Take(ResetJson.Root(body), out string? next)) return new Reading<RegisteredMethods>(option.Unreadable("it is not a list of methods"));
            if (next is null) return new Reading<RegisteredMethods>(draft.Finish());
            if (!_connection.Addresses.TryRoute(next, address, out Uri routed))
            {
                return new Reading<RegisteredMethods>(ServiceErrors.ForeignLink(next, Purpose.ReadMethods));
            }

            if (!visited.Add(routed.AbsoluteUri)) break;
            address = routed;
        }

        return new Reading<RegisteredMethods>(ServiceErrors.Endless(Purpose.ReadMethods, "its pages do not end"));
    }

    /// <inheritdoc/>
    public async ValueTask<Reading<SignIns>> ReadSignInsAsync(string uid, DateTimeOffset since, CancellationToken cancellation)
    {
        // The id goes into a filter.
        if (!Guid.TryParse(uid, out Guid id)) return new Reading<SignIns>(new SignIns([]));
        string from = since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        ReadFor option = new(Purpose.ReadAudit);
        SdkAnswer<byte[]> answer = await GetAsync(_connection.Addresses.Beta(
            $"auditLogs/signIns?$filter=userId eq '{id:D}' and createdDateTime ge {from}&$top={MostSignIns}"), option, cancellation).ConfigureAwait(false);
        if (!answer.TryGet(out byte[]? body, out ServiceError? error)) return new Reading<SignIns>(error);
        JsonElement list = ResetJson.Root(body);
        if (list.Part("value").ValueKind != JsonValueKind.Array) return new Reading<SignIns>(option.Unreadable("it is not a list of sign-ins"));
        ImmutableArray<SignInUse>.Builder uses = ImmutableArray.CreateBuilder<SignInUse>();
        foreach (JsonElement entry in list.Items("value"))
        {
            if (!SignInWords.Take(entry, uid, uses)) return new Reading<SignIns>(option.Unreadable("an entry is no sign-in of this user"));
        }

        return new Reading<SignIns>(new SignIns(uses.ToImmutable()));
    }

    private async ValueTask<Reading<FreshPerson>> ReadPersonAsync(string uid, string columns, bool signIn, CancellationToken cancellation)
    {
        ReadFor option = new(Purpose.ReadUsers);
        SdkAnswer<byte[]> answer = await GetAsync(_connection.Addresses.V1($"{UserUrl.From(uid)}?$select={columns}"), option, cancellation)
            .ConfigureAwait(false);
        if (!answer.TryGet(out byte[]? body, out ServiceError? error)) return new Reading<FreshPerson>(error);
        JsonElement user = ResetJson.Root(body);
        return PersonJson.Read(user) is { } person && string.Equals(person.Uid, uid, StringComparison.OrdinalIgnoreCase)
            ? new Reading<FreshPerson>(new FreshPerson(person, signIn, user.Moment("lastPasswordChangeDateTime")))
            : new Reading<FreshPerson>(option.Unreadable("it is not about this user"));
    }

    private ValueTask<SdkAnswer<byte[]>> GetAsync(Uri address, ReadFor option, CancellationToken cancellation) =>
        _connection.Sdk.ReadBodyAsync(new RequestInformation { HttpMethod = Method.GET, URI = address }, option, cancellation);
}
