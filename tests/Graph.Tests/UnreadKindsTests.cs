using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Graph.Settings;
using ProvisioningConnector.Graph.Tests.Support;

namespace ProvisioningConnector.Graph.Tests;

/// <summary>What a reading says of kinds of which there is no list, or one that the service refuses.</summary>
public sealed class UnreadKindsTests
{
    private const string NoSegment = """{"error":{"code":"badRequest","message":"Resource not found for the segment"}}""";

    [TestCase(GraphCloud.Global, KindSet.None, KindSets.Beside)]
    [TestCase(GraphCloud.Global, KindSet.HardwareOath, KindSets.Beside & ~KindSet.HardwareOath)]
    [TestCase(GraphCloud.UsGov, KindSet.Fido2, KindSets.Beside)]
    [TestCase(GraphCloud.China, KindSet.None, KindSets.All & ~KindSet.MicrosoftAuthenticator)]
    [TestCase(GraphCloud.China, KindSets.All, KindSets.All & ~(KindSet.MicrosoftAuthenticator | KindSet.PlatformCredential))]
    public async Task A_reading_carries_the_kinds_that_it_does_not_cover(GraphCloud cloud, KindSet also, KindSet unread)
    {
        StubGraph stub = StubGraph.Create(() => StubGraph.Json(200, """{"value":[]}"""));
        using Rig rig = new(stub, options => options with { Cloud = cloud });
        Assert.That((await CompleteAsync(rig, also)).Unread, Is.EqualTo(unread));
        Assert.That(stub.Seen.Select(seen => seen.Path).Distinct().Count(), Is.EqualTo(stub.Seen.Length), "no list is read twice");
    }

    [Test]
    public async Task A_list_of_one_kind_that_the_service_refuses_leaves_that_kind_unread(
        [Values(GraphCloud.Global, GraphCloud.China)] GraphCloud cloud, [Values(400, 403, 404, 405, 501)] int status)
    {
        using Rig rig = new(new StubGraph((seen, _) => seen.Path.EndsWith("phoneMethods", StringComparison.Ordinal)
            || seen.Path.EndsWith("/methods", StringComparison.Ordinal)
            ? StubGraph.Json(200, """{"value":[]}""") : StubGraph.Json(status, NoSegment)),
            options => options with { Cloud = cloud });
        Assert.That((await CompleteAsync(rig, KindSets.All)).Unread, Is.EqualTo(cloud == GraphCloud.Global ? KindSets.Beside : KindSets.All));
    }

    [Test]
    public async Task A_user_without_a_QR_code_is_not_found_there_and_has_none()
    {
        using Rig none = new(new StubGraph((seen, _) => seen.Path.EndsWith("qrCodePinMethod", StringComparison.Ordinal)
            ? StubGraph.Json(404, """{"error":{"code":"resourceNotFound","message":"no"}}""") : StubGraph.Json(200, """{"value":[]}""")));
        CurrentMethods without = await CompleteAsync(none, KindSet.QrCodePin);
        Assert.That((without.Others.Length, without.Unread), Is.EqualTo((0, KindSet.HardwareOath)));

        using Rig one = new(new StubGraph((seen, _) => seen.Path.EndsWith("qrCodePinMethod", StringComparison.Ordinal)
            ? StubGraph.Json(200, """{"@odata.context":"x","id":"q1","pin":null}""") : StubGraph.Json(200, """{"value":[]}""")));
        CurrentMethods with = await CompleteAsync(one, KindSet.QrCodePin);
        Assert.That((with.Others.Single(), with.Unread), Is.EqualTo((new AuthenticationMethod(MethodKind.QrCodePin, "q1"), KindSet.HardwareOath)));
    }

    [Test]
    public async Task A_list_of_one_kind_that_fails_is_no_state(
        [Values(GraphCloud.Global, GraphCloud.China)] GraphCloud cloud, [Values(401, 500, 503)] int status)
    {
        using Rig rig = new(new StubGraph((seen, _) => seen.Path.EndsWith("phoneMethods", StringComparison.Ordinal)
            || seen.Path.EndsWith("/methods", StringComparison.Ordinal)
            ? StubGraph.Json(200, """{"value":[]}""") : StubGraph.Json(status, """{"error":{"code":"x","message":"no"}}""")),
            options => options with { Cloud = cloud });
        Assert.That(await rig.ReadOneAsync(also: KindSets.All), Is.InstanceOf<MethodsReading.Failed>());
    }

    [Test]
    public async Task Without_the_phones_there_is_no_state([Values(GraphCloud.Global, GraphCloud.China)] GraphCloud cloud)
    {
        using Rig rig = new(StubGraph.Create(() => StubGraph.Json(403, """{"error":{"code":"accessDenied","message":"no"}}""")),
            options => options with { Cloud = cloud });
        Assert.That(await rig.ReadOneAsync(also: KindSets.All), Is.InstanceOf<MethodsReading.Failed>());
    }

    private static async Task<CurrentMethods> CompleteAsync(Rig rig, KindSet also)
    {
        MethodsReading reading = await rig.ReadOneAsync(also: also);
        return reading is MethodsReading.Complete complete ? complete.Methods : throw new AssertionException(reading.ToString());
    }
}
