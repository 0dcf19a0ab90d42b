using Microsoft.Playwright;

namespace ProvisioningConnector.Browser.Tests;

/// <summary>A page that is open in a browser of its own; nothing may be written to its console.</summary>
internal sealed class Reader : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private Reader(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) => { if (message.Type is "error" or "warning") _complaints.Add(message.Text); };
        page.PageError += (_, error) => _complaints.Add(error);
    }

    public IPage Page { get; }

    /// <summary>What the browser complained of, such as a script that the policy refused.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public static async Task<Reader> OpenAsync(string file, BrowserNewContextOptions options)
    {
        IBrowserContext context = await Chromium.Browser.NewContextAsync(options);
        Reader reader = new(context, await context.NewPageAsync());
        await reader.Page.GotoAsync(new Uri(file).AbsoluteUri);
        if (options.JavaScriptEnabled != false && await reader.Page.Locator("#app").CountAsync() > 0)
        {
            await reader.Page.Locator("html[data-ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        }

        return reader;
    }

    /// <summary>Opens what is folded, so that it is looked at too.</summary>
    public async Task OpenEverythingAsync() =>
        await Page.EvaluateAsync("() => { for (const details of [...document.querySelectorAll('details')].slice(0, 20)) details.open = true; }");

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
