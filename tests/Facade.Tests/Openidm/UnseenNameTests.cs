namespace ProvisioningConnector.Facade.Tests.Openidm;

/// <summary>Names of users in paths and filters are taken as they look.</summary>
public sealed class UnseenNameTests
{
    [Test]
    public async Task OpenIDM_names_are_cut_at_the_ends_and_refused_inside()
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(1));
        string name = (await bench.GetAsync(SystemBench.PathOf(1))).Json().GetProperty("userPrincipalName").GetString() ?? "";
        const string Body = "{\"__phoneAuthenticationMethods__\":[\"+1 2065550199:mobile\"]}";

        Answer inside = await bench.PutAsync($"{SystemBench.PathOf(1)[..^3]}%E2%80%8B{SystemBench.PathOf(1)[^3..]}", Body);
        Answer ends = await bench.PutAsync($"{SystemBench.Users}/%E2%80%8B{SystemBench.Id(1)}%EF%BB%BF", Body);
        Answer found = await bench.GetAsync($"{SystemBench.Users}?_queryFilter={Uri.EscapeDataString($"userPrincipalName eq \"\u200B{name}\uFEFF\"")}");
        Answer refused = await bench.GetAsync(
            $"{SystemBench.Users}?_queryFilter={Uri.EscapeDataString($"userPrincipalName eq \"{name.Insert(1, "\u200B")}\"")}");

        Assert.That((inside.Status, inside.Code()), Is.EqualTo((400, "invisibleCharacter")), inside.Body);
        Assert.That((ends.Status, bench.Writes), Is.EqualTo((200, 1)), ends.Body);
        Assert.That(found.Json().GetProperty("resultCount").GetInt32(), Is.EqualTo(1), found.Body);
        Assert.That((refused.Status, refused.Code()), Is.EqualTo((400, "invisibleCharacter")), refused.Body);
    }
}
