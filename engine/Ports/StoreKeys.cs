using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Approvals;
using ProvisioningConnector.Engine.Evidence.Audit;

namespace ProvisioningConnector.Engine.Ports;

/// <summary>
/// Names of a store's lasting keys (<see cref="IRunStore.KeyAsync"/>). All of them are made together with the store, so that a copy of its key file
/// is complete from the first day. A key that is not listed here is made when it is first asked for and lies in the store.
/// </summary>
public static class StoreKeys
{
    /// <summary>Digests by which users are found; the store makes and uses it.</summary>
    public const string Users = "uids";

    /// <summary>Seals plans.</summary>
    public const string Plans = "seal";

    /// <summary>Digests of numbers and of states in reports.</summary>
    public const string Digests = "digests";

    /// <summary>Digests of what was verified.</summary>
    public const string States = "states";

    /// <summary>Digests of requests that may be repeated.</summary>
    public const string Requests = "requests";

    /// <summary>Cookies of result pages.</summary>
    public const string Cookies = "cookies";

    public static ImmutableArray<string> All => [Users, Plans, Digests, States, AuditChain.KeyName, ApprovalSeal.KeyName, Requests, Cookies];
}
