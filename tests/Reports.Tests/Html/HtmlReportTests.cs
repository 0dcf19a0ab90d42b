using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Html;
using ProvisioningConnector.Reports.Tests.Samples;

namespace ProvisioningConnector.Reports.Tests.Html;

public sealed partial class HtmlReportTests
{
    private static async Task<(string Page, Dictionary<string, string> Shards)> Html(Report report)
    {
        Dictionary<string, MemoryStream> shards = [];
        using MemoryStream page = new();
        await HtmlReport.WriteAsync(report, page, "tonight", name => shards[name] = new MemoryStream(), CancellationToken.None);
        return (Encoding.UTF8.GetString(page.ToArray()), shards.ToDictionary(s => s.Key, s => Encoding.UTF8.GetString(s.Value.ToArray())));
    }

    private static JsonElement[] Rows(string page) =>
        [.. RowScripts().Matches(page).SelectMany(m => JsonDocument.Parse(m.Groups[1].Value).RootElement.EnumerateArray())];

    [GeneratedRegex("""<script type="application/json" class="rows">(.*?)</script>""", RegexOptions.Singleline)]
    private static partial Regex RowScripts();

    [GeneratedRegex("<script([^>]*)>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Scripts();

    [Test]
    public async Task Data_hold_no_character_that_could_end_their_script_or_begin_another()
    {
        foreach (string text in Hostile.Texts)
        {
            (string page, _) = await Html(Sample.Report(Hostile.Head(text), Hostile.Users));
            foreach (Match script in Scripts().Matches(page).Where(m => m.Groups[1].Value.Contains("application/json")))
            {
                Assert.That(script.Groups[2].Value, Does.Not.Match("[<>&']"));
                Assert.That(() => JsonDocument.Parse(script.Groups[2].Value), Throws.Nothing);
            }
        }
    }

    [Test]
    public async Task Hostile_data_add_no_element_to_the_page()
    {
        (string calm, _) = await Html(Sample.Report(Hostile.Head("calm"), [.. Hostile.Texts.Select((_, i) => Sample.User($"calm{i}", new(), ordinal: i))]));
        string[] Tags(string page) =>
            [.. Regex.Matches(Scripts().Replace(page, ""), "<[a-zA-Z/!][^ >]*").Select(m => m.Value).Distinct().Order(StringComparer.Ordinal)];
        foreach (string text in Hostile.Texts)
        {
            (string page, _) = await Html(Sample.Report(Hostile.Head(text), [.. Hostile.Texts.Select((_, i) => Sample.User($"calm{i}", new(), ordinal: i))]));
            Assert.That(Tags(page), Is.EqualTo(Tags(calm)));
            Assert.That(page, Does.Not.Contain("\u202E").And.Not.Contain("\u001b").And.Not.Contain("\0"));
        }
    }

    [Test]
    public async Task The_policy_lets_run_nothing_but_the_page_s_own_script_and_style()
    {
        (string page, _) = await Html(Sample.Report(Sample.Head(), People.All));
        string policy = Regex.Match(page, "Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value;
        string script = Scripts().Matches(page).Single(m => m.Groups[1].Value.Length == 0).Groups[2].Value;
        string style = Regex.Match(page, "<style>(.*?)</style>", RegexOptions.Singleline).Groups[1].Value;
        string Hash(string text) => "'sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text))) + "'";
        Assert.That(policy, Is.EqualTo($"default-src 'none'; script-src {Hash(script)}; style-src {Hash(style)}; base-uri 'none'; form-action 'none'"));
        Assert.That(page, Does.Not.Match(" style=\"| on[a-z]+=\"|src=\"http|href=\"http"));
        Assert.That(script, Does.Not.Contain("innerHTML").And.Not.Contain("eval(").And.Not.Contain("document.write"));
    }

    [Test]
    public async Task The_page_holds_every_user_but_the_equal_ones_with_its_changes()
    {
        (string page, Dictionary<string, string> shards) = await Html(Sample.Report(Sample.Head(), People.All).Mask(Sample.Digests));
        Assert.That(shards, Is.Empty);
        Assert.That(Rows(page).Select(r => r.GetProperty("u").GetString()), Is.EqualTo(People.All.Where(u => u != People.Equal).Select(u => u.Row.UserText)));
        Assert.That(page, Does.Not.Contain("2065555555"));
    }

    [Test]
    public async Task The_decision_comes_before_the_worst_consequence_and_that_before_the_users()
    {
        (string page, _) = await Html(Sample.Report(Sample.Head(), People.All));
        int[] order = [page.IndexOf("<h1", StringComparison.Ordinal), page.IndexOf("id=\"worst\"", StringComparison.Ordinal),
            page.IndexOf("id=\"guardrails\"", StringComparison.Ordinal), page.IndexOf("id=\"users\"", StringComparison.Ordinal)];
        Assert.That(order, Is.Ordered.And.All.GreaterThan(0));
    }

    [Test]
    public async Task The_page_of_a_plan_reads_as_stored_up_to_its_script()
    {
        (string page, _) = await Html(Sample.Report(Sample.Head(), People.All).Mask(Sample.Digests));
        string frame = Regex.Replace(page, "<style>.*?</style>|<script>.*?</script>|sha256-[^']*", "…", RegexOptions.Singleline);
        Golden.Check("plan-all.html", frame);
    }

    [Test]
    public async Task Above_fifty_thousand_rows_the_users_lie_in_shards_and_the_worst_of_each_finding_in_the_page_too()
    {
        int many = HtmlReport.MostRows + 1;
        (string page, Dictionary<string, string> shards) = await Html(Crowd.Report(many, 1_000_000));
        Assert.That(shards.Keys, Is.EqualTo(new[] { "tonight.data-001.js", "tonight.data-002.js", "tonight.data-003.js" }));
        long rows = shards.Values.Sum(s => JsonDocument.Parse(s["reportRows(".Length..^3]).RootElement.GetArrayLength());
        Assert.That(rows, Is.EqualTo(many));
        Assert.That(Rows(page).Length, Is.InRange(100, 5_000));
        Assert.That(page, Does.Contain("'strict-dynamic'").And.Contain("tonight.data-003.js"));
        Assert.That(shards.Values, Has.None.Contains("<"));
    }

    [Test]
    public async Task Up_to_fifty_thousand_rows_there_is_one_file()
    {
        (string page, Dictionary<string, string> shards) = await Html(Crowd.Report(HtmlReport.MostRows, 1_000_000));
        Assert.That(shards, Is.Empty);
        Assert.That(Rows(page), Has.Length.EqualTo(HtmlReport.MostRows));
    }

    [Test]
    public async Task Without_scripts_a_page_lists_a_bounded_number_of_users_and_says_how_many_there_are()
    {
        (string page, _) = await Html(Crowd.Report(HtmlUserList.Most + 1, 1_000_000));
        string plain = page[page.IndexOf("<noscript>", StringComparison.Ordinal)..page.IndexOf("</noscript>", StringComparison.Ordinal)];
        Assert.That(Regex.Count(plain, "<li><p><b"), Is.EqualTo(HtmlUserList.Most));
        Assert.That(plain, Does.Contain("10,000 of 10,001 users are listed here."));
    }

    [Test]
    public async Task Where_nothing_can_be_written_beside_the_page_it_holds_everything()
    {
        using MemoryStream page = new();
        await HtmlReport.WriteAsync(Crowd.Report(HtmlReport.MostRows + 1, 1_000_000), page, "", null, CancellationToken.None);
        Assert.That(Rows(Encoding.UTF8.GetString(page.ToArray())), Has.Length.EqualTo(HtmlReport.MostRows + 1));
    }
}
