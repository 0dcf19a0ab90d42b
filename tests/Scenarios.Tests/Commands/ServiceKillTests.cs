using System.Text.Json.Nodes;

namespace ProvisioningConnector.Scenarios.Tests.Commands;

/// <summary>The service killed at random moments while it changes a user in three operations, started again, and asked for the same change.</summary>
[Platform("Linux", Reason = "Signals, and only Linux says when a process began.")]
[Parallelizable(ParallelScope.All)]
public sealed class ServiceKillTests
{
    private const int RequestTimeout = 3;

    [Test]
    public Task A_repeat_settles_what_a_killed_service_left() => KillAsync(2, seed: 1);

    [Test]
    [Explicit("The longer test: 50 kills, ten minutes. dotnet test tests/Scenarios.Tests --filter Fifty_kills_of_the_service")]
    public Task Fifty_kills_of_the_service_leave_nothing_that_a_repeat_does_not_settle() => KillAsync(50, seed: 2);

    private static async Task KillAsync(int kills, int seed)
    {
        Random chance = new(seed);
        JsonObject tenant = new() { ["RequestTimeout"] = "00:00:03", ["LeaseDuration"] = "00:05:00" };
        await using Served served = await Served.StartAsync(writeDelay: 1_000, tenant: tenant);
        for (int kill = 1; kill <= kills; kill++)
        {
            Task<int> change = PutAsync(served, kill, []);
            await Task.Delay(chance.Next(4_000));
            served.Process.SendKill();
            await served.Process.EndAsync();
            int first = await change;

            await served.RestartAsync();
            List<Wait> waits = [];
            int status = await PutAsync(served, kill, waits);
            while (status == 503 && waits.Count < 20)
            {
                await Task.Delay(TimeSpan.FromSeconds(waits[^1].Seconds));
                status = await PutAsync(served, kill, waits);
            }

            TestContext.Out.WriteLine($"seed {seed}, kill {kill}: answered {first}, reported to wait {string.Join(' ', waits)}");
            Assert.That((kill, status, served.Phones), Is.EqualTo((kill, 200, Numbers(kill))));
            int[] locks = [.. waits.Where(wait => wait.IsForLock).Select(wait => wait.Seconds)];
            Assert.That(locks, Is.All.InRange(1, RequestTimeout), $"kill {kill}: no lock lasts longer than a request may take");
        }

        await Task.Delay(TimeSpan.FromSeconds(RequestTimeout));
        Assert.That(served.Phones, Is.EqualTo(Numbers(kills)), "nothing lands later");
        Assert.That(served.Sandbox.Journal.OverlappingWrites, Is.Zero);
    }

    /// <summary>Replaces all three numbers; 0 where the connection broke. Adds to the waits what the service says.</summary>
    private static async Task<int> PutAsync(Served served, int change, List<Wait> waits)
    {
        (string? mobile, string? alternate, string? office) = Numbers(change);
        JsonArray phones = [$"{mobile}:mobile", $"{alternate}:alternateMobile", $"{office}:office"];
        using StringContent body = new(new JsonObject { ["__phoneAuthenticationMethods__"] = phones }.ToJsonString(), null, "application/json");
        try
        {
            using HttpResponseMessage answer = await served.Client.PutAsync(new Uri($"/openidm/system/contoso/user/{Served.User}", UriKind.Relative), body);
            if (answer.Headers.RetryAfter?.Delta is { } wait)
            {
                string text = await answer.Content.ReadAsStringAsync();
                waits.Add(new Wait((int)wait.TotalSeconds, IsForLock: !text.Contains("goes on here", StringComparison.Ordinal)));
            }

            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    /// <summary>What a 503 says; one that is not for a lock says that the change goes on after a slow reply.</summary>
    private sealed record Wait(int Seconds, bool IsForLock);

    private static (string?, string?, string?) Numbers(int change) => ($"+1 206555{change:D2}10", $"+1 206555{change:D2}11", $"+1 206555{change:D2}12");
}
