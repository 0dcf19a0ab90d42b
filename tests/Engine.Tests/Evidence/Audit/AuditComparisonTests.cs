using ProvisioningConnector.Engine.Evidence.Audit;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Tests.Evidence.Audit;

public sealed class AuditComparisonTests
{
    private const string Tenant = "tenant-1";
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 2, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Sent = Now.AddDays(-4);

    [Test]
    public void What_both_know_is_matched_within_clocks_and_landing([Values(-59, 0, 299)] int seconds)
    {
        AuditComparison comparison = Compare([Done("a", Sent)], [new SecurityChange("A", Sent.AddSeconds(seconds), true)]);
        Assert.That((comparison.Matched, comparison.Unknown.Length, comparison.Missing.Length), Is.EqualTo((1L, 0, 0)));
    }

    [TestCase("a", -61, Tenant)]
    [TestCase("a", 301, Tenant)]
    [TestCase("b", 0, Tenant)]
    [TestCase("a", 0, "tenant-2")]
    public void A_change_of_ours_at_another_time_of_another_user_or_tenant_is_unknown(string uid, int seconds, string tenant)
    {
        AuditComparison comparison = Compare([Done("a", Sent) with { Tenant = tenant }], [new SecurityChange(uid, Sent.AddSeconds(seconds), true)]);
        Assert.That(comparison.Unknown, Has.Length.EqualTo(1));
    }

    [Test]
    public void A_request_that_left_and_with_an_unknown_outcome_explains_a_change()
    {
        AuditEntry requested = Done("a", Sent) with { Stage = AuditStage.Requested, At = Sent, SentAt = null, Outcome = null };
        Assert.That(Compare([requested], [new SecurityChange("a", Sent.AddSeconds(60), true)]).Unknown, Is.Empty);
    }

    [TestCase(-96, "done", null, OperationAction.Update, ExpectedResult = true)]
    [TestCase(-47, "done", null, OperationAction.Update, ExpectedResult = false, Description = "not visible yet")]
    [TestCase(-96, "unknown", null, OperationAction.Update, ExpectedResult = false)]
    [TestCase(-96, "failed", "PP400", OperationAction.Update, ExpectedResult = false)]
    [TestCase(-96, "done", "alreadyGone", OperationAction.Delete, ExpectedResult = false)]
    [TestCase(-96, "done", null, OperationAction.Prefer, ExpectedResult = false, Description = "settings need not be logged")]
    [TestCase(-24 * 30, "done", null, OperationAction.Update, ExpectedResult = false, Description = "before the comparison begins")]
    public bool Only_a_plain_success_that_should_be_visible_by_now_is_missed(int hours, string outcome, string? code, OperationAction action)
    {
        AuditEntry entry = Done("a", Now.AddHours(hours)) with { Outcome = outcome, Code = code };
        return Compare([entry with { Operation = entry.Operation! with { Action = action } }], []).Missing.Length == 1;
    }

    [Test]
    public void Changes_by_others_are_reported_once_each_and_explain_nothing()
    {
        SecurityChange theirs = new("a", Sent, false);
        AuditComparison comparison = Compare([Done("a", Sent)], [theirs, theirs]);
        Assert.That((comparison.ByOthers.Length, comparison.Unknown.Length, comparison.Missing.Length), Is.EqualTo((1, 0, 1)));
    }

    private static AuditComparison Compare(AuditEntry[] chain, SecurityChange[] tenant)
    {
        AuditComparison comparison = new(new AuditComparisonTerms { Since = Now.AddDays(-7), Until = Now }, Tenant);
        foreach (AuditEntry entry in chain) comparison.Observe(entry);
        foreach (SecurityChange change in tenant) comparison.Observe(change);
        comparison.End();
        return comparison;
    }

    private static AuditEntry Done(string uid, DateTimeOffset sentAt) => new()
    {
        At = sentAt.AddSeconds(1), Type = AuditType.Operation, Stage = AuditStage.Executed, Actor = "kim@here",
        ToolVersion = "1", Tenant = Tenant, RunId = "r1", Uid = uid,
        Outcome = "done", SentAt = sentAt, Operation = new AuditOperation(0, Part.Phones, OperationAction.Update, "phone", null, null, null, null, "differs"),
    };
}
