using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Composition.Tests.Configuration;

/// <summary>A sandbox can be on another day; a real tenant never is.</summary>
public sealed class RehearsalDateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 21, 15, 0, TimeSpan.Zero);

    [TestCase("2027-02-20")]
    [TestCase("2026-11-30")]
    [TestCase("2026-01-31")]
    public void A_sandbox_is_on_its_day_at_this_time_of_day(string day)
    {
        SetTime time = new();
        TimeProvider clock = RehearsalClock.For(Tenant(TenantKind.Sandbox, Day(day)), time);
        Assert.That(clock.GetUtcNow(), Is.EqualTo(new DateTimeOffset(Day(day), new TimeOnly(21, 15), TimeSpan.Zero)));
        time.Now += TimeSpan.FromHours(5);
        Assert.That(clock.GetUtcNow() - new DateTimeOffset(Day(day), new TimeOnly(21, 15), TimeSpan.Zero), Is.EqualTo(TimeSpan.FromHours(5)));
    }

    [Test]
    public void Every_other_tenant_has_the_time_of_the_machine()
    {
        SetTime time = new();
        Assert.That(RehearsalClock.For(Tenant(TenantKind.Sandbox, null), time), Is.SameAs(time));
        Assert.That(RehearsalClock.For(Tenant(TenantKind.Graph, new DateOnly(2027, 2, 20)), time), Is.SameAs(time));
    }

    [Test]
    public void A_date_of_a_real_tenant_is_an_error()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, """{ "DefaultTenant": "one", "Tenants": { "one": { "Kind": "Graph", "Date": "2027-02-20" } } }""");
        try
        {
            Assert.That(() => SettingsFile.Read(file),
                Throws.TypeOf<SettingsException>().With.Message.Contains("Tenants:one:Date: Only a tenant of kind Sandbox"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static TenantSettings Tenant(TenantKind kind, DateOnly? date) => new() { Name = "one", Kind = kind, Graph = new GraphTenantOptions(), Date = date };

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private sealed class SetTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = RehearsalDateTests.Now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
