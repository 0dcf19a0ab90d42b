using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Tests.Support;

namespace ProvisioningConnector.Sandbox.Tests.Endpoints;

/// <summary>docs/graph.md#duplicate-numbers and docs/graph.md#sms-sign-in.</summary>
public sealed class Sms_sign_in_tests
{
    private Stage _stage = null!;
    private int _users;

    [OneTimeSetUp]
    public async Task Open() => _stage = await Stage.Open();

    [OneTimeTearDown]
    public async Task Close() => await _stage.DisposeAsync();

    private (SandboxUser User, string Phones) Given(bool inScope, string? mobile = null, bool guest = false)
    {
        SandboxUser user = _stage.Add("s" + Interlocked.Increment(ref _users), mobile, sms: inScope, guest: guest);
        return (user, $"/v1.0/users/{user.Id}/authentication/phoneMethods");
    }

    private Task<Reply> Add(string phones, string number) => _stage.Client.Post(phones, $$"""{"phoneNumber":"{{number}}","phoneType":"mobile"}""");

    [Test]
    public async Task Writing_a_mobile_in_scope_registers_it_for_sign_in()
    {
        (_, string? phones) = Given(inScope: true);
        Assert.That((await Add(phones, "+1 2065550120")).Json.GetProperty("smsSignInState").GetString(), Is.EqualTo("ready"));
    }

    [Test]
    public async Task A_number_that_another_signs_in_with_is_saved_and_answered_409()
    {
        (_, string? first) = Given(inScope: true);
        await Add(first, "+1 2065550121");
        (SandboxUser? user, string? second) = Given(inScope: true);
        Reply reply = await Add(second, "+12065550121");
        Assert.That((reply.Status, reply.ErrorCode), Is.EqualTo((409, "phoneNumberNotUnique")));
        Assert.That((user.Mobile, user.Credentials.Mobile!.SmsSignIn), Is.EqualTo(("+1 2065550121", StoredSmsState.PhoneNumberNotUnique)));
    }

    [Test]
    public async Task Without_sign_in_the_same_number_may_belong_to_many()
    {
        foreach (int _ in Enumerable.Range(0, 2))
            Assert.That((await Add(Given(inScope: false).Phones, "+1 2065550122")).Status, Is.EqualTo(201));
    }

    [Test]
    public async Task Out_of_scope_enabling_is_refused_by_policy_in_the_known_words()
    {
        (_, string? phones) = Given(inScope: false, mobile: "+1 2065550123");
        Reply reply = await _stage.Client.Post($"{phones}/{SlotNames.MobileId}/enableSmsSignIn");
        Assert.That(reply.ErrorCode, Is.EqualTo("disabledByPolicy"));
        Assert.That(reply.Message, Is.EqualTo("Can not enable Sms sign in on phone auth method as the credential policy is not enabled on user."));
    }

    [Test]
    public async Task A_patch_registers_again_what_was_switched_off()
    {
        (SandboxUser? user, string? phones) = Given(inScope: true);
        await Add(phones, "+1 2065550124");
        Assert.That((await _stage.Client.Post($"{phones}/{SlotNames.MobileId}/disableSmsSignIn")).Status, Is.EqualTo(204));
        Assert.That(user.Credentials.Mobile!.SmsSignIn, Is.EqualTo(StoredSmsState.NotEnabled));
        await _stage.Client.Patch($"{phones}/{SlotNames.MobileId}", """{"phoneNumber":"+1 2065550125","phoneType":"mobile"}""");
        Assert.That(user.Credentials.Mobile!.SmsSignIn, Is.EqualTo(StoredSmsState.Ready));
    }

    [Test]
    public async Task Guests_cannot_sign_in_by_sms()
    {
        (_, string? phones) = Given(inScope: true, guest: true);
        Assert.That((await Add(phones, "+1 2065550126")).Json.GetProperty("smsSignInState").GetString(), Is.EqualTo("notSupported"));
    }
}
