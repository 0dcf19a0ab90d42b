namespace ProvisioningConnector.Engine.Evidence.Audit;

/// <summary>What a record of the audit trail shows. A name, once stored, stays.</summary>
public enum AuditType : byte
{
    /// <summary>One write to the tenant; two records, by <see cref="AuditStage"/>.</summary>
    Operation,

    RunBegun,
    RunResumed,
    RunEnded,

    /// <summary>A plan with full values was saved to be applied.</summary>
    PlanSaved,

    /// <summary>Full numbers were shown (<c>--reveal</c>).</summary>
    Reveal,

    /// <summary>The tenant's methods, or this trail, were written to a file.</summary>
    Export,

    /// <summary>A second person sealed a plan.</summary>
    Approval,

    /// <summary>A guardrail was allowed once (<c>--allow</c>).</summary>
    Override,

    /// <summary>A key was made, revoked or changed.</summary>
    Key,

    /// <summary>A caller was refused.</summary>
    RefusedLogin,

    /// <summary>A guardrail or policy is looser than at the last run of this tenant.</summary>
    LoosenedSetting,

    /// <summary>A temporary access pass was handed over to a person at the helpdesk, or taken back.</summary>
    HandOver,
}

/// <summary>Which of the two records of one operation.</summary>
public enum AuditStage : byte
{
    /// <summary>Before the request leaves.</summary>
    Requested,

    /// <summary>What became of it; also of an operation that was never sent.</summary>
    Executed,
}
