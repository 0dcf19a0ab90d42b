using Microsoft.Playwright;

namespace ProvisioningConnector.Browser.Tests;

/// <summary>What a reader sees of a report: on the screen, on paper, and without scripts.</summary>
public sealed class ReportPageTests
{
    [Test]
    public async Task A_print_out_holds_every_user_of_the_filter_with_its_details()
    {
        await using Reader reader = await Reader.OpenAsync(await SamplePages.WriteAsync("many"), new());
        await reader.Page.EvaluateAsync("""
            () => window.addEventListener("beforeprint", () => {
              window.printedUsers = document.querySelectorAll(".user[open] .details").length;
              window.printedStatus = document.querySelector(".status").textContent;
            })
            """);
        await reader.Page.PdfAsync();
        Assert.That(await reader.Page.EvaluateAsync<int>("() => window.printedUsers"), Is.EqualTo(SamplePages.Many));
        await reader.Page.FillAsync("input[type=search]", "amara");
        await reader.Page.Locator(".status", new() { HasText = "of 200 users" }).WaitForAsync();
        await reader.Page.PdfAsync();
        Assert.That(await reader.Page.EvaluateAsync<int>("() => window.printedUsers"), Is.EqualTo(SamplePages.Many / 10));
        Assert.That(await reader.Page.EvaluateAsync<string>("() => window.printedStatus"), Is.EqualTo("200 users. Filter: search \"amara\"."));
        Assert.That(await reader.Page.Locator(".user").CountAsync(), Is.EqualTo(50), "after printing the screen is as before");
    }

    [Test]
    public async Task Without_scripts_every_user_is_listed_with_reasons_in_words()
    {
        await using Reader reader = await Reader.OpenAsync(await SamplePages.WriteAsync("many"), new() { JavaScriptEnabled = false });
        ILocator users = reader.Page.Locator(".plain > li");
        Assert.That(await users.CountAsync(), Is.EqualTo(SamplePages.Many));
        Assert.That(await users.First.IsVisibleAsync());
        Assert.That(await users.First.InnerTextAsync(), Does.Contain("the source does not list it"));
    }

    [Test]
    public async Task A_held_user_shows_the_reason_in_words()
    {
        await using Reader reader = await Reader.OpenAsync(await SamplePages.WriteAsync("plan"), new());
        Assert.That(await reader.Page.Locator(".user", new() { HasText = "hal@contoso.com" }).InnerTextAsync(),
            Does.Contain("The tenant moved although the row did not change."));
    }

    [Test]
    public async Task A_guardrail_that_is_off_does_not_look_as_if_it_had_passed_and_those_that_passed_are_folded()
    {
        await using Reader reader = await Reader.OpenAsync(await SamplePages.WriteAsync("blocked"), new());
        Assert.That(await reader.Page.Locator("tr", new() { HasText = "MaxAdds" }).Locator(".verdict").InnerTextAsync(), Is.EqualTo("off"));
        Assert.That(await reader.Page.Locator("tr", new() { HasText = "MaxDeletes" }).InnerTextAsync(), Does.Contain("7 deletions").And.Contain("2 deletions"));
        Assert.That(await reader.Page.Locator(".passed > summary").InnerTextAsync(), Is.EqualTo("1 passed"));
        Assert.That(await reader.Page.Locator("tr", new() { HasText = "MaxLastPhone" }).IsVisibleAsync(), Is.False);
        await reader.Page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.That(await reader.Page.Locator("tr", new() { HasText = "MaxLastPhone" }).IsVisibleAsync(), "on paper nothing is folded");
    }

    [Test]
    public async Task Times_are_shown_in_UTC_and_in_the_readers_own_zone()
    {
        await using Reader reader = await Reader.OpenAsync(await SamplePages.WriteAsync("plan"), new() { TimezoneId = "Asia/Tokyo", Locale = "en-GB" });
        Assert.That(await reader.Page.Locator(".identity time").First.InnerTextAsync(), Is.EqualTo("2026-03-01 22:30 UTC (2 Mar 2026, 07:30 your time)"));
    }

    [TestCaseSource(typeof(SamplePages), nameof(SamplePages.Names))]
    public async Task No_page_is_wider_than_a_telephone_and_none_breaks_its_own_policy(string name)
    {
        await using Reader reader = await Reader.OpenAsync(await SamplePages.WriteAsync(name), new() { ViewportSize = new() { Width = 390, Height = 800 } });
        Assert.That(await reader.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(390));
        Assert.That(reader.Complaints, Is.Empty);
    }

    /// <summary>For people: <c>SCREENSHOTS=FOLDER</c> takes pictures of all pages, and of those in <c>PAGES=FOLDER</c>.</summary>
    [Test]
    public async Task Pictures_are_taken_where_a_folder_is_named()
    {
        string folder = Environment.GetEnvironmentVariable("SCREENSHOTS") ?? "";
        if (folder.Length == 0) Assert.Ignore("SCREENSHOTS names no folder.");
        string[] files = Environment.GetEnvironmentVariable("PAGES") is { Length: > 0 } pages ? Directory.GetFiles(pages, "*.html")
            : await Task.WhenAll(SamplePages.Names.Select(SamplePages.WriteAsync));
        Directory.CreateDirectory(folder);
        (ColorScheme, int)[] looks = [(ColorScheme.Light, 1280), (ColorScheme.Dark, 1280), (ColorScheme.Light, 390), (ColorScheme.Dark, 390)];
        foreach (string file in files)
        {
            foreach ((ColorScheme scheme, int width) in looks)
            {
                await using Reader reader = await Reader.OpenAsync(file,
                    new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 }, TimezoneId = "Europe/Berlin" });
                string path = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(file)}-{scheme}-{width}");
                await reader.Page.ScreenshotAsync(new() { Path = $"{path}.png", FullPage = true });
                if (scheme == ColorScheme.Light && width == 1280) await reader.Page.PdfAsync(new() { Path = $"{path}.pdf", Format = "A4" });
            }
        }
    }
}
