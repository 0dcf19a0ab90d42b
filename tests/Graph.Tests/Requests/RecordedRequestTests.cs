using System.Text;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.TestKit;

namespace ProvisioningConnector.Graph.Tests.Requests;

/// <summary>Every request that the product makes is, byte for byte, the recorded one: method, address, headers, body.</summary>
public sealed class RecordedRequestTests
{
    /// <summary>Set to 1, the requests are written into the checkout instead of compared.</summary>
    private const string Record = "RECORD_DOCUMENTS";

    private static readonly string Kept = Path.Combine(Checkout.Root, "tests", "Graph.Tests", "Requests", "requests.txt");

    private static RequestScene[] Scenes { get; } = [.. WriteScenes.All(), .. ReadScenes.All()];

    [Test]
    public async Task Every_request_is_the_recorded_one()
    {
        StringBuilder text = new();
        foreach (RequestScene scene in Scenes) text.Append(await RequestRecorder.PlayAsync(scene));
        if (Environment.GetEnvironmentVariable(Record) == "1")
        {
            await File.WriteAllTextAsync(Kept, text.ToString());
            return;
        }

        string kept = await File.ReadAllTextAsync(Kept);
        Assert.That(text.ToString().Split("\n\n"), Is.EqualTo(kept.Split("\n\n")), $"Where that is meant, {Record}=1 writes them anew.");
    }

    [Test]
    public void Every_kind_of_operation_is_recorded()
    {
        IEnumerable<Type> kinds = typeof(Operation).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(Operation)));

        Assert.That(Scenes.Select(scene => scene.Operation?.GetType()).OfType<Type>().Distinct(), Is.EquivalentTo(kinds));
    }

    [Test]
    public void No_two_scenes_have_one_name() => Assert.That(Scenes.Select(scene => scene.Name), Is.Unique);
}
