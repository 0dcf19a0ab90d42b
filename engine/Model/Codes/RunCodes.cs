using System.Collections.Immutable;
using static ProvisioningConnector.Engine.Model.Codes.CodePlaces;

namespace ProvisioningConnector.Engine.Model.Codes;

/// <summary>Errors and messages about a plan or run as a whole.</summary>
public static class RunCodes
{
    public static ImmutableArray<KnownCode> All { get; } =
    [
        new("moreEqualUsersTold", Run, "More unchanged users have messages than are listed."),
        new("incremental", Run, "Whom an incremental run reads, and why."),
        new("incrementalFirst", Run, "No user has been verified yet, so all are read."),
        new("auditLogLong", Run, "The tenant's audit log was not read to its end."),
        new("auditLogNotRead", Run | Error, "The tenant's audit log could not be read."),
        new("registrationReportLong", Run, "The registration report was not read to its end."),
        new("registrationReportNotRead", Run, "The registration report could not be read."),
        new("approvalMissing", Run | Error | Answer, "The plan needs the approval of a second person."),
        new("approvalUnfit", Run | Error, "An approval does not count, and why."),
        new("rightMissing", Run | Answer, "The caller lacks a right that the change needs."),
        new("inviteCampaign", Run, "Migration: whom the tenant's registration campaign asks, and what is wanted there. Nothing of it is written."),
        new("overPrivileged", Error, "The token of a step of migrate may write more than the step needs."),
        new("unproven", Run | Error, "A step of migrate would write to a tenant that this version did not ask what is not certain of it."),
        new("probeUnanswered", Error, "The tenant answered none of the questions of a probe."),
        new("newStore", Error | Answer, "The store has no finished run of this tenant."),
        new("tenantQuarantined", Run | Error | Answer, "The tenant is quarantined."),
        new("authenticationTrouble", Run, "Several users in a row were refused for lack of a token or permission."),
        new("tooManyFailures", Run, "Too many users failed."),
        new("tenantNotReached", Run, "The tenant could not be reached."),
        new("nothingVerified", Run, "Every write was accepted and none was seen by a read."),
        new("canaryFailed", Run, "The users tried first were not all done."),
        new("leaseLost", Run, "Another process took over the tenant."),
        new("processGone", Run, "The process of the run no longer exists."),
        new("atWork", Run, "The run is still in progress."),
        new("sheetChosen", Run, "Which sheet of a workbook was read."),
        new("pruned", Run, "The run's users were deleted from the store; its counts are left."),
    ];
}
