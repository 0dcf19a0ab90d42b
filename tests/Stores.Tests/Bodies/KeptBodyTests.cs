using System.Text.Json.Nodes;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Notes;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Kept;
using ProvisioningConnector.TestKit.Stores;

namespace ProvisioningConnector.Stores.Tests.Bodies;

/// <summary>
/// Names under which values lie in stores stay: what the files under <c>Kept</c> hold is read and written again without loss. A renamed property
/// would come back as its default in silence, a renamed member of an enumeration not at all. When one of these fails, do not change a line: give the
/// property or the member its stored name. What is new gets a line (KEEP_BODIES=1 adds them).
/// </summary>
public sealed class KeptBodyTests
{
    private static readonly string Folder = Path.Combine(Checkout.Root, "tests", "Stores.Tests", "Bodies", "Kept");

    private static IEnumerable<TestCaseData> Bodies() => KeptBody.All.Select(body => new TestCaseData(body).SetArgDisplayNames(body.Name));

    [TestCaseSource(nameof(Bodies))]
    public void Every_kept_value_comes_back_with_all_it_held(object of)
    {
        KeptBody body = (KeptBody)of;
        string[] lines = Lines(body);
        Assert.That(lines, Is.Not.Empty);
        using (Assert.EnterMultipleScope())
        {
            for (int at = 0; at < lines.Length; at++)
            {
                string[] lost = KeptJson.Differences(JsonNode.Parse(lines[at]), JsonNode.Parse(body.Again(lines[at])));
                Assert.That(lost, Is.Empty, $"{body.Name}, line {at + 1}");
            }
        }
    }

    [TestCaseSource(nameof(Bodies))]
    public void Every_stored_name_stands_in_a_kept_value(object of)
    {
        KeptBody body = (KeptBody)of;
        SortedSet<string> missing = body.Names();
        foreach (string line in Lines(body)) missing.ExceptWith(body.NamesIn(line));
        if (Environment.GetEnvironmentVariable("KEEP_BODIES") == "1") Keep(body, missing);

        Assert.That(missing, Is.Empty, $"The file {body.Name}.ndjson lacks values for these.");
    }

    [Test]
    public async Task Users_to_be_tried_again_are_found_in_a_note_of_an_earlier_version()
    {
        const string Uid = "80d78da4-07e2-4ebf-bb4f-22fc7895f3fd";
        MemoryRunStore store = new();
        for (int part = 0; part < 64; part++) await store.WriteNoteAsync($"retry:t:{part}", $$"""
            {"users":[{"uid":"{{Uid}}","class":"transient","attempts":3,"firstAt":"2026-03-01T12:00:00+00:00","lastAt":"2026-03-02T12:00:00+00:00",
            "nextDue":"2026-03-03T12:00:00+00:00","code":"serviceError","basis":"b"}]}
            """, CancellationToken.None);

        RetryEntry found = (await new NotedRetries(store, TimeProvider.System).FindAsync("T", [Uid], CancellationToken.None))[Uid];
        Assert.That((found.Attempts, found.Code, found.Basis), Is.EqualTo((3, "serviceError", "b")));
    }

    [Test]
    public void Numbers_that_stand_for_values_in_verified_states_stay() => Assert.That(
        (Numbers<ManagedValue>(), Numbers<ManagedValues>(), Numbers<MethodPresence>(), Numbers<RunKind>(), Numbers<Part>()),
        Is.EqualTo((
            "1=Mobile 2=AlternateMobile 3=Office 4=Email 5=SmsSignIn 6=PreferredMethod 7=Removals 8=RemovalsWanted",
            "0=None 2=Mobile 4=AlternateMobile 8=Office 16=Email 32=SmsSignIn 64=PreferredMethod 128=Removals 256=RemovalsWanted",
            "0=None 1=Mobile 2=AlternateMobile 4=Office 8=Email 16=Authenticator",
            "0=Run 1=OneUser",
            "0=Phones 1=Email 2=SmsSignIn 3=PreferredMethod 4=Password 5=MicrosoftAuthenticator 6=Fido2 7=SoftwareOath 8=HardwareOath 9=WindowsHello "
            + "10=PlatformCredential 11=External 12=TemporaryAccessPass 13=QrCodePin 14=Membership")));

    private static string Numbers<T>()
        where T : struct, Enum => string.Join(' ', Enum.GetValues<T>().Select(value => $"{value:D}={value}"));

    private static string[] Lines(KeptBody body) => Path.Combine(Folder, $"{body.Name}.ndjson") is var file && File.Exists(file) ? File.ReadAllLines(file) : [];

    /// <summary>Adds values that hold what no line holds yet.</summary>
    private static void Keep(KeptBody body, SortedSet<string> missing)
    {
        for (int seed = 1; seed < 20_000 && missing.Count > 0; seed++)
        {
            string sample = body.Sample(seed);
            if (!body.NamesIn(sample).Overlaps(missing)) continue;
            missing.ExceptWith(body.NamesIn(sample));
            File.AppendAllText(Path.Combine(Folder, $"{body.Name}.ndjson"), sample + "\n");
        }
    }
}
