using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Notes;
using ProvisioningConnector.TestKit.Stores;

namespace ProvisioningConnector.Stores.Tests.Notes;

/// <summary>Passes on their way to people, kept as a note.</summary>
public sealed class NotedHandOversTests
{
    private static readonly DateTimeOffset At = new(2027, 2, 20, 8, 0, 0, TimeSpan.Zero);

    private readonly MemoryRunStore _store = new();

    [Test]
    public async Task What_is_kept_is_found_until_it_is_proved_and_over_or_forgotten()
    {
        NotedHandOvers kept = new(_store);
        await kept.KeepAsync("T", One("a"), At, default);
        await kept.KeepAsync("t", One("a") with { PassId = "p" }, At, default);
        await kept.KeepAsync("t", One("b") with { IsProved = true }, At, default);
        HandOver[] all = [.. await kept.AllAsync("t", default)];
        Assert.That(all.Select(one => (one.Id, one.PassId, one.IsProved, one.Before[0])),
            Is.EqualTo(new[] { ("a", "p", false, "x"), ("b", (string?)null, true, "x") }));

        await kept.KeepAsync("t", One("c"), At.AddHours(2), default);
        Assert.That((await kept.AllAsync("t", default)).Select(one => one.Id), Is.EqualTo(new[] { "a", "c" }), "what is proved and over is forgotten");
        await kept.ForgetAsync("t", "a", default);
        Assert.That((await kept.AllAsync("t", default)).Select(one => one.Id), Is.EqualTo(new[] { "c" }));
        Assert.That(await kept.AllAsync("other", default), Is.Empty);
    }

    [Test]
    public async Task An_approval_counts_once_and_not_for_ever()
    {
        NotedHandOvers kept = new(_store);
        RescueApproval first = new("u", "T", "kim@ops1", At.AddHours(1));
        RescueApproval second = new("v", "T", "kim@ops1", At.AddHours(9));
        await kept.ApproveAsync("t", first, At, default);
        await kept.ApproveAsync("t", second, At.AddHours(2), default);
        Assert.That(await kept.ApprovalsAsync("t", default), Is.EqualTo(new[] { second }));
        await kept.SpendAsync("t", second, default);
        Assert.That(await kept.ApprovalsAsync("t", default), Is.Empty);
    }

    [Test]
    public async Task The_note_has_these_names()
    {
        await new NotedHandOvers(_store).KeepAsync("t", One("a"), At, default);
        string? note = await _store.ReadNoteAsync("handOvers:t", default);
        Assert.That(note, Does.Contain("handOvers").IgnoreCase.And.Contain("begunAt").IgnoreCase.And.Contain("isProved").IgnoreCase
            .And.Contain("ticket").IgnoreCase.And.Contain("before").IgnoreCase);
    }

    private static HandOver One(string id) => new() { Id = id, Uid = "u", BegunAt = At, Minutes = 60, Proof = "video", Ticket = "T", Before = ["x"] };
}
