using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.BadInput;

/// <summary>Values that look like others: nothing is overwritten or removed because of them, and every output shows what they hold.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class UnseenCharacterTests
{
    private const string Seed = """
        {"users":[
          {"userPrincipalName":"ada@contoso.com","displayName":"Ada \u202Egnp.exe\u200B","phones":{"mobile":"+1 2065550100","office":"+1 4255550100"},
           "email":"kim@example.org","methods":[{"kind":"fido2","displayName":"key\u2066\u00ad"}]},
          {"userPrincipalName":"ben@contoso.com","phones":{"mobile":"+1 2065550101","office":"+1 4255550101"},"methods":[{"kind":"fido2","displayName":"key"}]}
        ]}
        """;

    [Test]
    public async Task An_address_that_only_looks_like_the_one_there_overwrites_nothing([Values("\u200B",
        "\uFEFF", "\u202A", "\u00AD", "\u3164", "\u2800", "\U000E0061")] string sign, [Values(0, 3, 15)] int at)
    {
        await using Stage stage = await Stage.OpenAsync(Seed);
        stage.Shell.Write("people.csv", $"user,email\nada@contoso.com,{"kim@example.org".Insert(at, sign)}\nben@contoso.com,\n");

        Answer answer = await stage.RunAsync("apply", "@people.csv", "--yes", "--format", "json");

        Assert.That(stage.NotReads(), Is.Empty, $"{answer}");
        Assert.That(answer.Exit, Is.EqualTo(at == 3 ? 4 : 0), $"{answer}");
        if (at == 3) Assert.That(answer.Output, Does.Contain("invisibleCharacter").And.Contain($"U+{char.ConvertToUtf32(sign, 0):X4}"));
    }

    [Test]
    public async Task A_programs_word_for_a_missing_value_removes_nothing()
    {
        await using Stage stage = await Stage.OpenAsync(Seed);
        stage.Shell.Write("people.csv", "user,mobile,email\nada@contoso.com,None,NULL\nben@contoso.com,+1 2065550101,\n");

        Answer answer = await stage.RunAsync("apply", "@people.csv", "--yes", "--format", "json");

        Assert.That(stage.NotReads(), Is.Empty, $"{answer}");
        Assert.That(answer.Exit, Is.EqualTo(4), $"{answer}");
        Assert.That(answer.Output, Does.Contain("missingValueWord").And.Contain("in lower case"));
    }

    [TestCase("methods ada@contoso.com")]
    [TestCase("methods ada@contoso.com --reveal")]
    [TestCase("explain ada@contoso.com --source @people.csv")]
    [TestCase("plan @people.csv")]
    [TestCase("plan @people.csv --reveal")]
    [TestCase("plan @people.csv --reveal --format markdown")]
    [TestCase("plan @people.csv --reveal --format html")]
    [TestCase("methods ada@cont\u200Boso.com")]
    [TestCase("offboard missing\u202E@contoso.com --dry-run")]
    [TestCase("history \u2066nobody@con\u2069toso.com")]
    [TestCase("set-phone ada@contoso.com +1206555\u200B0100:mobile --dry-run")]
    [TestCase("plan @no\u202Ewhere.csv")]
    [TestCase("runs --tenant con\u202Etoso")]
    [TestCase("remove-phone ada@contoso.com mo\u200Bbile")]
    public async Task No_output_hides_a_character(string line)
    {
        await using Stage stage = await Stage.OpenAsync(Seed);
        stage.Shell.Write("people.csv",
            "user,phones,email,remove\nada@contoso.com,+1 2065550100:mobile,kim@example.org,fido2\nb\u202Een@contoso.com,none,k\u200Bim@example.org,\n");

        Answer answer = await stage.RunAsync(line.Split(' '));

        Assert.That(answer.All.Where(c => c is '\u202E' or '\u200B' or '\u2066' or '\u2069' or '\u00AD').Select(c => $"U+{(int)c:X4}"), Is.Empty, $"{answer}");
        Assert.That(answer.All, Does.Contain("U+2").Or.Contain("\\u{2"), $"{answer}");
    }
}
