using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Tests.Pipeline;

/// <summary>Steps of <c>migrate</c> write outside a sandbox only where this version asked the tenant (docs/retirement.md#ask-the-tenant-first).</summary>
public sealed class ProbeRuleTests
{
    private const string Version = "1.2.3";
    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private static readonly PlanOrigin[] Origins =
    [
        new PlanOrigin.Source(), new PlanOrigin.StandardInput(), new PlanOrigin.Undo("r1"), new PlanOrigin.Migration(PlanOrigin.Migration.Default),
        new PlanOrigin.Migration(PlanOrigin.Migration.Cleanup), new PlanOrigin.Migration("later"), new PlanOrigin.Action("set-phone"),
        new PlanOrigin.Action("issue-tap"), new PlanOrigin.Action(PlanOrigin.Action.Rescue), new PlanOrigin.Request(null),
    ];

    [Test]
    public void It_concerns_every_step_that_writes_and_neither_undo_nor_what_takes_a_pass_back([Values] bool takesBack)
    {
        Assert.That(Origins.Where(origin => ProbeRule.Concerns(origin, takesBack)), Is.EqualTo(takesBack
            ? []
            : Origins.Where(static origin => origin is PlanOrigin.Migration or PlanOrigin.Action { Operation: "rescue" })));
    }

    [Test]
    public void Only_a_sandbox_a_probe_of_this_tenant_by_this_version_or_a_reason_lets_it_write(
        [Values] bool sandbox, [Values(null, "contoso", "CONTOSO", "fabrikam")] string? probed, [Values(Version, "1.2.2", "1.2.30", "")] string version,
        [Values(null, "", "  ", "test tenant")] string? reason)
    {
        TenantIdentity tenant = new("prod", "contoso", "Global", sandbox);
        KnownProbe? probe = probed is null ? null : new KnownProbe(probed, version, Noon);

        bool writes = ProbeRule.Missing(tenant, probe, Version, reason).IsEmpty;

        bool asked = probed is "contoso" or "CONTOSO" && version == Version;
        Assert.That(writes, Is.EqualTo(sandbox || asked || reason == "test tenant"));
    }

    [Test]
    public void The_refusal_names_the_command()
    {
        TenantIdentity tenant = new("prod", "contoso", "Global", false);

        Assert.That(ProbeRule.Missing(tenant, null, Version, null).Single().Message, Does.Contain("provision doctor --probe").And.Contain("--unproven"));
    }
}
