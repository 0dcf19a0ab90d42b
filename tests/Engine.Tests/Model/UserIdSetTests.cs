using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Tests.Model;

public sealed class UserIdSetTests
{
    private const int Million = 1_000_000;

    private static IEnumerable<TestCaseData> Ids()
    {
        yield return new TestCaseData((Func<int, string>)(i => new Guid(i * 7919, (short)i, 3,
            [9, 8, 7, 6, 5, 4, 3, 2]).ToString())).SetArgDisplayNames("spread");
        yield return new TestCaseData((Func<int, string>)(i => $"00000000-0000-4000-8000-{i:D12}")).SetArgDisplayNames("counted at the end");
        yield return new TestCaseData((Func<int, string>)(i => $"{i:x8}-0000-4000-8000-000000000000")).SetArgDisplayNames("counted at the beginning");
        yield return new TestCaseData((Func<int, string>)(i => $"usr_{i}")).SetArgDisplayNames("not GUIDs");
    }

    [TestCaseSource(nameof(Ids))]
    public void Every_id_is_new_once_in_any_case(Func<int, string> id)
    {
        UserIdSet seen = new();
        for (int i = 0; i < 20_000; i++) Assert.That(seen.Add(id(i)), Is.True, id(i));
        for (int i = 0; i < 20_000; i++) Assert.That(seen.Add(i % 2 == 0 ? id(i) : id(i).ToUpperInvariant()), Is.False, id(i));
        Assert.That(seen.Count, Is.EqualTo(20_000));
    }

    [TestCase("00000000-0000-0000-0000-000000000000")]
    [TestCase("{6f9619ff-8b86-d011-b42d-00c04fc964ff}")]
    [TestCase("")]
    public void An_id_of_another_form_is_kept_as_it_is(string id)
    {
        UserIdSet seen = new();
        Assert.That((seen.Add(id), seen.Add(id), seen.Count), Is.EqualTo((true, false, 1L)));
    }

    [Test]
    public void A_million_ids_take_less_than_32_MB()
    {
        Random random = new(7);
        byte[] bytes = new byte[16];
        UserIdSet seen = new();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < Million; i++)
        {
            random.NextBytes(bytes);
            seen.Add(new Guid(bytes).ToString());
        }

        long taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.That(seen.Count, Is.EqualTo(Million));
        TestContext.Out.WriteLine($"{taken / 1e6:0.0} MB");
        Assert.That(taken, Is.LessThan(32_000_000));
    }
}
