using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Graph.Answers;

namespace ProvisioningConnector.Facade.Access;

/// <summary>Who calls, after the proof was accepted. There is no anonymous caller.</summary>
internal abstract record Caller
{
    private Caller()
    {
    }

    /// <summary>As limits and the chain of evidence name the caller; never a secret.</summary>
    public abstract string Actor { get; }

    /// <summary>As logs name the caller: without what may be a phone number or someone's address.</summary>
    public virtual string Logged => Actor;

    /// <summary>Whether the caller may do this in this tenant.</summary>
    public abstract bool Can(string tenant, Right right);

    /// <summary>Whether the caller has any right in this tenant; for others the tenant does not exist.</summary>
    public abstract bool CanAccess(string tenant);

    /// <summary>Whether some tenant gives the right: for what belongs to no single tenant.</summary>
    public abstract bool CanAnywhere(Right right);

    /// <summary>A program with an API key.</summary>
    public sealed record Key(string Id, string Name, ImmutableSortedDictionary<string, ImmutableArray<Right>> Grants) : Caller
    {
        public override string Actor => $"key:{Name} ({Id})";

        public override bool Can(string tenant, Right right) => RightsIn(Grants, tenant).Contains(right);

        public override bool CanAccess(string tenant) => !RightsIn(Grants, tenant).IsEmpty;

        public override bool CanAnywhere(Right right) => Grants.Values.Any(rights => rights.Contains(right));
    }

    /// <summary>The bearer of a token that a configured issuer signed.</summary>
    /// <param name="Issuer">Its name under <c>Facade:Issuers</c>, so that subjects of several issuers are apart; empty: the one of <c>Facade:Jwt</c>.</param>
    /// <param name="Subject">Whom the token names.</param>
    /// <param name="Grants">What its roles may do.</param>
    public sealed record Jwt(string Issuer, string Subject, ImmutableSortedDictionary<string, ImmutableArray<Right>> Grants) : Caller
    {
        public override string Actor => Kind + Subject;

        public override string Logged => Kind + QuotedText.Quote(Subject);

        private string Kind => Issuer.Length == 0 ? "jwt:" : $"jwt:{Issuer}:";

        public override bool Can(string tenant, Right right) => RightsIn(Grants, tenant).Contains(right);

        public override bool CanAccess(string tenant) => !RightsIn(Grants, tenant).IsEmpty;

        public override bool CanAnywhere(Right right) => Grants.Values.Any(rights => rights.Contains(right));
    }

    /// <summary>A rehearsal on this machine; all rights (docs/facade.md#keys-and-access).</summary>
    public sealed record LoopbackAccount(string Name) : Caller
    {
        public override string Actor => $"loopback:{Name}";

        public override bool Can(string tenant, Right right) => true;

        public override bool CanAccess(string tenant) => true;

        public override bool CanAnywhere(Right right) => true;
    }

    // Few tenants; names of tenants are compared ignoring case, as everywhere in the configuration.
    private static ImmutableArray<Right> RightsIn(ImmutableSortedDictionary<string, ImmutableArray<Right>> grants, string tenant)
    {
        foreach ((string name, ImmutableArray<Right> rights) in grants)
        {
            if (string.Equals(name, tenant, StringComparison.OrdinalIgnoreCase)) return rights;
        }

        return [];
    }
}
