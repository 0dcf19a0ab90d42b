using ProvisioningConnector.Facade.Tests.Openidm;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>One state of a user has one revision, in every API and whatever was read for it.</summary>
public sealed class RevisionTests
{
    private const string Plain = "/api/v1/tenants/azuread/users/";
    private const string Users = """
        "users": [ { "id": "00000001-0007-0007-0102-030405060708", "userPrincipalName": "u001@contoso.com", "displayName": "User 001",
          "phones": { "mobile": "+1 2065550100" },
          "methods": [ { "kind": "fido2", "id": "f1" }, { "kind": "hardwareOath", "id": "h1" } ] } ]
        """;

    // Without a field that needs them OpenIDM's read does not read the methods and has no revision.
    private static string Rev => $"{SystemBench.PathOf(1)}?_fields=_id,_rev";

    private static string[] Reads =>
    [
        Rev, $"{SystemBench.PathOf(1)}?_fields=__phoneAuthenticationMethods__", $"{Plain}{SystemBench.Id(1)}/phones",
            $"{Plain}{SystemBench.Id(1)}/phones/mobile",
        $"{Plain}{SystemBench.Id(1)}/methods", $"{Plain}{SystemBench.Id(1)}/methods?include=hardwareOath,defaultMethod", $"{Plain}u001@contoso.com/email",
    ];

    [Test]
    public async Task One_state_of_a_user_has_one_revision_in_every_API()
    {
        await using SystemBench bench = await SystemBench.StartAsync(Users);

        List<string?> tags = [];
        foreach (string path in Reads) tags.Add((await bench.GetAsync(path)).Headers.GetValueOrDefault("ETag"));

        Assert.That(tags, Is.All.Not.Null);
        Assert.That(tags.Distinct().Count(), Is.EqualTo(1), string.Join(' ', tags));
        Assert.That((await bench.GetAsync($"{Plain}{SystemBench.Id(1)}/methods?include=hardwareOath")).Body, Does.Contain("hardwareOath"));
    }

    [Test]
    public async Task If_Match_read_in_one_API_guards_a_change_in_the_other()
    {
        await using SystemBench bench = await SystemBench.StartAsync(Users);
        string first = (await bench.GetAsync(Rev)).Headers["ETag"];

        Answer plain = await bench.PutAsync($"{Plain}{SystemBench.Id(1)}/phones/office", """{"number":"+1 2065550101"}""", ("If-Match", first));
        Answer late = await bench.PutAsync(SystemBench.PathOf(1),
            """{"__phoneAuthenticationMethods__":["+1 2065550102:mobile","+1 2065550101:office"]}""", ("If-Match", first));
        Answer openidm = await bench.PutAsync(SystemBench.PathOf(1), """{"__phoneAuthenticationMethods__":["+1 2065550102:mobile","+1 2065550101:office"]}""",
            ("If-Match", plain.Headers["ETag"]));
        Answer lost = await bench.PutAsync($"{Plain}{SystemBench.Id(1)}/phones/office", """{"number":"+1 2065550103"}""", ("If-Match", first));
        Answer again = await bench.PutAsync($"{Plain}{SystemBench.Id(1)}/phones/office", """{"number":"+1 2065550103"}""",
            ("If-Match", openidm.Headers["ETag"]));

        Assert.That((plain.Status, late.Status, openidm.Status, lost.Status, again.Status), Is.EqualTo((201, 412, 200, 412, 200)),
            $"{plain} {openidm} {again}");
        Assert.That(again.Headers["ETag"], Is.EqualTo((await bench.GetAsync(Rev)).Headers["ETag"]));
    }

    [Test]
    public async Task A_change_that_reads_hardware_tokens_answers_with_the_revision_that_a_read_has()
    {
        await using SystemBench bench = await SystemBench.StartAsync(Users);
        string read = (await bench.GetAsync(Rev)).Headers["ETag"];

        Answer removed = await bench.PutAsync(SystemBench.PathOf(1), """{"__removeHardwareOathMethods__":["h1"]}""", ("If-Match", read));

        Assert.That((removed.Status, removed.Headers["ETag"]), Is.EqualTo((200, read)), removed.Body);
    }
}
