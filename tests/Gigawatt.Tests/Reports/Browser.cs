using Gigawatt.Tests.Cli;
using Microsoft.Playwright;

namespace Gigawatt.Tests.Reports;

/// <summary>A headless browser and the report of ten July days of the shipped island, made by the program itself.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Quietly =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync",
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("gw-browser-").FullName;
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>The browser's program; null when this system has none.</summary>
    public static string? Program { get; } = new[]
    {
        Environment.GetEnvironmentVariable("GW_CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", @"C:\Program Files\Google\Chrome\Application\chrome.exe",
    }.FirstOrDefault(File.Exists);

    public async Task InitializeAsync()
    {
        if (Program is null) { return; }
        Gw.Run("run", Gw.Island, "--from", "2026-07-01", "--to", "2026-07-10", "--quiet", "--out", Path.Combine(folder, "run")).Code.ShouldBe(0);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program, Args = Quietly });
    }

    /// <summary>The report in a window of its own, without network, once everything is drawn.</summary>
    public async Task<ReportWindow> Open(int widthPx, int heightPx)
    {
        IBrowserContext context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = widthPx, Height = heightPx },
            Offline = true,
            ColorScheme = ColorScheme.Light,
        });
        IPage page = await context.NewPageAsync();
        ReportWindow window = new(page);
        await page.GotoAsync(new Uri(Path.Combine(folder, "run", "report.html")).AbsoluteUri);
        await page.WaitForFunctionAsync("() => document.documentElement.dataset.drawn");
        return window;
    }

    public async Task DisposeAsync()
    {
        if (browser is not null) { await browser.DisposeAsync(); }
        playwright?.Dispose();
        Directory.Delete(folder, true);
    }
}

/// <summary>An open report, and what went wrong or over the network while it was open.</summary>
public sealed class ReportWindow : IAsyncDisposable
{
    public ReportWindow(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") { Complaints.Add(message.Text); }
        };
        page.PageError += (_, message) => Complaints.Add(message);
        page.Request += (_, request) => Requests.Add(request.Url);
    }

    public IPage Page { get; }

    public List<string> Complaints { get; } = [];

    public List<string> Requests { get; } = [];

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}

/// <summary>A test that needs a browser, and says how to get one where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Browser.Program is null) { Skip = "needs chromium: apt-get install chromium, or set GW_CHROMIUM to the path of a Chrome"; }
    }
}
