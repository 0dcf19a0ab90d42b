using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Json;
using ProvisioningConnector.Reports.Seal;
using ProvisioningConnector.Reports.Tests.Samples;

namespace ProvisioningConnector.Reports.Tests.Seal;

public sealed class SavedPlanTests
{
    private static async Task<string> Sealed() =>
        await Write.Json(await PlanSeal.SealAsync(Sample.Report(Sample.Head(), People.All), Sample.Key, CancellationToken.None));

    private static async Task<SavedPlanReading> Read(string text, bool withKey = true)
    {
        using MemoryStream stream = Write.Utf8(text);
        return await SavedPlan.ReadAsync(stream, withKey ? Sample.Key : (ReadOnlyMemory<byte>?)null, CancellationToken.None);
    }

    [Test]
    public async Task A_saved_plan_gives_back_the_planned_users_it_was_made_from()
    {
        using MemoryStream stream = Write.Utf8(await Sealed());
        SavedPlanReading reading = await SavedPlan.ReadAsync(stream, Sample.Key, CancellationToken.None);
        Assert.That(reading, Is.InstanceOf<SavedPlanReading.Opened>());
        SavedPlan plan = ((SavedPlanReading.Opened)reading).Plan;
        List<PlannedUser> users = await plan.UsersAsync(CancellationToken.None).ToListAsync();
        PlannedUser[] expected = [.. People.All.Where(u => u != People.Equal)];
        Assert.That(users, Has.Count.EqualTo(expected.Length));
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Multiple(() =>
            {
                Assert.That(users[i].Plan.Operations, Is.EqualTo(expected[i].Plan.Operations));
                Assert.That(users[i].Plan.Held, Is.EqualTo(expected[i].Plan.Held));
                Assert.That(users[i].Plan.Diagnostics, Is.EqualTo(expected[i].Plan.Diagnostics));
                Assert.That(users[i].User, Is.EqualTo(expected[i].User));
                Assert.That(users[i].Row.Key, Is.EqualTo(expected[i].Row.Key));
                Assert.That(users[i].Row.Ordinal, Is.EqualTo(expected[i].Row.Ordinal));
                Assert.That(users[i].Row.AsOf, Is.EqualTo(expected[i].Row.AsOf));
                Assert.That(users[i].Row.Desired.Removals, Is.EqualTo(expected[i].Row.Desired.Removals));
                Assert.That(users[i].Row.Desired with { Removals = expected[i].Row.Desired.Removals }, Is.EqualTo(expected[i].Row.Desired));
                Assert.That(users[i].Current is null, Is.EqualTo(expected[i].Current is null));
                Assert.That(users[i].Current?.Others, Is.EqualTo(expected[i].Current?.Others));
                Assert.That(users[i].Plan.LosesLastPhone, Is.EqualTo(expected[i].Plan.LosesLastPhone));
            });
            if (users[i].Current is { } current && expected[i].Current is { } other)
            {
                Assert.That(current with { Others = other.Others }, Is.EqualTo(other));
            }
        }

        Assert.That(await Write.Json(Report.From(plan.Head, _ => users.ToAsyncEnumerable(), Sample.Digests)),
            Is.EqualTo((await Sealed()).Replace(plan.Document.Seal ?? "", "null").Replace("\"null\"", "null")));
    }

    [Test]
    public async Task Any_edited_letter_or_digit_of_a_sealed_plan_is_noticed()
    {
        string text = await Sealed();
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        List<string> passed = [];
        for (int i = 0; i < bytes.Length; i += 11)
        {
            if (!char.IsAsciiLetterOrDigit((char)bytes[i])) continue;
            byte[] edited = [.. bytes];
            edited[i] = (byte)(edited[i] == (byte)'7' ? '8' : '7');
            using MemoryStream stream = new(edited);
            if (await SavedPlan.ReadAsync(stream, Sample.Key,
                CancellationToken.None) is SavedPlanReading.Opened) passed.Add($"{i}: {text.Substring(Math.Max(0, i - 20), 30)}");
        }

        Assert.That(passed, Is.Empty);
    }

    [Test]
    public async Task A_property_that_this_version_does_not_know_is_under_the_seal_too()
    {
        string text = await Sealed();
        Assert.That(await Read(text.Replace("{\"kind\"", "{\"extra\":1,\"kind\"")), Is.InstanceOf<SavedPlanReading.SealBroken>());
        Assert.That(await Read(text.Replace("{\"user\":\"ada", "{\"extra\":1,\"user\":\"ada")), Is.InstanceOf<SavedPlanReading.SealBroken>());
    }

    [Test]
    public async Task Users_that_are_dropped_swapped_or_repeated_break_the_seal()
    {
        string text = await Sealed();
        string[] lines = text.Split('\n');
        string Join(params int[] order) => string.Join('\n', order.Select(i => lines[i]).Prepend(lines[0]).Append(lines[^2]).Append(""));
        int[] all = [.. Enumerable.Range(1, lines.Length - 3)];
        Assert.That(await Read(Join(all)), Is.InstanceOf<SavedPlanReading.Opened>());
        Assert.That(await Read(Join(all[1..])), Is.InstanceOf<SavedPlanReading.SealBroken>());
        Assert.That(await Read(Join([2, 1, .. all[2..]])), Is.InstanceOf<SavedPlanReading.SealBroken>());
        Assert.That(await Read(Join([1, 1, .. all[1..]])), Is.InstanceOf<SavedPlanReading.SealBroken>());
    }

    [Test]
    public async Task A_plan_laid_out_anew_without_a_changed_value_keeps_its_seal()
    {
        string pretty = JsonNode.Parse(await Sealed())!.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
        Assert.That(await Read("\uFEFF" + pretty), Is.InstanceOf<SavedPlanReading.Opened>());
    }

    private static readonly PlanOrigin[] Origins =
    [
        new PlanOrigin.Source(), new PlanOrigin.StandardInput(), new PlanOrigin.Undo("r20260301-120000-abcdef"),
        new PlanOrigin.Migration(PlanOrigin.Migration.Cleanup), new PlanOrigin.Action("offboard"), new PlanOrigin.Request(null),
        new PlanOrigin.Request("SetPhone"),
    ];

    [TestCaseSource(nameof(Origins))]
    public async Task Every_origin_comes_back_from_a_saved_plan_and_is_under_its_seal(object origin)
    {
        PlanHeader head = Sample.Head() with { Origin = (PlanOrigin)origin, Source = new SourceIdentity("undo r1", null, 3, Delta: true) };
        string text = await Write.Json(await PlanSeal.SealAsync(Sample.Report(head, People.All), Sample.Key, CancellationToken.None));

        Assert.That(await Read(text), Is.InstanceOf<SavedPlanReading.Opened>().With.Property("Plan").Property("Head").Property("Origin").EqualTo(origin));
        Assert.That(await Read(Without(text, "origin")), Is.InstanceOf<SavedPlanReading.SealBroken>());
    }

    [Test]
    public void No_origin_is_left_out() =>
        Assert.That(Origins.Select(o => o.GetType()).Distinct(), Is.EquivalentTo(typeof(PlanOrigin).GetNestedTypes().Where(type => !type.IsAbstract)));

    [TestCase("undo r20260301-120000-abcdef", typeof(PlanOrigin.Undo))]
    [TestCase("undo leavers.csv", typeof(PlanOrigin.Source))]
    [TestCase("hr.csv", typeof(PlanOrigin.Source))]
    public async Task A_plan_that_an_earlier_version_sealed_without_an_origin_is_valid_and_has_one(string name, Type origin)
    {
        string plan = await Write.Json(Sample.Report(Sample.Head() with { Source = new SourceIdentity(name, null, 3, Delta: true) }, People.All));
        string older = Without(plan, "origin", "seal");
        string text = older.Insert(1, $"\"seal\":\"{await SealOfAsync(older)}\",");

        SavedPlanReading reading = await Read(text);

        Assert.That(reading, Is.InstanceOf<SavedPlanReading.Opened>());
        SavedPlan opened = ((SavedPlanReading.Opened)reading).Plan;
        Assert.That((opened.Head.Origin.GetType(), opened.Document.Origin), Is.EqualTo((origin, opened.Head.Origin)));
    }

    [TestCase("""{"kind":"dream"}""")]
    [TestCase("""{"kind":"undo"}""")]
    [TestCase("""{"kind":3}""")]
    [TestCase("{}")]
    [TestCase("null")]
    [TestCase("\"source\"")]
    public async Task An_origin_that_is_not_understood_is_refused(string origin)
    {
        string plan = await Write.Json(Sample.Report(Sample.Head(), People.All));
        Assert.That(await Read(Without(plan, "origin").Insert(1, $"\"origin\":{origin},"), withKey: false), Is.InstanceOf<SavedPlanReading.Malformed>());
    }

    private static string Without(string document, params string[] names)
    {
        JsonObject all = JsonNode.Parse(document)!.AsObject();
        foreach (string name in names) Assert.That(all.Remove(name), Is.True, name);
        return all.ToJsonString();
    }

    private static async Task<string> SealOfAsync(string document)
    {
        using SealDigest digest = new(Sample.Key);
        using MemoryStream stream = Write.Utf8(document);
        await foreach (DocumentPiece piece in new DocumentPieces(stream).ReadAsync(CancellationToken.None)) digest.Add(piece);
        return digest.Finish();
    }

    [Test]
    public async Task Another_key_or_no_seal_is_a_broken_seal()
    {
        using MemoryStream stream = Write.Utf8(await Sealed());
        Assert.That(await SavedPlan.ReadAsync(stream, new byte[32], CancellationToken.None), Is.InstanceOf<SavedPlanReading.SealBroken>());
        string unsealed = await Write.Json(Sample.Report(Sample.Head(), People.All));
        Assert.That(await Read(unsealed), Is.InstanceOf<SavedPlanReading.SealBroken>());
        Assert.That(await Read(unsealed, withKey: false), Is.InstanceOf<SavedPlanReading.Opened>());
    }

    [Test]
    public async Task A_masked_plan_is_distinguished_from_a_full_one()
    {
        string masked = await Write.Json(Sample.Report(Sample.Head(), People.All).Mask(Sample.Digests));
        Assert.That(await Read(masked), Is.InstanceOf<SavedPlanReading.Masked>());
    }

    [Test]
    public async Task A_plan_of_the_next_major_version_is_refused_and_one_of_the_next_minor_version_read()
    {
        string text = await Write.Json(Sample.Report(Sample.Head(), People.All));
        Assert.That(await Read(text.Replace("\"1.0\"", "\"2.0\"")), Is.EqualTo(new SavedPlanReading.WrongVersion("2.0")));
        Assert.That(await Read(text.Replace("\"1.0\"", "\"1.1\""), withKey: false), Is.InstanceOf<SavedPlanReading.Opened>());
    }

    [TestCase("")]
    [TestCase("user,phones\na@b.c,+1 2065550100:mobile\n")]
    [TestCase("[1,2]")]
    [TestCase("{}")]
    [TestCase("""{"kind":"run","formatVersion":"1.0"}""")]
    [TestCase("""{"kind":"error","message":"x"}""")]
    public async Task What_is_no_plan_is_called_so(string text) =>
        Assert.That(await Read(text), Is.InstanceOf<SavedPlanReading.NotAPlan>().Or.InstanceOf<SavedPlanReading.Malformed>());

    [Test]
    public async Task A_plan_that_breaks_off_anywhere_is_malformed_or_no_plan_and_no_exception()
    {
        string text = await Sealed();
        for (int length = 0; length < text.Length - 1; length += 7)
        {
            SavedPlanReading reading = await Read(text[..length]);
            Assert.That(reading, Is.InstanceOf<SavedPlanReading.NotAPlan>().Or.InstanceOf<SavedPlanReading.Malformed>(), $"cut at {length}");
        }
    }

    [Test]
    public async Task No_message_about_a_bad_plan_repeats_a_number()
    {
        string text = await Sealed();
        foreach (string bad in new[] { text.Replace("\"+1 2065555555\"", "\"2065555555\""), text.Replace("\"add\"", "\"2065555555\""),
            text.Replace("\"+1 2065555555\"", "+1 2065555555") })
        {
            SavedPlanReading reading = await Read(bad);
            Assert.That(reading, Is.InstanceOf<SavedPlanReading.Malformed>());
            Assert.That(reading.ToString(), Does.Not.Contain("2065555555"));
        }
    }

    [Test]
    public async Task Bytes_that_are_not_text_are_malformed_wherever_they_stand()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(await Sealed());
        for (int i = 60; i < bytes.Length; i += 37)
        {
            byte[] edited = [.. bytes];
            edited[i] = 0xC3;
            using MemoryStream stream = new(edited);
            Assert.That(await SavedPlan.ReadAsync(stream, Sample.Key, CancellationToken.None),
                Is.InstanceOf<SavedPlanReading.Malformed>().Or.InstanceOf<SavedPlanReading.NotAPlan>()
                    .Or.InstanceOf<SavedPlanReading.SealBroken>().Or.InstanceOf<SavedPlanReading.WrongVersion>());
        }
    }

    [Test]
    public async Task A_file_that_changes_after_the_check_is_noticed_while_users_are_read()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(await Sealed());
        using MemoryStream stream = new(bytes);
        SavedPlan plan = ((SavedPlanReading.Opened)await SavedPlan.ReadAsync(stream, Sample.Key, CancellationToken.None)).Plan;
        int at = Encoding.UTF8.GetString(bytes).IndexOf("2065555555", StringComparison.Ordinal);
        bytes[at] = (byte)'3';
        Assert.That(async () => await plan.UsersAsync(CancellationToken.None).ToListAsync(), Throws.InstanceOf<InvalidDataException>());
    }
}
