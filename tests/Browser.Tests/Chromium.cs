using Microsoft.Playwright;

namespace ProvisioningConnector.Browser.Tests;

/// <summary>
/// The machine's Chromium, started once for all tests. Nothing is downloaded: without a Chromium the tests are skipped, or fail where
/// <c>REQUIRE_CHROMIUM=1</c> says that they must run.
/// </summary>
[SetUpFixture]
public sealed class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private IPlaywright? _driver;

    public static IBrowser Browser { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string? program = Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        if (program is null)
        {
            if (Environment.GetEnvironmentVariable("REQUIRE_CHROMIUM") == "1") Assert.Fail("REQUIRE_CHROMIUM is 1 and no Chromium is on the PATH.");
            Assert.Ignore("No Chromium is on the PATH.");
        }

        _driver = await Playwright.CreateAsync();
        Browser = await _driver.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program, Headless = true, Args = ["--disable-gpu", "--disable-dev-shm-usage", "--no-sandbox"],
        });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (Browser is not null) await Browser.DisposeAsync();
        _driver?.Dispose();
    }
}
