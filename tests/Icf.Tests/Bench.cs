using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Icf.Attributes;
using ProvisioningConnector.Icf.Errors;
using ProvisioningConnector.Icf.Filters;
using ProvisioningConnector.Icf.Objects;
using ProvisioningConnector.Icf.Operations;
using ProvisioningConnector.TestKit.Pipeline;
using ProvisioningConnector.TestKit.Stores;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Icf.Tests;

/// <summary>The operations over a model tenant.</summary>
internal sealed class Bench
{
    public Bench(VirtualWorld world, PhoneSpelling spelling = PhoneSpelling.Ping, GuardrailLimits? limits = null)
    {
        Tenant = new ModelTenant(world);
        Search = new ModelUserSearch(world, Tenant);
        Feed = new ModelChangeFeed(world, Tenant);
        PipelinePorts ports = TestPipeline.Ports(new ModelSession(world, Tenant), Store, new MemoryLeases(), world.Time);
        PipelineSettings settings = TestPipeline.Settings();
        settings = settings with
        {
            Limits = limits ?? new GuardrailLimits { MaxDeletes = Limit.None, MaxUpdates = Limit.None, MaxLastPhone = Limit.None },
        };
        Connector = new IcfConnector(
            new IcfPorts
            {
                Directory = Tenant, Search = Search, Reads = ports.Reads, Runs = new RunPipeline(ports, settings, new ModelWriter(Tenant)),
                Changes = Feed, Spellings = new NotedSpellings(Store, t => "d" + t.Length, "tenant-1"), Time = world.Time,
                PasswordAsync = _ => ValueTask.FromResult(new PasswordResetRequest(PasswordRoute.PasswordProfile, IsGiven: true)),
            },
            new IcfSettings
            {
                Revision = Fingerprint, Masks = new ValueMasks(_ => "+1 ••••••", _ => "k•••", "•••"),
                CookieKey = new byte[32], Spelling = spelling
            });
    }

    public ModelTenant Tenant { get; }

    public ModelUserSearch Search { get; }

    public ModelChangeFeed Feed { get; }

    public MemoryRunStore Store { get; } = new();

    public IcfConnector Connector { get; }

    public static OperationOptions All { get; } = new()
    {
        Full = true,
        AttributesToGet = [AttributeNames.Name, AttributeNames.Phones, AttributeNames.Email, AttributeNames.SmsSignIn, AttributeNames.AuthenticationMethods]
    };

    public static Initiator Key { get; } = new("key-1", new PlanOrigin.Request(null)) { ReadsInFull = true };

    public static string Id(int n) => new Guid(n, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8]).ToString();

    public static string Fingerprint(CurrentMethods now) =>
        $"{now.Mobile.FullText()}|{now.AlternateMobile.FullText()}|{now.Office.FullText()}|"
        + $"{now.Email?.Address}|{string.Join(',', now.Others.Select(o => o.Id))}";

    public Bench With(int user, CurrentMethods methods)
    {
        Tenant.Add(new DirectoryUser(Id(user), string.Create(CultureInfo.InvariantCulture, $"u{user:000}@contoso.com"),
            $"User {user}", EmployeeId: user.ToString(CultureInfo.InvariantCulture), Enabled: user % 2 == 0), methods);
        return this;
    }

    public CurrentMethods Now(int user) => Tenant[Id(user)].Now;

    public Task<UpdateAnswer> UpdateAsync(int user, params AttributeDelta[] attributes) =>
        Connector.UpdateDeltaAsync(ObjectClass.User, new Uid(Id(user)), attributes, Key, All, default);

    public static ImmutableArray<object> Values(ConnectorObject? made, string name) =>
        made?.Attributes.FirstOrDefault(a => string.Equals(a.Name, name, StringComparison.OrdinalIgnoreCase))?.Values ?? [];

    public async Task<(List<ConnectorObject> Found, SearchResult Result)> FindAsync(Filter? filter, OperationOptions? options = null)
    {
        List<ConnectorObject> found = [];
        SearchResult result = await Connector.SearchAsync(ObjectClass.User, filter, o =>
        {
            found.Add(o);
            return true;
        }, options ?? OperationOptions.Default, default);
        return (found, result);
    }

    /// <summary>What a call ends with; NUnit's own way blocks the world's only thread.</summary>
    public static async Task<ConnectorException?> ErrorOf(Task call)
    {
        try
        {
            await call;
            return null;
        }
        catch (ConnectorException problem)
        {
            return problem;
        }
    }
}
