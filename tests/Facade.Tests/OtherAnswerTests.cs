using ProvisioningConnector.Facade.Tests.Openidm;
using ProvisioningConnector.Facade.Tests.Plain;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Sandbox.Http;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>A gateway answers in Microsoft Graph's place: no caller may take that for an
/// unknown user, a missing right or a value that is not accepted.</summary>
public sealed class OtherAnswerTests
{
    private const string Phones = """{"__phoneAuthenticationMethods__":["+1 2065550150:mobile"]}""";
    private static readonly int[] Statuses = [404, 403, 200];

    [Test]
    public async Task An_IDM_is_answered_503_for_every_read_and_write([ValueSource(nameof(Statuses))] int status, [Values("", "methods.list")] string kind)
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(1), tenant: """, "ProtectPrivileged": "Off" """);
        bench.Sandbox.Faults = Page(status, kind);

        Answer[] answers = await Task.WhenAll(kind switch
        {
            "" => (Task<Answer>[])[bench.GetAsync(SystemBench.PathOf(1)), bench.GetAsync($"{SystemBench.Users}?_queryFilter=true"),
                bench.PutAsync(SystemBench.PathOf(1), Phones)],
            _ => [bench.GetAsync($"{SystemBench.PathOf(1)}?_fields=__phoneAuthenticationMethods__"), bench.PutAsync(SystemBench.PathOf(1), Phones)],
        });

        foreach (Answer answer in answers) Assert.That((answer.Status, answer.Headers.ContainsKey("Retry-After")), Is.EqualTo((503, true)), answer.Body);
        if (kind.Length == 0) Assert.That(answers[0].Code(), Is.EqualTo("PP108"), answers[0].Body);
        Assert.That(bench.Writes, Is.Zero);
    }

    [Test]
    public async Task A_page_in_the_middle_of_a_change_is_no_refusal([Values(2, 3)] int read, [Values] bool plain)
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(1), tenant: """, "ProtectPrivileged": "Off" """);
        bench.Sandbox.Faults = Page(404, "methods.list", $"\"nth\": {read}, \"every\": 1,");
        Answer answer = await (plain
            ? bench.SendAsync("PUT", $"/api/v1/tenants/azuread/users/{SystemBench.Id(1)}/phones/mobile", """{"number":"+1 2065550150"}""")
            : bench.PutAsync(SystemBench.PathOf(1), Phones));
        Assert.That(answer.Status, Is.EqualTo(503), answer.Body);
    }

    [Test]
    public async Task The_plain_API_answers_503_for_every_read_and_write([ValueSource(nameof(Statuses))] int status)
    {
        await using PlainStage stage = await PlainStage.OpenAsync(tenant: """ "ProtectPrivileged": "Off" """);
        stage.Sandbox.Faults = Page(status, "");

        Answer[] answers = await Task.WhenAll(stage.GetAsync("ben@contoso.com/methods"),
            stage.PutAsync("ben@contoso.com/phones/mobile", """{"number":"+1 2065550150"}"""), stage.DeleteAsync("ben@contoso.com/phones/mobile"));

        foreach (Answer answer in answers) Assert.That(answer.Problem(), Is.EqualTo((503, "PP108")), answer.Body);
        Assert.That(answers[0].Text("detail"), Does.Contain($"HTTP {status}").And.Contain("Blocked by Example Gateway"));
        Assert.That(stage.Applied, Is.Empty);
    }

    private static FaultPlan Page(int status, string kind, string when = "") => FaultPlan.Parse($$$"""
        { "rules": [ { {{{when}}} "match": { {{{(kind.Length == 0 ? "" : $"\"kind\": \"{kind}\"")}}} },
          "then": { "answer": { "status": {{{status}}}, "text": "<html><head><title>Blocked by Example Gateway</title></head></html>" } } } ] }
        """);
}
