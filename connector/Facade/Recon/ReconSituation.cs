using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Facade.Recon;

/// <summary>The situations of OpenIDM, in the order of its status object (docs/openidm.md#reconciliations).</summary>
internal enum ReconSituation : byte
{
    SourceIgnored,
    TargetChanged,
    SourceTargetConflict,
    FoundAlreadyLinked,
    Unqualified,
    Absent,
    TargetIgnored,
    Missing,
    AllGone,
    Unassigned,
    Ambiguous,
    Confirmed,
    LinkOnly,
    SourceMissing,
    Found,
}

/// <summary>Which situation of OpenIDM a row is in. This is the one table; the others of the fifteen never occur here.</summary>
internal static class ReconSituations
{
    public static ImmutableArray<ReconSituation> All { get; } = [.. Enum.GetValues<ReconSituation>()];

    /// <summary>
    /// <list type="table">
    /// <item><term>equal</term><description><c>CONFIRMED</c>: source and target correspond.</description></item>
    /// <item><term>changed, held</term><description><c>FOUND</c>: exactly one target, not yet as
    /// the source wants it; OpenIDM's default action for it is UPDATE.</description></item>
    /// <item><term>notFound</term><description><c>ABSENT</c>: no target. OpenIDM would create one; nothing is created here.</description></item>
    /// <item><term>invalid, the key names several users</term><description><c>AMBIGUOUS</c>.</description></item>
    /// <item><term>invalid, several rows name the
    /// user</term><description><c>FOUND_ALREADY_LINKED</c>: the target belongs to another row too.</description></item>
    /// <item><term>invalid otherwise, notRead</term><description><c>SOURCE_IGNORED</c>: the row takes
    /// no part. Not <c>UNQUALIFIED</c>, whose default action is DELETE.</description></item>
    /// </list>
    /// </summary>
    public static ReconSituation From(Situation situation, ImmutableArray<Diagnostic> diagnostics) => situation switch
    {
        Situation.Equal => ReconSituation.Confirmed,
        Situation.Changed or Situation.Held => ReconSituation.Found,
        Situation.NotFound => ReconSituation.Absent,
        Situation.NotRead => ReconSituation.SourceIgnored,
        Situation.Invalid when diagnostics.Any(d => d.Code == "ambiguousUser") => ReconSituation.Ambiguous,
        Situation.Invalid when diagnostics.Any(d => d.Code == "duplicateUser") => ReconSituation.FoundAlreadyLinked,
        Situation.Invalid => ReconSituation.SourceIgnored,
    };

    /// <summary>What is done, in OpenIDM's words: <c>EXCEPTION</c> is what someone must look at, <c>IGNORE</c> what is left as it is on purpose.</summary>
    public static string Action(Situation situation, ImmutableArray<HeldPart> held) => situation switch
    {
        Situation.Changed => "UPDATE",
        Situation.Equal => "IGNORE",
        Situation.Held => held.All(h => h.Standing) ? "IGNORE" : "EXCEPTION",
        Situation.NotFound or Situation.NotRead or Situation.Invalid => "EXCEPTION",
    };

    public static string Name(this ReconSituation situation) => situation switch
    {
        ReconSituation.SourceIgnored => "SOURCE_IGNORED",
        ReconSituation.TargetChanged => "TARGET_CHANGED",
        ReconSituation.SourceTargetConflict => "SOURCE_TARGET_CONFLICT",
        ReconSituation.FoundAlreadyLinked => "FOUND_ALREADY_LINKED",
        ReconSituation.Unqualified => "UNQUALIFIED",
        ReconSituation.Absent => "ABSENT",
        ReconSituation.TargetIgnored => "TARGET_IGNORED",
        ReconSituation.Missing => "MISSING",
        ReconSituation.AllGone => "ALL_GONE",
        ReconSituation.Unassigned => "UNASSIGNED",
        ReconSituation.Ambiguous => "AMBIGUOUS",
        ReconSituation.Confirmed => "CONFIRMED",
        ReconSituation.LinkOnly => "LINK_ONLY",
        ReconSituation.SourceMissing => "SOURCE_MISSING",
        ReconSituation.Found => "FOUND",
    };
}
