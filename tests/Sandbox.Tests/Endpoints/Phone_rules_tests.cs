using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Tests.Support;

namespace ProvisioningConnector.Sandbox.Tests.Endpoints;

/// <summary>docs/graph.md#phone-requests and docs/graph.md#phone-constraints.</summary>
public sealed class Phone_rules_tests
{
    private Stage _stage = null!;
    private int _users;

    [OneTimeSetUp]
    public async Task Open() => _stage = await Stage.Open();

    [OneTimeTearDown]
    public async Task Close() => await _stage.DisposeAsync();

    private (SandboxUser User, string Phones) Given(string? mobile = null, string? alternate = null,
        string? office = null, string? defaultMethod = null, params SeedMethod[] methods)
    {
        SandboxUser user = _stage.Add("u" + Interlocked.Increment(ref _users), mobile, alternate, office, defaultMethod: defaultMethod, methods: methods);
        return (user, $"/v1.0/users/{user.Id}/authentication/phoneMethods");
    }

    private static string Body(string number, string type) => $$"""{"phoneNumber":"{{number}}","phoneType":"{{type}}"}""";

    [TestCase("mobile", SlotNames.MobileId)]
    [TestCase("office", SlotNames.OfficeId)]
    public async Task A_phone_is_created_in_its_fixed_slot_and_answered_with_201(string type, string id)
    {
        (SandboxUser? user, string? phones) = Given();
        Reply reply = await _stage.Client.Post(phones, Body("+1 2065550100", type));
        Assert.That((reply.Status, reply.Json.GetProperty("id").GetString()), Is.EqualTo((201, id)));
        Assert.That(user.Phone(SlotNames.FromId(id)!.Value), Is.EqualTo("+1 2065550100"));
    }

    [Test]
    public async Task An_occupied_type_cannot_be_created_again()
    {
        (SandboxUser? user, string? phones) = Given(mobile: "+1 2065550100");
        Assert.That((await _stage.Client.Post(phones, Body("+1 2065550101", "mobile"))).Status, Is.EqualTo(400));
        Assert.That(user.Mobile, Is.EqualTo("+1 2065550100"));
    }

    [Test]
    public async Task An_alternate_mobile_needs_a_mobile()
    {
        (SandboxUser? user, string? phones) = Given(office: "+1 2065550100");
        Assert.That((await _stage.Client.Post(phones, Body("+1 2065550101", "alternateMobile"))).Status, Is.EqualTo(400));
        Assert.That(user.AlternateMobile, Is.Null);
    }

    [Test]
    public async Task A_mobile_is_not_deleted_under_an_alternate()
    {
        (SandboxUser? user, string? phones) = Given(mobile: "+1 2065550100", alternate: "+1 2065550101");
        Reply reply = await _stage.Client.Delete($"{phones}/{SlotNames.MobileId}");
        Assert.That(reply.Message, Does.Contain("without first deleting alternate mobile number"));
        Assert.That(user.Mobile, Is.Not.Null);
    }

    [Test]
    public async Task A_default_is_not_deleted_while_other_methods_exist_but_as_the_last_one_it_is()
    {
        (SandboxUser? user, string? phones) = Given(mobile: "+1 2065550100", office: "+1 2065550101", defaultMethod: "sms");
        Reply refused = await _stage.Client.Delete($"{phones}/{SlotNames.MobileId}");
        Assert.That((refused.Status, refused.ErrorCode), Is.EqualTo((400, "badRequest")));
        Assert.That((await _stage.Client.Delete($"{phones}/{SlotNames.OfficeId}")).Status, Is.EqualTo(204));
        Assert.That((await _stage.Client.Delete($"{phones}/{SlotNames.MobileId}")).Status, Is.EqualTo(204));
        Assert.That((user.Mobile, user.Credentials.Default), Is.EqualTo(((string?)null, (SignInPreference?)null)));
    }

    [TestCase("v1.0", 204)]
    [TestCase("beta", 200)]
    public async Task A_patch_answers_204_without_body_on_v1_and_the_object_on_beta(string version, int status)
    {
        (SandboxUser? user, _) = Given(mobile: "+1 2065550100");
        Reply reply = await _stage.Client.Patch($"/{version}/users/{user.Id}/authentication/phoneMethods/{SlotNames.MobileId}",
            Body("+1 2065550199", "mobile"));
        Assert.That((reply.Status, reply.Text.Length > 0, user.Mobile), Is.EqualTo((status, status == 200, "+1 2065550199")));
    }

    [TestCase("2065550100")]
    [TestCase("+1 206-555-0100")]
    [TestCase("+1")]
    [TestCase("")]
    [TestCase("+0 2065550100")]
    public async Task A_number_of_another_form_is_refused(string number)
    {
        (SandboxUser? user, string? phones) = Given();
        Assert.That((await _stage.Client.Post(phones, Body(number, "mobile"))).Status, Is.EqualTo(400));
        Assert.That(user.Mobile, Is.Null);
    }

    [TestCase("+12065550100", "+1 2065550100")]
    [TestCase("+491701234567", "+49 1701234567")]
    [TestCase("+351912345678", "+351 912345678")]
    public async Task A_number_without_space_comes_back_with_one(string sent, string stored)
    {
        (SandboxUser? user, string? phones) = Given();
        await _stage.Client.Post(phones, Body(sent, "mobile"));
        Assert.That(user.Mobile, Is.EqualTo(stored));
    }

    [Test]
    public async Task An_empty_slot_is_not_found_by_any_verb()
    {
        (_, string? phones) = Given(mobile: "+1 2065550100");
        string slot = $"{phones}/{SlotNames.OfficeId}";
        Assert.That((await _stage.Client.Get(slot)).Status, Is.EqualTo(404));
        Assert.That((await _stage.Client.Patch(slot, Body("+1 2065550101", "office"))).Status, Is.EqualTo(404));
        Assert.That((await _stage.Client.Delete(slot)).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Put_is_not_routed()
    {
        (SandboxUser? user, string? phones) = Given(mobile: "+1 2065550100");
        Reply reply = await _stage.Client.Send("PUT", $"{phones}/{SlotNames.MobileId}", Body("+1 2065550199", "mobile"));
        Assert.That((reply.Status, user.Mobile), Is.EqualTo((405, "+1 2065550100")));
    }
}
