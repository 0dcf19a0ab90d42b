using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Findings;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Host.Cli;

/// <summary>Words the steps that lead to one user's plan.</summary>
internal static class Explanation
{
    public static void Write(TextWriter output, PlanHeader head, DirectoryUser user, ImmutableArray<PlannedUser> plans, KeyedDigests digests, bool reveal)
    {
        Line(output, $"1 user     {user.PrincipalName ?? user.Uid} is {user.DisplayName ?? "(no name)"}, object id "
            + $"{user.Uid}{(user.IsGuest ? ", guest" : "")}{(user.Enabled == false ? ", disabled" : "")} in tenant "
            + $"{head.Tenant.Name}{(head.Tenant.IsSandbox ? " (SANDBOX)" : "")}");
        if (plans.IsEmpty) Line(output,
            $"2 row      no row of {head.Source.Name} ({Quantity.Of(head.Source.Rows, "row")}) names this user: the user is not managed by this source.");
        foreach (PlannedUser plan in plans) Write(output, plan, digests, reveal);
    }

    private static void Write(TextWriter output, PlannedUser plan, KeyedDigests digests, bool reveal)
    {
        Line(output, $"2 row      {plan.Row.Place} names '{plan.Row.UserText}'{(plan.Row.AsOf is { } asOf ? $", known true at {asOf:u}" : "")}");
        foreach (Diagnostic diagnostic in plan.Plan.Diagnostics) Line(output, $"           {diagnostic.Severity}: {diagnostic.Message} [{diagnostic.Code}]");
        Line(output, $"3 wanted   {Wanted(plan.Row.Desired, Show)}");
        Line(output, plan.Current is { } current ? $"4 tenant   {Current(current, Show)}" : "4 tenant   not read");
        if (plan.IsPrivileged) Line(output, "           the user holds an active directory role");
        Line(output, $"5 plan     {plan.Plan.Situation.Name()}: "
            + $"{Quantity.Of(plan.Plan.MethodsBefore, "usable method")} now, {plan.Plan.MethodsAfter} afterwards, of what can be read");
        UserEntry entry = UserEntries.From(plan, digests);
        if (!reveal) entry = Masking.Mask(entry, digests);
        int number = 0;
        foreach (OperationEntry operation in entry.Operations)
        {
            Line(output, $"           {++number}. {operation.Action.Name()} "
                + $"{operation.Method}{(operation.Slot is { } slot ? " " + PhoneTypes.Name(slot) : "")}{(operation.Id is { } id ? " " + id : "")}: "
                + $"{operation.Before ?? "(empty)"} -> {operation.After ?? "(empty)"} because {ReasonWords.Words(operation.Reason)}");
        }

        foreach (HeldPart held in plan.Plan.Held) Line(output, $"           held: {held.Part.Name()} [{held.Code}] {held.Message}");

        string Show(string? text) => text is null ? "(empty)" : reveal ? text : Masking.Number(text, digests) ?? "(empty)";
    }

    private static string Wanted(DesiredMethods desired, Func<string?, string> show)
    {
        List<string> parts = [];
        foreach (PhoneType type in Enum.GetValues<PhoneType>())
        {
            if (desired[type].IsManaged) parts.Add($"{PhoneTypes.Name(type)} "
                + $"{(desired[type].TryGet(out PhoneNumber number) ? show(number.Canonical()) : "none")}");
        }

        if (desired.Email.IsManaged) parts.Add(desired.Email.Kind == ManagedKind.Value ? "email given" : "email none");
        parts.AddRange(desired.Removals.Select(r => r.All ? $"remove all {r.Kind.Name()}" : $"remove {r.Ids.Length} {r.Kind.Name()}"));
        if (desired.SmsSignIn is { } on) parts.Add($"smsSignIn {(on ? "on" : "off")}");
        if (desired.Preferred is { } preferred) parts.Add($"default {preferred.Name()}");
        return parts.Count == 0 ? "nothing is managed" : string.Join(", ", parts) + "; everything else stays as it is";
    }

    private static string Current(CurrentMethods current, Func<string?, string> show)
    {
        List<string> parts = [.. Enum.GetValues<PhoneType>().Where(t => !current[t].IsEmpty)
            .Select(t => $"{PhoneTypes.Name(t)} {show(current[t].FullText())}")];
        if (!current.Mobile.IsEmpty) parts.Add($"SMS sign-in {current.SmsSignIn}");
        if (current.Email is not null) parts.Add("an e-mail method");
        parts.AddRange(current.Others.GroupBy(o => o.Kind).Select(g => $"{g.Count()} {g.Key.Name()}"));
        if (current.Default.Knowledge == DefaultMethodKnowledge.Known) parts.Add($"default {current.Default.Method.Name()}");
        string unread = current.Unread == KindSet.None ? "" : $"; not read: {string.Join(", ", current.Unread.Names())}";
        return (parts.Count == 0 ? "no method" : string.Join(", ", parts)) + unread;
    }

    private static void Line(TextWriter output, string text) => output.WriteLine(Visible.Escape(text));
}
