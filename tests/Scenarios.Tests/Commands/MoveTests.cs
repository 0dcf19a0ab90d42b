using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Serving;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Commands;

/// <summary>Numbers that move between users who sign in with them, through the real executable.</summary>
public sealed class MoveTests
{
    private const int Users = 20;

    [Test]
    public async Task Ten_swaps_are_planned_saved_and_applied_and_the_second_plan_is_empty()
    {
        using Shell shell = new(TimeProvider.System);
        await using SandboxServer sandbox = await OpenAsync(shell);

        Answer plan = await ProvisionProcess.RunAsync(shell.Folder, "plan", "people.csv", "--config", "settings.json", "--out", "plan.json");
        Answer apply = await ProvisionProcess.RunAsync(shell.Folder, "apply", "plan.json", "--yes", "--config", "settings.json");
        Answer again = await ProvisionProcess.RunAsync(shell.Folder, "plan", "people.csv", "--config", "settings.json", "--detailed-exitcode");

        Assert.That(plan.Output, Does.Contain("moves here from u01@contoso.com, the old one to u01@contoso.com"));
        Assert.That(apply.Exit, Is.Zero, $"{apply}");
        Assert.That(again.Exit, Is.Zero, $"{again}");
        Assert.That(Unfinished(sandbox), Is.Empty);
    }

    [Test]
    public async Task Who_lost_sms_sign_in_is_no_success_and_a_second_run_gives_it_back()
    {
        await using Stage stage = await Stage.OpenAsync(Seed, Settings());
        stage.Shell.Write("people.csv", Source);
        SandboxServer sandbox = stage.Sandbox;
        // The breaker's own number is refused, after the other one has taken the number that it freed.
        sandbox.Faults = FaultPlan.Parse($$$"""
            {"rules":[{"match":{"kind":"phone.update","user":"{{{First(sandbox)}}}"},"count":1,
              "then":{"answer":{"status":400,"code":"badRequest","message":"No."} } } ]}
            """);

        Answer first = await stage.RunAsync("apply", "@people.csv", "--yes", "--format", "json");
        int lost = Unfinished(sandbox).Length;
        Answer second = await stage.RunAsync("apply", "@people.csv", "--yes", "--format", "json");

        Assert.That(first.Exit, Is.EqualTo(4), $"{first}");
        Assert.That(lost, Is.EqualTo(1));
        Assert.That(first.Output, Does.Contain("smsSignInLost"));
        Assert.That(second.Exit, Is.Zero, $"{second}");
        Assert.That(Unfinished(sandbox), Is.Empty);
    }

    [Test]
    public async Task A_change_of_one_user_that_loses_sms_sign_in_is_no_success_and_the_next_run_gives_it_back()
    {
        await using Stage stage = await Stage.OpenAsync(Seed, Settings());
        stage.Shell.Write("people.csv", $"user,mobile\n{Name(0)},{Number(1)}\n{Name(1)},+1 2065559999\n");

        Answer taken = await ProvisionProcess.RunAsync(
            stage.Shell.Folder, "set-phone", Name(0), $"{Number(1)}:mobile", "--yes", "--format", "json", "--config", "settings.json");
        Answer run = await ProvisionProcess.RunAsync(stage.Shell.Folder, "apply", "people.csv", "--yes", "--incremental", "--config", "settings.json");

        Assert.That(taken.Exit, Is.EqualTo(4), $"{taken}");
        Assert.That(taken.Output, Does.Contain("smsSignInLost").And.Contain("the next run of a list with this user switches SMS sign-in on again"));
        Assert.That(run.Exit, Is.Zero, $"{run}");
        Assert.That(stage.Sandbox.Tenant.User(Name(0)).Credentials.Mobile?.SmsSignIn, Is.EqualTo(StoredSmsState.Ready));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Signals.")]
    public async Task A_run_that_is_killed_between_two_users_who_exchange_numbers_is_gone_on_with()
    {
        using Shell shell = new(TimeProvider.System);
        await using SandboxServer sandbox = await OpenAsync(shell);
        sandbox.Faults = FaultPlan.Parse("""{"rules":[{"match":{"kind":"phone.update"},"nth":4,"every":1,"count":99,"then":{"delayBefore":1500}}]}""");
        using (ProvisionProcess process = ProvisionProcess.Start(shell.Folder, ["apply", "people.csv", "--yes", "--config", "settings.json"]))
        {
            while (sandbox.Journal.AppliedWriteCount < 12 && !process.HasExited) await Task.Delay(1);
            process.SendKill();
            await process.EndAsync();
        }

        Assert.That(Unfinished(sandbox), Is.Not.Empty);
        sandbox.Faults = FaultPlan.None;
        Answer runs = await shell.RunAsync("runs", "--format", "json");
        string run = Lines.Text(runs.Document.GetProperty("runs")[0], "runId")!;
        Answer resumed = await ProvisionProcess.RunAsync(shell.Folder, "resume", run, "--yes", "--config", "settings.json");

        Assert.That(resumed.Exit, Is.Zero, $"{resumed}");
        Assert.That(Unfinished(sandbox), Is.Empty);
        Assert.That(sandbox.Journal.AppliedWrites.Select(Lines.Applied), Is.Unique);
    }

    private static string Name(int number) => $"u{number:D2}@contoso.com";

    private static string Number(int number) => $"+1 20655501{number:D2}";

    private static string Source => "user,mobile\n" + string.Concat(Enumerable.Range(0, Users).Select(n => $"{Name(n)},{Number(n ^ 1)}\n"));

    private static SandboxSeed Seed => new()
    {
        Users =
        [
            .. Enumerable.Range(0, Users).Select(n => new SeedUser
            {
                UserPrincipalName = Name(n), Phones = new SeedPhones { Mobile = Number(n) }, SmsSignInScope = true, SmsSignInState = StoredSmsState.Ready,
            }),
        ],
    };

    private static JsonObject Settings() => new() { ["RequestTimeout"] = "00:00:05", ["Guardrails"] = new JsonObject { ["MaxUpdates"] = "none" } };

    private static async Task<SandboxServer> OpenAsync(Shell shell)
    {
        SandboxServer sandbox = await SandboxServer.StartAsync(new SandboxOptions { Seed = Seed }, CancellationToken.None);
        shell.Configure(sandbox.Address.GetLeftPart(UriPartial.Authority), sandbox.Tenant.TenantId.ToString(), Settings());
        shell.Write("people.csv", Source);
        return sandbox;
    }

    /// <summary>Users who do not have the number of the source, or do not sign in with it.</summary>
    private static string[] Unfinished(SandboxServer sandbox) =>
    [
        .. Enumerable.Range(0, Users).Where(n => sandbox.Tenant.User(Name(n)) is var user
            && (user.Mobile != Number(n ^ 1) || user.Credentials.Mobile?.SmsSignIn != StoredSmsState.Ready)).Select(Name),
    ];

    /// <summary>Of the first two users the one who frees the number first: the smaller object id.</summary>
    private static string First(SandboxServer sandbox) =>
        string.CompareOrdinal($"{sandbox.Tenant.User(Name(0)).Id}", $"{sandbox.Tenant.User(Name(1)).Id}") < 0 ? Name(0) : Name(1);
}
