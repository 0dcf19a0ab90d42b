using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ProvisioningConnector.Crest.Parameters;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Plain;

namespace ProvisioningConnector.Facade.OpenApi;

/// <summary>A parameter as both descriptions show it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="In"><c>path</c>, <c>query</c> or <c>header</c>.</param>
/// <param name="Title">A few words, for forms.</param>
/// <param name="Description">What it means.</param>
/// <param name="Type">JSON type.</param>
/// <param name="Values">Possible values; empty: any.</param>
internal sealed partial record Parameter(string Name, string In, string Title, string Description, string Type, ImmutableArray<string> Values)
{
    /// <summary>All parameters of an operation, those of the path first and in its order.</summary>
    public static ImmutableArray<Parameter> For(PlainOperation operation)
    {
        ImmutableArray<Parameter>.Builder all = ImmutableArray.CreateBuilder<Parameter>();
        foreach (Match match in InPath().Matches(operation.Path)) all.Add(OfPath(match.Groups["name"].Value));
        foreach (QueryShape query in operation.Queries) all.Add(new Parameter(query.Name, "query",
            query.Name, query.Description, query.Type, query.Values.IsDefault ? [] : query.Values));
        if (!operation.Writes) return all.ToImmutable();
        all.Add(new Parameter(DryRuns.Header, "header", "Dry run",
            $"true: as {CallReading.DryRun}=true. A query that says otherwise, a value that is neither true nor false, or a header that is nearly this one: "
            + "400, and nothing is written.", "boolean", []));
        all.Add(new Parameter("If-Match", "header", "Revision",
            "The ETag that was read. When the user is of another revision by now: 412, and nothing is written.", "string", []));
        all.Add(new Parameter(IdempotencyKey.Header, "header", "Idempotency key",
            "A name for this request, such as a GUID. A repeat with the same name within 24 hours is answered and not done again.", "string", []));
        all.Add(new Parameter(RequestAllowance.Header, "header", "Allowance",
            "identityChanged=USER: the user is meant though the name belongs to another account than before. Needs the right approve.", "string", []));
        all.Add(new Parameter(RequestAllowance.ReasonHeader, "header", "Reason", "Why that is allowed; it is recorded.", "string", []));
        return all.ToImmutable();
    }

    private static Parameter OfPath(string name) => name switch
    {
        "tenant" => new(name, "path", "Tenant", "Name of the tenant in the configuration of the service.", "string", []),
        "user" => new(name, "path", "User", "Object id, user principal name, employeeId:… or mail:…, percent-encoded.", "string", []),
        "slot" => new(name, "path", "Phone type", "Which of the three phones.", "string", [.. Enum.GetValues<PhoneType>().Select(PhoneTypes.Name)]),
        "kind" => new(name, "path", "Kind of method", "Which kind of method.", "string", [.. MethodKinds.Removable.Select(k => k.Name())]),
        "id" => new(name, "path", "Id of the method", "As ListMethods returns it.", "string", []),
        _ => throw new InvalidOperationException($"A part of a path is unknown: {name}."),
    };

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.NonBacktracking)]
    private static partial Regex InPath();
}
