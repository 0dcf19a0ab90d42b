using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Graph.Secrets;
using ProvisioningConnector.Graph.Tests.Support;
using static ProvisioningConnector.TestKit.TestAuthority;

namespace ProvisioningConnector.Graph.Tests;

/// <summary>Every writer demands the right to write last, immediately before each request leaves.</summary>
public sealed class WriteAuthorityTests
{
    private static readonly Operation[] WithSecrets =
    [
        new Operation.ResetPassword(Some.Reason) { Request = new PasswordResetRequest(PasswordRoute.PasswordProfile, IsGiven: false) },
    ];

    [Test]
    public void Where_the_lock_bars_it_nothing_leaves([Values] bool withdrawn)
    {
        StubGraph stub = StubGraph.Create(() => StubGraph.Json(201, "{}"));
        using Rig rig = new(stub);
        Action demand = withdrawn ? () => throw new SendWithdrawnException() : () => throw new SendBarredException("Too little is left.");
        GraphSecretWriter secrets = new(rig.Connection, () => Secret.From("made-by-us"), rig.Time);

        Type expected = withdrawn ? typeof(SendWithdrawnException) : typeof(SendBarredException);
        Assert.That(async () => await rig.Writer.SendAsync(For(Rig.Uid, demand), Some.Add(), default), Throws.TypeOf(expected));
        foreach (Operation operation in WithSecrets)
        {
            Assert.That(async () => await secrets.SendAsync(For(Rig.Uid, demand), operation, new SecretEnvelope(null), default), Throws.TypeOf(expected));
        }

        Assert.That(stub.Seen, Is.Empty);
        Assert.That(rig.Pacer.Snapshot().Writes.Cost, Is.Zero, "what never left cost no quota");
    }

    [Test]
    public async Task It_is_demanded_again_before_every_repeat_and_after_all_waiting()
    {
        List<string> order = [];
        StubGraph stub = new((_, number) =>
        {
            order.Add("sent");
            return number < 3 ? StubGraph.Error(429, "TooManyRequests", "Slow down.", ("Retry-After", "1")) : StubGraph.Json(201, "{}");
        });
        using Rig rig = new(stub);

        await rig.Writer.SendAsync(For(Rig.Uid, () => order.Add("demanded")), Some.Add(), default);

        Assert.That(order, Is.EqualTo(new[] { "demanded", "sent", "demanded", "sent", "demanded", "sent" }));
    }
}
