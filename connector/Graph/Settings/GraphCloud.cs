using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Graph.Settings;

/// <summary>Which Microsoft cloud holds the tenant (docs/graph.md#national-clouds).</summary>
public enum GraphCloud : byte
{
    /// <summary>Public cloud, GCC included.</summary>
    Global,

    /// <summary>US Government L4 (GCC High).</summary>
    UsGov,

    /// <summary>US Government L5 (DoD).</summary>
    UsGovDod,

    /// <summary>China, operated by 21Vianet. It has no list of all methods (docs/graph.md#national-clouds).</summary>
    China,
}

/// <summary>Addresses of the clouds: Graph root, scope and login authority (docs/graph.md#national-clouds).</summary>
public static class GraphClouds
{
    /// <summary>Where Graph answers, without version.</summary>
    public static Uri Root(this GraphCloud cloud) => new(cloud switch
    {
        GraphCloud.Global => "https://graph.microsoft.com",
        GraphCloud.UsGov => "https://graph.microsoft.us",
        GraphCloud.UsGovDod => "https://dod-graph.microsoft.us",
        GraphCloud.China => "https://microsoftgraph.chinacloudapi.cn",
    });

    /// <summary>Where tokens come from.</summary>
    public static Uri Authority(this GraphCloud cloud) => new(cloud switch
    {
        GraphCloud.Global => "https://login.microsoftonline.com",
        GraphCloud.UsGov or GraphCloud.UsGovDod => "https://login.microsoftonline.us",
        GraphCloud.China => "https://login.chinacloudapi.cn",
    });

    /// <summary>The scope that tokens are asked for: <c>{root}/.default</c>, whatever the endpoint is.</summary>
    public static string Scope(this GraphCloud cloud) => cloud.Root().GetLeftPart(UriPartial.Authority) + "/.default";

    /// <summary>Whether <c>authentication/methods</c> lists all kinds; where it does not,
    /// phones and Authenticator are read from their own collections.</summary>
    public static bool ListsAllMethods(this GraphCloud cloud) => cloud switch
    {
        GraphCloud.Global or GraphCloud.UsGov or GraphCloud.UsGovDod => true,
        GraphCloud.China => false,
    };

    /// <summary>Kinds that every reading covers: those of the list of all methods, or those whose own lists are read instead.</summary>
    public static KindSet Covered(this GraphCloud cloud) => cloud.ListsAllMethods() ? KindSets.All & ~KindSets.Beside : KindSet.MicrosoftAuthenticator;

    /// <summary>Kinds with a list of their own, which is read where they are asked for. Of all other kinds that are not covered the cloud has none.</summary>
    public static KindSet OnDemand(this GraphCloud cloud) => cloud.ListsAllMethods() ? KindSets.Beside : KindSet.PlatformCredential;
}
