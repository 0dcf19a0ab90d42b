using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ProvisioningConnector.Scenarios.Tests.Stranger;

/// <summary>
/// Another Graph, written from docs/graph.md alone and unlike the sandbox wherever it leaves room: no <c>$batch</c>, object ids that
/// are no GUIDs, no <c>@odata.context</c>, unknown properties and types, errors in other spellings or without a body,
/// PATCH that answers 200 with a body, numbers without blanks, query options ignored, no roles and no reports.
/// </summary>
internal sealed class StrangerGraph : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Slots = new(StringComparer.OrdinalIgnoreCase)
    {
        ["3179e48a-750b-4051-897c-87b9720928f7"] = "mobile", ["b6332ec1-7057-4abe-9331-3d72feddfe41"] = "alternateMobile",
        ["e37fc753-ff3b-4958-9484-eaa9425c82bc"] = "office",
    };

    private readonly Dictionary<string, StrangerUser> _users = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _gate = new();
    private WebApplication? _server;

    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Authorization headers as they came.</summary>
    public ConcurrentQueue<string> Tokens { get; } = [];

    public string Address { get; private set; } = string.Empty;

    /// <summary>What a request is answered before anything else; null: nothing special.</summary>
    public Func<HttpRequest, (int Status, string? Body)?> Special { get; set; } = _ => null;

    /// <summary>Where the list of users says that it goes on.</summary>
    public string? NextLink { get; set; }

    public int BatchStatus { get; set; } = 404;

    public StrangerUser Add(string name, params (string Slot, string Number)[] phones)
    {
        StrangerUser user = new($"usr_{_users.Count + 1:D4}", name);
        foreach ((string slot, string number) in phones) user.Phones[slot] = number;
        _users[name] = user;
        return user;
    }

    public string[] Writes => [.. Requests.Where(r => !r.StartsWith("GET ", StringComparison.Ordinal) && !r.Contains("$batch", StringComparison.Ordinal))];

    public async Task StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Urls.Add("http://127.0.0.1:0");
        _server.Run(AnswerAsync);
        await _server.StartAsync();
        Address = _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        string path = Uri.UnescapeDataString(context.Request.Path.Value ?? "");
        using StreamReader reader = new(context.Request.Body);
        string text = await reader.ReadToEndAsync();
        Requests.Enqueue($"{context.Request.Method} {path}");
        Tokens.Enqueue(context.Request.Headers.Authorization.ToString());
        (int status, string? body) = Special(context.Request) ?? Route(context.Request.Method, path.Split('/', StringSplitOptions.RemoveEmptyEntries), text);
        context.Response.StatusCode = status;
        if (body is null) return;
        context.Response.ContentType = "application/json;odata.metadata=none";
        await context.Response.WriteAsync(body);
    }

    private (int, string?) Route(string verb, string[] path, string body)
    {
        lock (_gate)
        {
            return path switch
            {
                [_, "$batch"] => (BatchStatus, null),
                [_, "users"] => (200, Everybody()),
                [_, "users", var one] => Find(one) is { } user ? (200, user.Json().ToJsonString()) : NotFound(),
                [_, "users", var one, "authentication", .. var rest] => Find(one) is { } user ? Methods(verb, user, rest, body) : NotFound(),
                _ => (404, null),
            };
        }
    }

    private StrangerUser? Find(string text)
    {
        string name = text.StartsWith("users('", StringComparison.Ordinal) ? text[7..^2] : text;
        return _users.Values.FirstOrDefault(u => u.Id == name || u.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    private string Everybody()
    {
        JsonObject page = new() { ["value"] = new JsonArray([.. _users.Values.Select(u => u.Json())]), ["@odata.count"] = "many" };
        if (NextLink is not null) page["@odata.nextLink"] = NextLink;
        return page.ToJsonString();
    }

    private static (int, string?) Methods(string verb, StrangerUser user, string[] path, string body) => (verb, path) switch
    {
        ("GET", ["methods"]) => (200, new JsonObject { ["value"] = user.Methods(), ["tip"] = new JsonObject { ["why"] = "because" } }.ToJsonString()),
        ("GET", ["phoneMethods"]) =>
            (200, new JsonObject { ["value"] = new JsonArray([.. user.Phones.Select(p => StrangerUser.Phone(p.Key, p.Value))]) }.ToJsonString()),
        ("GET", ["signInPreferences"]) => (404, null),
        ("POST", ["phoneMethods"]) => Add(user, JsonNode.Parse(body)!.AsObject()),
        ("PATCH", ["phoneMethods", var id]) => Change(user, Slots[id], JsonNode.Parse(body)!.AsObject()),
        ("DELETE", ["phoneMethods", var id]) => Remove(user, Slots[id]),
        ("POST", ["emailMethods"]) when user.Email is null => Stored(201, user.Email = (string?)JsonNode.Parse(body)!["emailAddress"]),
        ("PATCH", ["emailMethods", _]) => Stored(200, user.Email = (string?)JsonNode.Parse(body)!["emailAddress"]),
        ("DELETE", ["emailMethods", _]) => Stored(204, user.Email = null),
        ("DELETE", ["fido2Methods", var key]) => user.Keys.Remove(key) ? (204, null) : (404, null),
        _ => (405, """{"Error":{"Code":"Request_BadRequest","Message":"Specified HTTP method is not allowed for the request target."}}"""),
    };

    private static (int, string?) Stored(int status, string? _) => (status, status == 204 ? null : "{}");

    private static (int, string?) Add(StrangerUser user, JsonObject body)
    {
        string slot = (string)body["phoneType"]!;
        if (user.Phones.ContainsKey(slot)) return (400, """{"ERROR":{"CODE":"badRequest","MESSAGE":"occupied"}}""");
        if (slot == "alternateMobile" && !user.Phones.ContainsKey("mobile")) return (400, null);
        return Kept(201, user, slot, body);
    }

    private static (int, string?) Change(StrangerUser user, string slot, JsonObject body) => user.Phones.ContainsKey(slot)
        ? Kept(200, user, slot, body) : (404, null);

    private static (int, string?) Kept(int status, StrangerUser user, string slot, JsonObject body)
    {
        string number = (string)body["phoneNumber"]!;
        if (!number.StartsWith('+') || !number.Contains(' ', StringComparison.Ordinal)) return (400, null);
        user.Phones[slot] = number.Replace(" ", "", StringComparison.Ordinal);
        return (status, StrangerUser.Phone(slot, user.Phones[slot]).ToJsonString());
    }

    private static (int, string?) Remove(StrangerUser user, string slot)
    {
        if (slot == "mobile" && user.Phones.ContainsKey("alternateMobile")) return (400,
            """{"error":{"code":"badRequest","innererror":{"message":"Cannot delete mobile without first deleting alternate mobile number"}}}""");
        return user.Phones.Remove(slot) ? (204, null) : (404, null);
    }

    private static (int, string?) NotFound() => (404, """{"error":{"code":"Request_ResourceNotFound"}}""");

    public static string SlotId(string slot) => Slots.Single(s => s.Value == slot).Key;

    /// <summary>A user as this Graph keeps one.</summary>
    internal sealed class StrangerUser(string id, string name)
    {
        public string Id => id;

        public string Name => name;

        public Dictionary<string, string> Phones { get; } = [];

        public string? Email { get; set; }

        public HashSet<string> Keys { get; } = [];

        public JsonNode Json() =>
            new JsonObject
            {
                ["id"] = id, ["userPrincipalName"] = name, ["accountEnabled"] = true,
                ["shoeSize"] = 42, ["manager"] = new JsonObject { ["id"] = "usr_0000" }
            };

        public JsonArray Methods()
        {
            JsonArray methods = [Typed("passwordAuthenticationMethod", new() { ["id"] = "28c10230-6103-485e-b985-444c60001490", ["password"] = null }),
                Typed("telepathyAuthenticationMethod", new() { ["id"] = "t-1", ["range"] = 12.5 })];
            foreach ((string slot, string number) in Phones) methods.Add(Typed("phoneAuthenticationMethod", Phone(slot, number)));
            foreach (string key in Keys) methods.Add(Typed("fido2AuthenticationMethod", new() { ["id"] = key, ["model"] = "Key" }));
            if (Email is not null) methods.Add(Typed("emailAuthenticationMethod", new() { ["id"] = "mail-1", ["emailAddress"] = Email }));
            return methods;
        }

        public static JsonObject Phone(string slot, string number) =>
            new() { ["phoneNumber"] = number, ["phoneType"] = slot, ["smsSignInState"] = "astral", ["id"] = SlotId(slot), ["lastUsedDateTime"] = null };

        private static JsonObject Typed(string type, JsonObject entry)
        {
            entry["@odata.type"] = $"#microsoft.graph.{type}";
            return entry;
        }

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture,
                $"{string.Join("; ", Phones.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key} {p.Value}"))}"
                + $"{(Email is null ? "" : $"; email {Email}")}{(Keys.Count == 0 ? "" : $"; keys {Keys.Count}")}");
    }
}
