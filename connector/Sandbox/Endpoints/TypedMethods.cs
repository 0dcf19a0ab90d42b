using System.Collections.Frozen;
using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Model;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary>The typed collections beside phones, e-mail and password: <c>fido2Methods</c> and its like (docs/graph.md#collections-and-kinds,
/// docs/graph.md#other-methods).</summary>
internal static class TypedRoutes
{
    private sealed record Routes(Route List, Route Read, Route Delete, Route? Create);

    private static readonly FrozenDictionary<StoredMethodKind, Routes> RoutesValues = MethodKindFacts.All
        .Where(f => f.Segment is not null)
        .ToFrozenDictionary(f => f.Kind, f => new Routes(
            Route.Read(f.Name + ".list", (call, site) => TypedMethods.List(call, site, f)),
            Route.Read(f.Name + ".read", (call, site) => TypedMethods.Read(call, site, f)),
            Route.Write(f.Name + ".delete", (call, site) => TypedMethods.Delete(call, site, f)),
            f.Kind switch
            {
                StoredMethodKind.TemporaryAccessPass => Route.Write(f.Name + ".create", Creations.Pass),
                StoredMethodKind.External => Route.Write(f.Name + ".create", Creations.External),
                StoredMethodKind.Fido2 => Route.Write(f.Name + ".create", Creations.Passkey),
                StoredMethodKind.HardwareOath => Route.Write(f.Name + ".create", Creations.HardwareToken),
                StoredMethodKind.MicrosoftAuthenticator or StoredMethodKind.SoftwareOath or StoredMethodKind.WindowsHello or StoredMethodKind.PlatformCredential
                    or StoredMethodKind.QrCodePin or StoredMethodKind.ResourceAccountKey or StoredMethodKind.Future => null,
            }));

    private static readonly Route CreationOptions = Route.Read("fido2.creationOptions", Creations.PasskeyOptions);
    private static readonly Route Deactivate = Route.Write("hardwareOath.deactivate", TypedMethods.Deactivate);

    public static Route Match(Call call, Site site)
    {
        string[] s = call.Segments;
        if (!MethodKindFacts.BySegment.TryGetValue(s[3], out MethodKindFacts? facts) || !(call.Beta || facts.InV1)
            || !facts.In(site.Settings.Cloud)) return Route.Unknown;
        TypedRoutes.Routes routes = RoutesValues[facts.Kind];
        if (facts.Kind == StoredMethodKind.QrCodePin)
            return s.Length == 4 ? Verbs.Select(call, get: routes.Read, delete: routes.Delete) : Route.Unknown;
        if (s.Length == 4) return Verbs.Select(call, get: routes.List, post: routes.Create);
        if (s.Length == 5 && facts.Kind == StoredMethodKind.Fido2 && s[4].StartsWith("creationOptions", StringComparison.OrdinalIgnoreCase))
            return Verbs.Select(call, get: CreationOptions);
        if (s.Length == 5) return Verbs.Select(call, get: routes.Read, delete: routes.Delete);
        return s.Length == 6 && facts.Kind == StoredMethodKind.HardwareOath && s[5].EndsWith("deactivate", StringComparison.OrdinalIgnoreCase)
            ? Verbs.Select(call, post: Deactivate)
            : Route.Unknown;
    }
}

/// <summary>Reading and deleting methods of one kind.</summary>
internal static class TypedMethods
{
    public static Answer List(Call call, Site site, MethodKindFacts facts)
    {
        List<MethodEntry> entries = new List<MethodEntry>();
        foreach (StoredMethod method in MethodEndpoints.Seen(call, site).Others)
            if (method.Kind == facts.Kind) entries.Add(Entry(method));
        return MethodCollection.Answer(call, site, facts.Segment ?? "", entries, site.Settings.TypeInTypedCollections);
    }

    public static Answer Read(Call call, Site site, MethodKindFacts facts) =>
        Find(MethodEndpoints.Seen(call, site), call, facts) is { } method
            ? MethodCollection.Entity(call, site, facts.Segment ?? "", Entry(method), site.Settings.TypeInTypedCollections)
            : Missing(call, site);

    public static Answer Delete(Call call, Site site, MethodKindFacts facts)
    {
        UserCredentials now = call.User.Credentials;
        if (Find(now, call, facts) is not { } method) return Missing(call, site);
        if (DefaultMethodRemoval.OfDefault(now, method.Id, site.Settings)) return Refusal.Create(call, site, site.Settings.Errors.DefaultMethod, method.Id);
        site.Write(call, DefaultMethodRemoval.Settled(now with { Others = now.Others.Remove(method) }));
        return Answer.NoContent();
    }

    /// <summary>A deactivated token stays in the tenant's inventory but is no method of the user any more.</summary>
    public static Answer Deactivate(Call call, Site site) => Delete(call, site, MethodKindFacts.For(StoredMethodKind.HardwareOath));

    public static MethodEntry Entry(StoredMethod method) => new(default, null, null, method);

    // A singleton has no id in its path.
    private static StoredMethod? Find(UserCredentials of, Call call, MethodKindFacts facts)
    {
        foreach (StoredMethod method in of.Others)
            if (method.Kind == facts.Kind && (call.Segments.Length == 4 || method.Id.Equals(call.Segments[4], StringComparison.OrdinalIgnoreCase)))
                return method;
        return null;
    }

    private static Answer Missing(Call call, Site site) => Refusal.Create(call, site, site.Settings.Errors.MissingMethod, call.Segments[^1]);
}
