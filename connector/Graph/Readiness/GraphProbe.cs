using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Kiota.Abstractions;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Json;
using ProvisioningConnector.Graph.Sdk;

namespace ProvisioningConnector.Graph.Readiness;

/// <summary>Asks a tenant what is not certain of it (docs/retirement.md#ask-the-tenant-first). Has no member that writes.</summary>
public sealed partial class GraphProbe
{
    private const string UserPlace = "{user}";
    private const string GroupPlace = "{group}";

    /// <summary>Stands in our messages before what the service said.</summary>
    private const string Said = "The service said:";

    private readonly GraphConnection _connection;

    public GraphProbe(GraphConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _connection = connection;
    }

    /// <summary>Asks one question after another. A refusal is an answer too.</summary>
    /// <param name="group">Object id of a group to ask about, where the policy names none; null: none.</param>
    /// <param name="cancellation">Stops.</param>
    public async IAsyncEnumerable<ProbeAnswer> AskAsync(string? group, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string? user = null;
        string? target = null;
        foreach (ProbeQuestion question in ProbeQuestion.All)
        {
            string? missing = question.Path.Contains(UserPlace, StringComparison.Ordinal) && user is null ? "no person could be read"
                : question.Path.Contains(GroupPlace, StringComparison.Ordinal) && (target ?? group) is null ? "no policy and no setting names a group" : null;
            if (missing is not null)
            {
                yield return new ProbeAnswer(question.Name, question.Fact, question.Shown, null, null, $"Not asked: {missing}.", null);
                continue;
            }

            string path = question.Path.Replace(UserPlace, user, StringComparison.Ordinal).Replace(GroupPlace, target ?? group, StringComparison.Ordinal);
            RequestInformation request = new()
            {
                HttpMethod = Method.GET, URI = question.IsBeta ? _connection.Addresses.Beta(path) : _connection.Addresses.V1(path),
            };
            SdkAnswer<byte[]> answer = await _connection.Sdk.ReadBodyAsync(request, new ReadFor(question.Purpose), cancellation).ConfigureAwait(false);
            if (!answer.TryGet(out byte[]? body, out ServiceError? error))
            {
                yield return new ProbeAnswer(question.Name, question.Fact, question.Shown, error.Status, error.Code, Masked(error.Message), null);
                continue;
            }

            JsonElement root = ResetJson.Root(body);
            if (question.NamesPerson) user ??= FirstId(root);
            if (question.NamesGroups) target ??= FirstGroup(root);
            yield return new ProbeAnswer(question.Name, question.Fact, question.Shown, 200, null, null, ProbeShape.Of(root));
        }
    }

    private static string? FirstId(JsonElement list) => list.ValueKind == JsonValueKind.Object
        && list.TryGetProperty("value", out JsonElement entries) && entries.ValueKind == JsonValueKind.Array
        && entries.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first ? Id(first) : null;

    /// <summary>A group that some method of the policy is for or not for.</summary>
    private static string? FirstGroup(JsonElement policy)
    {
        if (policy.ValueKind != JsonValueKind.Object || !policy.TryGetProperty("authenticationMethodConfigurations", out JsonElement methods)
            || methods.ValueKind != JsonValueKind.Array) return null;
        foreach (JsonElement method in methods.EnumerateArray())
        {
            foreach (string name in (string[])["includeTargets", "excludeTargets"])
            {
                if (method.ValueKind != JsonValueKind.Object || !method.TryGetProperty(name, out JsonElement targets)
                    || targets.ValueKind != JsonValueKind.Array) continue;
                if (targets.EnumerateArray().Select(Id).FirstOrDefault(static id => id is not null) is { } group) return group;
            }
        }

        return null;
    }

    /// <summary>Only ids that are one: they go into a path.</summary>
    private static string? Id(JsonElement entry) => entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("id", out JsonElement id)
        && id.ValueKind == JsonValueKind.String && Guid.TryParse(id.GetString(), out Guid known) ? known.ToString("D") : null;

    /// <summary>What went wrong, without whom it was about: of the service's own text its code alone, since a text may name anyone.</summary>
    private static string Masked(string message)
    {
        string[] parts = message.Split(Said, 2);
        string ours = Digits().Replace(Address().Replace(Guids().Replace(parts[0], "{id}"), "{address}"), "{digits}").TrimEnd();
        return parts.Length == 2 && Code().Match(parts[1]) is { Success: true } code ? $"{ours} {Said} {code.Value.Trim(' ', '.')}." : ours;
    }

    [GeneratedRegex("^ *[A-Za-z_.]+", RegexOptions.NonBacktracking)]
    private static partial Regex Code();

    [GeneratedRegex(@"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}", RegexOptions.NonBacktracking)]
    private static partial Regex Guids();

    [GeneratedRegex(@"[^\s'""]+@[^\s'""]+", RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    [GeneratedRegex(@"\+?[0-9][0-9 ]{4,}", RegexOptions.NonBacktracking)]
    private static partial Regex Digits();
}

/// <summary>What a tenant answered to a question.</summary>
/// <param name="Name">Of the question; stable.</param>
/// <param name="Fact">What it settles.</param>
/// <param name="Request">What was asked, with places for ids.</param>
/// <param name="Status">HTTP status; null: not asked, or no answer.</param>
/// <param name="Code">Our code of an error; null: none.</param>
/// <param name="Why">Why there is no answer; null: there is one.</param>
/// <param name="Shape">The shape of the answer; null: there is none.</param>
public sealed record ProbeAnswer(string Name, string Fact, string Request, int? Status, string? Code, string? Why, JsonNode? Shape);
