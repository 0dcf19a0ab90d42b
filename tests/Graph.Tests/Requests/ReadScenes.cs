using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Graph.Changes;
using ProvisioningConnector.Graph.Policies;
using ProvisioningConnector.Graph.Readiness;
using ProvisioningConnector.Graph.Settings;
using ProvisioningConnector.Graph.Tests.Support;
using ProvisioningConnector.Graph.Users;

namespace ProvisioningConnector.Graph.Tests.Requests;

/// <summary>Every read, with its pages and with the plainer questions that a server which refuses the first is asked.</summary>
internal static class ReadScenes
{
    private static readonly string[] Names =
        ["kim@contoso.com", Rig.Uid, "$dollar@contoso.com", "o'hara@contoso.com", "guest_fabrikam.com#EXT#@contoso.com", "a/b ü+%41", ".", ".."];

    public static IEnumerable<RequestScene> All() => [.. Methods(), .. Users(), .. Searches(), .. Privileged(), .. Changes(), .. Policies(), .. Readiness()];

    private static IEnumerable<RequestScene> Methods()
    {
        foreach (string name in Names) yield return new($"methods of {name}", async rig => await rig.ReadOneAsync(name));
        yield return new("methods in pages, with hardware tokens", async rig => await rig.ReadOneAsync(also: KindSet.HardwareOath))
        {
            Answer = static (seen, _) => RequestScene.Paged(seen),
        };
        foreach (bool lowPriority in new[] { true, false })
        {
            yield return new($"methods in a batch, low priority {lowPriority}",
                async rig => await rig.Reader.ReadAsync([new UserRead(Rig.Uid), new UserRead("$x'y@contoso.com"), new UserRead("..")], default))
            {
                AtOnce = true, Answer = Batch, With = options => options with { LowPriority = lowPriority },
            };
        }

        yield return new("methods in China", async rig => await rig.ReadOneAsync(also: KindSet.HardwareOath))
        {
            With = static options => options with { Endpoint = null, Cloud = GraphCloud.China },
        };
        foreach (string name in Names)
        {
            yield return new($"default method of {name}", async rig => await rig.Reader.ReadDefaultAsync(name, default))
            {
                Answer = static (_, _) => StubGraph.Json(200, """{"userPreferredMethodForSecondaryAuthentication":"push"}"""),
            };
        }
    }

    private static IEnumerable<RequestScene> Users()
    {
        yield return new("users in pages", async rig => await RequestScene.DrainAsync(rig.Directory.PagesAsync(default)))
        {
            Answer = static (seen, _) => RequestScene.Paged(seen),
        };
        yield return new("count of users", async rig => await rig.Directory.CountAsync(default)) { Answer = static (_, _) => StubGraph.Json(200, "7") };
        yield return new("count of users that is refused", async rig => await rig.Directory.CountAsync(default))
        {
            Answer = static (seen, _) => seen.Path.Contains("$count", StringComparison.Ordinal) ? RequestScene.Refused() : RequestScene.Paged(seen),
        };
        foreach (UserKey key in Names.Select(name => new UserKey(UserKeyKind.Name, name)).Append(new(UserKeyKind.EmployeeId, "E'1 +#&"))
            .Append(new(UserKeyKind.Mail, "o'hara+x@contoso.com")))
        {
            yield return new($"find {key.Kind} {key.Value}", async rig => await rig.Directory.FindAsync(key, default));
        }

        foreach (GraphCloud cloud in Enum.GetValues<GraphCloud>())
        {
            yield return new($"users in {cloud}", async rig => await RequestScene.DrainAsync(rig.Directory.PagesAsync(default)))
            {
                With = options => options with { Endpoint = null, Cloud = cloud },
            };
        }

        yield return new("a redirected read", async rig => await rig.Directory.FindAsync(new UserKey(UserKeyKind.Name, "kim@contoso.com"), default))
        {
            Answer = static (_, number) => number == 1
                ? StubGraph.Json(302, "", ("Location", "https://graph.microsoft.com/v1.0/there%20x?$y=1")) : RequestScene.Refused(),
        };
    }

    private static IEnumerable<RequestScene> Searches()
    {
        ImmutableArray<UserCondition> none = [];
        foreach (UserProperty property in Enum.GetValues<UserProperty>())
        {
            foreach (UserComparison comparison in Enum.GetValues<UserComparison>().Where(c => property.CanCompare(c)))
            {
                UserCondition condition = new(property, comparison, property is UserProperty.Enabled or UserProperty.OnPremisesSynced ? "true" : "o'x +#&");
                yield return Search($"{property} {comparison}", new UserQuery([condition], null, 5));
            }

            if (!property.CanOrder()) continue;
            yield return Search($"in order of {property}", new UserQuery(none, new UserOrder(property, false), 999));
            yield return Search($"two conditions, in descending order of {property}", new UserQuery(
                [new(UserProperty.Enabled, UserComparison.Equal, "false"), new(UserProperty.Mail, UserComparison.StartsWith, "a")],
                new UserOrder(property, true), 10));
        }

        yield return new("search that goes on", async rig => await new GraphUserSearch(rig.Connection)
            .PageAsync(new UserQuery(none, null, 5), "https://graph.microsoft.com/v1.0/users?$top=5&$skiptoken=A%2BB", default));
    }

    private static IEnumerable<RequestScene> Privileged()
    {
        const string Grants = """{"value":[{"principalId":"g 1/2","principal":{"@odata.type":"#microsoft.graph.group"}},{"principalId":"u1"}],"""
            + """ "@odata.nextLink":"/v1.0/roleManagement/directory/roleAssignments?$expand=principal&$skiptoken=x"}""";
        yield return new("privileged users", async rig => await rig.Directory.ReadPrivilegedAsync(default))
        {
            Answer = static (seen, number) => number == 1 ? StubGraph.Json(200, Grants) : RequestScene.Paged(seen),
        };
        yield return new("privileged users where nothing may be expanded, and the report", async rig => await rig.Directory.ReadPrivilegedAsync(default))
        {
            Answer = static (seen, _) => seen.Path.Contains("userRegistrationDetails", StringComparison.Ordinal)
                ? RequestScene.Paged(seen, """{"id":"a","isAdmin":true}""") : RequestScene.Refused(),
        };
    }

    private static IEnumerable<RequestScene> Changes()
    {
        DateTimeOffset since = new(2026, 1, 1, 12, 30, 5, 999, TimeSpan.FromHours(2));
        yield return new("audit log", async rig => await RequestScene.DrainAsync(new GraphChangeFeed(rig.Connection, rig.Time).ChangesAsync(since, default)))
        {
            Answer = static (seen, _) => RequestScene.Paged(seen),
        };
        yield return new("audit log, asked plainer and plainer",
            async rig => await RequestScene.DrainAsync(new GraphChangeFeed(rig.Connection, rig.Time).ChangesAsync(since, default)))
        {
            Answer = static (_, number) => number < 4 ? RequestScene.Refused() : StubGraph.Json(200, """{"value":[]}"""),
        };
        yield return new("registration report for changes",
            async rig => await RequestScene.DrainAsync(new GraphChangeFeed(rig.Connection, rig.Time).RegistrationsAsync(default)))
        {
            Answer = static (seen, number) => number == 1 ? RequestScene.Refused() : RequestScene.Paged(seen),
        };
    }

    private static IEnumerable<RequestScene> Policies()
    {
        yield return new("policy of SMS sign-in", async rig => await new GraphMethodPolicies(rig.Connection).SmsSignInAsync(default));
        yield return new("policy of passes", async rig => await new GraphMethodPolicies(rig.Connection).PassAsync(default));
    }

    private static IEnumerable<RequestScene> Readiness()
    {
        static GraphReadinessReader Reader(Rig rig) => new(rig.Connection);
        static HttpResponseMessage PlainerSecond(Seen seen, int number) => number == 1 ? RequestScene.Refused() : RequestScene.Paged(seen);
        yield return new("tenant", async rig => await Reader(rig).ReadTenantAsync(default));
        yield return new("policy for readiness", async rig => await Reader(rig).ReadPolicyAsync(default))
        {
            Answer = static (_, _) => StubGraph.Json(200, """{"id":"authenticationMethodsPolicy","authenticationMethodConfigurations":[]}"""),
        };
        yield return new("access policies", async rig => await Reader(rig).ReadRegistrationAccessAsync(default)) { Answer = (s, _) => RequestScene.Paged(s) };
        yield return new("strengths", async rig => await Reader(rig).ReadPhoneStrengthsAsync(default)) { Answer = (s, _) => RequestScene.Paged(s) };
        yield return new("members", async rig => await RequestScene.DrainAsync(Reader(rig).MembersAsync("g 1/2+'é", default)))
        {
            Answer = static (seen, _) => RequestScene.Paged(seen),
        };
        yield return new("members without the cast", async rig => await RequestScene.DrainAsync(Reader(rig).MembersAsync("g1", default)))
        {
            Answer = PlainerSecond,
        };
        yield return new("roles", async rig => await RequestScene.DrainAsync(Reader(rig).RolesAsync(default)))
        {
            Answer = static (seen, _) => seen.Path.Contains("roleAssignments", StringComparison.Ordinal)
                ? RequestScene.Paged(seen, """{"principalId":"g1","principal":{"@odata.type":"#microsoft.graph.group"}}""")
                : StubGraph.Json(200, """{"value":[]}"""),
        };
        yield return new("roles where nothing may be expanded", async rig => await RequestScene.DrainAsync(Reader(rig).RolesAsync(default)))
        {
            Answer = PlainerSecond,
        };
        yield return new("eligible roles", async rig => await RequestScene.DrainAsync(Reader(rig).EligibleRolesAsync(default)))
        {
            Answer = static (seen, _) => RequestScene.Paged(seen),
        };
        yield return new("eligible roles where there are no instances", async rig => await RequestScene.DrainAsync(Reader(rig).EligibleRolesAsync(default)))
        {
            Answer = static (seen, _) => seen.Path.Contains("Instances", StringComparison.Ordinal) ? RequestScene.Refused() : RequestScene.Paged(seen),
        };
        yield return new("registration report for readiness", async rig => await RequestScene.DrainAsync(Reader(rig).RegistrationsAsync(default)))
        {
            Answer = PlainerSecond,
        };
        foreach (bool lastSignIn in new[] { true, false })
        {
            yield return new($"people, last sign-in {lastSignIn}", async rig => await RequestScene.DrainAsync(Reader(rig).PeopleAsync(lastSignIn, default)))
            {
                Answer = (seen, number) => number < (lastSignIn ? 4 : 3) ? RequestScene.Refused() : RequestScene.Paged(seen),
            };
        }
    }

    private static RequestScene Search(string name, UserQuery query) =>
        new($"search {name}", async rig => await new GraphUserSearch(rig.Connection).PageAsync(query, null, default));

    private static HttpResponseMessage Batch(Seen seen, int number) => StubGraph.Json(200, seen.Method == "POST"
        ? """{"responses":[{"id":"1","status":200,"body":{"value":[],"@odata.nextLink":"/v1.0/next?$skiptoken=1"}},{"id":"2","status":500,"body":{}}]}"""
        : """{"value":[]}""");
}
