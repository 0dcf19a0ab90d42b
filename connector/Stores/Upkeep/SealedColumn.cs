using System.Collections.Immutable;
using ProvisioningConnector.Stores.Keys;
using ProvisioningConnector.Stores.Sealing;

namespace ProvisioningConnector.Stores.Upkeep;

/// <summary>A column with sealed values. Every such column must be in <see cref="All"/>: a new key rewrites what is listed there.</summary>
/// <param name="Field">Its name in the associated data.</param>
/// <param name="Table">The table, <c>t</c> in what follows.</param>
/// <param name="Column">The column.</param>
/// <param name="Join">What else the values of the associated data come from; may be empty.</param>
/// <param name="Key">Columns of the table's primary key.</param>
/// <param name="Row">The values of the associated data after the field, in order.</param>
internal sealed record SealedColumn(string Field, string Table, string Column, string Join, ImmutableArray<string> Key, ImmutableArray<string> Row)
{
    private const string OfRun = "JOIN runs r ON r.no = t.run";

    public static ImmutableArray<SealedColumn> All { get; } =
    [
        new(SealedField.Head, "runs", "head", "", ["no"], ["t.tenant_id", "t.run_id"]),
        new(SealedField.User, "run_users", "body", OfRun, ["run", "ordinal"], ["r.tenant_id", "r.run_id", "t.ordinal", "t.uid"]),
        new(SealedField.Result, "run_users", "result", OfRun, ["run", "ordinal"], ["r.tenant_id", "r.run_id", "t.uid"]),
        new(SealedField.Intent, "operations", "intent", OfRun, ["no"], ["r.tenant_id", "r.run_id", "t.uid", "t.position"]),
        new(SealedField.Outcome, "operations", "result", OfRun, ["no"], ["r.tenant_id", "r.run_id", "t.uid", "t.position"]),
        new(SealedField.Audit, "audit", "body", "", ["number"], ["t.number"]),
        new(SealedField.Approval, "approvals", "body", "", ["no"], ["t.approval_id", "t.plan_id"]),
        new(SealedField.ApiKey, "api_keys", "body", "", ["no"], ["t.key_id"]),
        new(SealedField.Note, "notes", "text", "", ["name"], ["t.name"]),
        new(SealedField.Lease, "tenant_leases", "body", "", ["tenant_id"], ["t.tenant_id"]),
        new(SealedField.Opening, "window_openings", "body", "", ["opening_id"], ["t.opening_id", "t.tenant_id"]),
        new(SealedField.RequestKey, "request_keys", "body", "", ["name"], ["t.name"]),
        new(SealedField.Analysis, "analyses", "body", "", ["analysis_id"], ["t.analysis_id"]),
        new(SealedField.AnalysisPage, "analysis_pages", "body", "", ["analysis_id", "page"], ["t.analysis_id", "t.page"]),
    ];

    /// <summary>A page of values that another key sealed: the value, then key, then row. Parameters
    /// <c>@header</c>, <c>@page</c>, and <c>@k0</c>… unless it is the first page.</summary>
    public string Select(bool first) =>
        $"""
        SELECT t.{Column}, {string.Join(", ", Key.Select(static name => "t." + name))}, {string.Join(", ", Row)}
        FROM {Table} t {Join} WHERE t.{Column} IS NOT NULL AND substr(t.{Column}, 1, {SealedForm.HeaderLength}) <> @header
        {(first ? "" : $"AND ({string.Join(", ", Key.Select(static name => "t." + name))}) > ({string.Join(", ", KeyParameters)})")}
        ORDER BY {string.Join(", ", Key.Select(static name => "t." + name))} LIMIT @page
        """;

    /// <summary>Replaces a value unless someone did meanwhile. Parameters <c>@fresh</c>, <c>@old</c>, <c>@k0</c>….</summary>
    public string Update =>
        $"UPDATE {Table} SET {Column} = @fresh WHERE {Column} = @old AND {string.Join(" AND ", Key.Select(static (name, i) => $"{name} = @k{i}"))}";

    public IEnumerable<string> KeyParameters => Key.Select(static (_, i) => "@k" + i);
}
