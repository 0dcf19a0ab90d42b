using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Sandbox.Tests.Support;

namespace ProvisioningConnector.Sandbox.Tests.Endpoints;

/// <summary>docs/graph.md#password-reset.</summary>
public sealed class Password_reset_tests
{
    // {"alg":"none"}.{"scp":"UserAuthenticationMethod.ReadWrite.All"}.
    private const string Delegated = "eyJhbGciOiJub25lIn0.eyJzY3AiOiJVc2VyQXV0aGVudGljYXRpb25NZXRob2QuUmVhZFdyaXRlLkFsbCJ9.x";

    private static async Task<(Stage Stage, SandboxUser User, string Path)> Open(PasswordResetSettings reset, string token = Delegated)
    {
        Stage stage = await Stage.Open(new SandboxSettings { PasswordReset = reset }, token: token);
        SandboxUser user = stage.Add("kim");
        return (stage, user, $"/v1.0/users/{user.Id}/authentication/methods/28c10230-6103-485e-b985-444c60001490/resetPassword");
    }

    private static async Task<List<(int Status, string? State)>> Poll(Stage stage, Reply accepted, int times)
    {
        List<(int, string?)> seen = new List<(int, string?)>();
        string next = new Uri(accepted.Headers["Location"]).PathAndQuery;
        for (int i = 0; i < times; i++)
        {
            Reply reply = await stage.Client.Get(next);
            seen.Add((reply.Status, reply.Text.Contains("\"status\"", StringComparison.Ordinal) ? reply.Json.GetProperty("status").GetString() : null));
            if (reply.Headers.TryGetValue("Location", out string? location)) next = new Uri(location).PathAndQuery;
        }
        return seen;
    }

    [Test]
    public async Task A_reset_is_accepted_and_followed_to_its_end()
    {
        (Stage? stage, SandboxUser? user, string? path) = await Open(new PasswordResetSettings { RunningPolls = 2 });
        await using Stage _ = stage;
        Reply accepted = await stage.Client.Post(path, "{}");
        Assert.That((accepted.Status, accepted.Headers["Retry-After"]), Is.EqualTo((202, "1")));
        Assert.That(accepted.Json.GetProperty("newPassword").GetString(), Is.Not.Empty);
        Assert.That((await Poll(stage, accepted, 3)).Select(p => p.State), Is.EqualTo(new[] { "running", "running", "succeeded" }));
        Assert.That(user.PasswordChanges, Is.EqualTo(1));
    }

    [Test]
    public async Task A_given_password_comes_back_in_no_body()
    {
        (Stage? stage, _, string? path) = await Open(new PasswordResetSettings());
        await using Stage __ = stage;
        Assert.That((await stage.Client.Post(path, """{"newPassword":"Cuyo5459!x"}""")).Text, Is.Empty);
        Assert.That((await stage.Client.Post(path, """{"newPassword":"short"}""")).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task The_query_string_of_the_location_must_be_kept()
    {
        (Stage? stage, _, string? path) = await Open(new PasswordResetSettings());
        await using Stage __ = stage;
        Uri location = new Uri((await stage.Client.Post(path, "{}")).Headers["Location"]);
        Assert.That((await stage.Client.Get(location.AbsolutePath)).Status, Is.EqualTo(404));
        Assert.That((await stage.Client.Get(location.PathAndQuery)).Status, Is.EqualTo(200));
    }

    [TestCase(ResetOutcome.Failed, 200, "failed")]
    [TestCase(ResetOutcome.Vanished, 404, null)]
    [TestCase(ResetOutcome.Endless, 200, "running")]
    [TestCase(ResetOutcome.Redirected, 302, null)]
    public async Task A_reset_may_end_otherwise(ResetOutcome outcome, int status, string? state)
    {
        (Stage? stage, SandboxUser? user, string? path) = await Open(new PasswordResetSettings { Outcome = outcome });
        await using Stage _ = stage;
        List<(int Status, string? State)> polls = await Poll(stage, await stage.Client.Post(path, "{}"), 3);
        Assert.That(polls[1], Is.EqualTo((status, state)));
        if (outcome == ResetOutcome.Redirected) Assert.That(polls[2].State, Is.EqualTo("succeeded"));
    }

    [Test]
    public async Task An_app_only_caller_may_not_reset_but_may_patch_the_password_profile()
    {
        (Stage? stage, SandboxUser? user, string? path) = await Open(new PasswordResetSettings(), token: "opaque");
        await using Stage _ = stage;
        Assert.That((await stage.Client.Post(path, "{}")).Status, Is.EqualTo(403));
        Assert.That((await stage.Client.Patch($"/v1.0/users/{user.Id}",
            """{"passwordProfile":{"password":"Cuyo5459!x","forceChangePasswordNextSignIn":true}}""")).Status, Is.EqualTo(204));
        Assert.That(user.PasswordChanges, Is.EqualTo(1));
    }
}
