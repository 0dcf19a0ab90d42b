using System.Collections.Immutable;
using static ProvisioningConnector.Engine.Model.Codes.CodePlaces;

namespace ProvisioningConnector.Engine.Model.Codes;

/// <summary>What guardrails, policies and protection say: names of guardrails, and codes of held parts (docs/safety.md, docs/design.md).</summary>
public static class RuleCodes
{
    public static ImmutableArray<KnownCode> All { get; } =
    [
        new("MaxDeletes", Guardrail | Answer, "More deletions than one run, or a span of time, may do."),
        new("MaxUpdates", Guardrail | Answer, "More updates than one run, or a span of time, may do."),
        new("MaxAdds", Guardrail | Answer, "More additions than one run, or a span of time, may do."),
        new("MaxLastPhone", Guardrail | Answer, "More removals of a last phone than one run, or a span of time, may do."),
        new("SharedNumber", Guardrail, "More users want one number than may share it."),
        new("ReadErrors", Guardrail, "More users could not be read than may be."),
        new("SourceShrink", Guardrail, "The source shrank since it was last accepted."),
        new("SourceOlder", Guardrail, "The source is older than the one last accepted."),
        new("Protected", Guardrail, "Protected users would change."),
        new("ProtectPrivileged", Guardrail, "Users with a directory role would change, or it is not known who they are."),
        new("RequireApproval", Guardrail, "A second person must approve the change."),
        new("maxDeletes", Held, "Held because the guardrail MaxDeletes was reached."),
        new("maxUpdates", Held, "Held because the guardrail MaxUpdates was reached."),
        new("maxAdds", Held, "Held because the guardrail MaxAdds was reached."),
        new("maxLastPhone", Held, "Held because the guardrail MaxLastPhone was reached."),
        new("sharedNumber", Held, "Held because too many users want the number."),
        new("readErrors", Held, "Deletions are held because too many users could not be read."),
        new("protected", Held | Error | Answer, "The user is protected by the configuration."),
        new("protectedNobody", Held | Error | Answer, "An entry of Protected names no user of the tenant."),
        new("protectedNotChecked", Held | Error | Answer, "An entry of Protected could not be looked up."),
        new("protectPrivileged", Held, "The user holds a directory role."),
        new("overwrite", Held, "Policy Overwrite does not allow replacing the value."),
        new("addPhone", Held, "Policy AddPhone does not allow adding the phone."),
        new("sameNumberInTwoSlots", Held, "One number would stand in two slots, and the policy avoids that."),
        new("lastMethod", Held, "The user would be left without a usable method."),
        new("defaultMethod", Held, "The user's default method would have to change."),
        new("defaultUnknown", Held | User, "The user's default method could not be read."),
        new("notOffered", Held | User | Answer, "Whether the user has a method of the kind cannot be read, so nothing of it is changed."),
        new("guest", Held, "Policy Guests does not allow changing guests."),
        new("disabled", Held, "Policy Disabled does not allow changing disabled accounts."),
        new("drift", Held, "Someone else changed the value in the tenant since it was verified."),
        new("numberNotAssigned", Held | User, "The number is in a range that its country does not use."),
        new("mobileIsFixedLine", Held | User, "The number in the slot mobile is a fixed line."),
        new("numberNotPersonal", Held | User, "The number is a service line, a company's number, a pager or a voicemail box."),
        new("numberPremium", Held | User, "The number is premium-rate."),
        new("identityChanged", Held | Error | Answer, "The name belonged to another account when it was last verified."),
        new("numberNotFree", Held, "Another user signs in by SMS with the number and keeps it, or is to get it too."),
        new("newerChange", Held, "Undo: the tenant no longer holds what the run wrote."),
        new("notRestorable", Held, "Undo: it cannot be brought back."),
        new("sourceChanged", Held | Error, "Undo: the source says something else today. As an error: the file changed while it was read."),
        new("tooOld", Held, "Undo: the change is older than UndoMaxAge."),
        new("waitsForRetry", Held, "Incremental runs: the user failed and is tried again later."),
    ];
}
