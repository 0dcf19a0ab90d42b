using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Ports;
using static ProvisioningConnector.Stores.Tests.Samples.Sample;

namespace ProvisioningConnector.Stores.Tests.Contract;

public abstract partial class PlanSpoolContract
{
    private const string One = "+1 2065550100";
    private const string Two = "+1 2065550101";
    private const string Three = "+1 2065550102";

    [Test]
    public async Task A_number_is_shared_by_users_over_mobile_and_alternateMobile()
    {
        await AddAsync(Row(0, "a", One));
        await AddAsync(Row(1, "b", Two, One));
        await AddAsync(Row(2, "c", One, Three));
        await AddAsync(Row(3, "d", Three));
        await AddAsync(Row(4, "e"));
        await AddAsync(Row(5, "f", "+1 2065550199"));
        await MatchAsync(User("a"), User("b"), User("c"), User("d"), User("e"), User("f"));
        Assert.That(await SharedAsync(), Is.EqualTo(new[] { 3, 3, 3, 2, 0, 1 }));
    }

    [Test]
    public async Task A_user_counts_once_for_a_number_however_often_it_is_wanted()
    {
        await AddAsync(Row(0, "a", One, One));
        await AddAsync(Row(1, "mail:a@contoso.com", One));
        await AddAsync(Row(2, "b", One));
        await MatchAsync(User("a", mail: "a@contoso.com"), User("b"));
        Assert.That(await SharedAsync(), Is.EqualTo(new[] { 2, 2, 2 }));
    }

    [Test]
    public async Task Rows_without_a_user_count_by_their_key_and_rows_without_a_key_by_themselves()
    {
        await AddAsync(Row(0, "unknown", One));
        await AddAsync(Row(1, "UNKNOWN", One));
        await AddAsync(Row(2, null, One));
        await AddAsync(Row(3, null, One));
        await AddAsync(Row(4, "employeeId:E1", One));
        await MatchAsync(User("a", employee: "E1"), User("b", employee: "E1"));
        Assert.That(await SharedAsync(), Is.EqualTo(new[] { 4, 4, 4, 4, 4 }));
    }

    [Test]
    public async Task Spelling_does_not_make_another_number_and_office_does_not_count()
    {
        await AddAsync(Row(0, "a", "+1 2065550100"));
        await AddAsync(Row(1, "b", "+12065550100"));
        await AddAsync(Row(2, "c") with { Desired = new() { Office = Wants(One), Mobile = Managed.None<PhoneNumber>() } });
        Assert.That(await SharedAsync(), Is.EqualTo(new[] { 2, 2, 0 }));
    }

    private async Task<int[]> SharedAsync() => [.. (await ResolvedAsync()).Select((ResolvedRow row) => row.SharedBy)];
}
