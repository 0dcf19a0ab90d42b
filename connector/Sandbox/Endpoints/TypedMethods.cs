using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Model;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary>Reading and deleting methods of one kind.</summary>
internal static class TypedMethods
{
    public static Answer List(Call call, Site site, MethodKindFacts facts)
    {
        var entries = new List<MethodEntry>();
        foreach (var method in MethodEndpoints.Seen(call, site).Others)
            if (method.Kind == facts.Kind) entries.Add(Entry(method));
        return MethodCollection.Answer(call, site, facts.Segment ?? "", entries, site.Settings.TypeInTypedCollections);
    }

    public static Answer Read(Call call, Site site, MethodKindFacts facts) =>
        Find(MethodEndpoints.Seen(call, site), call, facts) is { } method
            ? MethodCollection.Entity(call, site, facts.Segment ?? "", Entry(method), site.Settings.TypeInTypedCollections)
            : Missing(call, site);

    public static Answer Delete(Call call, Site site, MethodKindFacts facts)
    {
        var now = call.User.Credentials;
        if (Find(now, call, facts) is not { } method) return Missing(call, site);
        if (Removal.OfDefault(now, method.Id, site.Settings)) return Refusal.Of(call, site, site.Settings.Errors.DefaultMethod, method.Id);
        site.Write(call, Removal.Settled(now with { Others = now.Others.Remove(method) }));
        return Answer.NoContent();
    }

    /// <summary>A deactivated token stays in the tenant's inventory but is no method of the user any more.</summary>
    public static Answer Deactivate(Call call, Site site) => Delete(call, site, MethodKindFacts.Of(MethodKind.HardwareOath));

    public static MethodEntry Entry(StoredMethod method) => new(default, null, null, method);

    // A singleton has no id in its path.
    private static StoredMethod? Find(Credentials of, Call call, MethodKindFacts facts)
    {
        foreach (var method in of.Others)
            if (method.Kind == facts.Kind && (call.Segments.Length == 4 || method.Id.Equals(call.Segments[4], StringComparison.OrdinalIgnoreCase)))
                return method;
        return null;
    }

    private static Answer Missing(Call call, Site site) => Refusal.Of(call, site, site.Settings.Errors.MissingMethod, call.Segments[^1]);
}
