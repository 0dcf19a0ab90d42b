using System.Collections.Immutable;

namespace ProvisioningConnector.Engine.Model.Codes;

/// <summary>Every code there is, by family. The documentation and the tests read it: a code that is not here must not be used.</summary>
public static class CodeTable
{
    /// <summary>The families with their titles, in the order of the documentation.</summary>
    public static ImmutableArray<(string Title, ImmutableArray<KnownCode> Codes)> Families { get; } =
    [
        ("Microsoft Graph and the login", ServiceCodes.All),
        ("Guardrails and held parts", RuleCodes.All),
        ("Operations", OperationCodes.All),
        ("Users", UserCodes.All),
        ("Plans and runs", RunCodes.All),
        ("Rows of a source", RowCodes.All),
        ("Sources", SourceCodes.All),
        ("Command line", CommandCodes.All),
        ("Configuration", SettingCodes.All),
        ("Service", AnswerCodes.All),
        ("Audit trail", AuditCodes.All),
        ("Readiness", ReadinessCodes.All),
    ];

    public static ImmutableArray<KnownCode> All { get; } = [.. Families.SelectMany(family => family.Codes)];
}
