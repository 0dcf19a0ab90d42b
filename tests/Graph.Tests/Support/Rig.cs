using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Credentials;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Graph.Reading;
using ProvisioningConnector.Graph.Settings;
using ProvisioningConnector.Graph.Users;
using ProvisioningConnector.Graph.Writing;

namespace ProvisioningConnector.Graph.Tests.Support;

/// <summary>A connection to a stub or to a server, with its reader, writer and directory.</summary>
internal sealed class Rig : IDisposable
{
    public const string Uid = "11111111-2222-3333-4444-555555555555";

    public Rig(HttpMessageHandler? handler, Func<GraphTenantOptions, GraphTenantOptions>? with = null,
        TimeProvider? time = null, string token = "opaque", IGraphTrace? trace = null, Azure.Core.TokenCredential? credential = null,
        QuotaSettings? quota = null)
    {
        Time = time ?? new TestTime();
        Options = new GraphTenantOptions { Endpoint = new Uri("http://127.0.0.1:1"), RequestTimeout = TestTime.RequestTimeout };
        if (with is not null) Options = with(Options);
        quota ??= new QuotaSettings(100_000, 1_000_000, 100_000, 1_000_000, 1, 1);
        Connection = GraphConnection.Open(
            Options, credential ?? GraphCredentials.Create(new CredentialSettings { Kind = CredentialKind.StaticToken, Token = token }, Options),
            Pacer = new Pacer(quota, Time), Time, trace, handler, () => 0.5);
        Reader = new GraphMethodsReader(Connection, Time);
        Writer = new GraphMethodsWriter(Connection, Time);
        Directory = new GraphDirectory(Connection);
    }

    public GraphTenantOptions Options { get; }

    public TimeProvider Time { get; }

    public Pacer Pacer { get; }

    public GraphConnection Connection { get; }

    public GraphMethodsReader Reader { get; }

    public GraphMethodsWriter Writer { get; }

    public GraphDirectory Directory { get; }

    public async Task<MethodsReading> ReadOneAsync(string uid = Uid, KindSet also = KindSet.None) =>
        (await Reader.ReadAsync([new UserRead(uid, also)], default))[0];

    public static string Id(int number) => $"00000000-0000-0000-0000-{number:000000000000}";

    public static string Phones(string number, string type = "mobile") =>
        """{"value":[{"@odata.type":"#microsoft.graph.phoneAuthenticationMethod","""
        + $$""" "id":"{{SlotId(type)}}","phoneNumber":"{{number}}","phoneType":"{{type}}","smsSignInState":"notEnabled"}]}""";

    public static string SlotId(string type) => type switch
    {
        "mobile" => "3179e48a-750b-4051-897c-87b9720928f7",
        "alternateMobile" => "b6332ec1-7057-4abe-9331-3d72feddfe41",
        "office" => "e37fc753-ff3b-4958-9484-eaa9425c82bc",
        _ => "99999999-0000-0000-0000-000000000000",
    };

    public void Dispose() => Connection.Dispose();
}
