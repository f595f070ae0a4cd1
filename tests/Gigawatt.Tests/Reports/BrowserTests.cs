using Microsoft.Playwright;

namespace Gigawatt.Tests.Reports;

/// <summary>The report as a reader sees it: opened from the disk, without a network.</summary>
public sealed class BrowserTests(Browser browser) : IClassFixture<Browser>
{
    // Draws the picture of a chart onto a canvas and counts what is not background.
    private const string Painted = """
        async svg => {
          const text = new XMLSerializer().serializeToString(svg);
          const image = new Image();
          image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(text);
          await image.decode();
          const canvas = document.createElement('canvas');
          canvas.width = svg.clientWidth; canvas.height = svg.clientHeight;
          const paint = canvas.getContext('2d');
          paint.drawImage(image, 0, 0);
          const { data } = paint.getImageData(0, 0, canvas.width, canvas.height);
          const colours = new Set();
          let painted = 0;
          for (let i = 0; i < data.length; i += 4) {
            if (data[i + 3] < 128) continue;
            painted++;
            colours.add(data[i] << 16 | data[i + 1] << 8 | data[i + 2]);
          }
          return [canvas.width, canvas.height, painted / (data.length / 4), colours.size];
        }
        """;

    private const string Overflow = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth";

    [BrowserFact]
    public async Task Opens_from_the_disk_with_everything_in_it_and_asks_the_network_for_nothing()
    {
        await using ReportWindow window = await browser.Open(1440, 900);
        IPage page = window.Page;
        (await page.TitleAsync()).ShouldBe("Island 100 MW – Gigawatt report");
        (await page.InnerTextAsync("h1")).ShouldBe("Island 100 MW");
        (await page.Locator("#answers dt").AllInnerTextsAsync()).ShouldBe(
            ["How many useful GPUs?", "When?", "Limited by what?", "At what cost?", "Paid by whom?", "What would stop them?"]);
        (await page.Locator("#claims tbody tr").CountAsync()).ShouldBe(3);
        (await page.InnerTextAsync("#claims")).ShouldContain("two kilowatts a GPU, all in");
        foreach (string part in (string[])["headline", "events", "ledgers", "sources", "glossary"])
        {
            (await page.Locator($"section#{part}").CountAsync()).ShouldBe(1, part);
        }
        window.Requests.Where(url => !url.StartsWith("data:", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldStartWith("file://");
        window.Complaints.ShouldBeEmpty();
    }

    [BrowserFact]
    public async Task Every_chart_is_painted()
    {
        await using ReportWindow window = await browser.Open(1440, 900);
        foreach (string chart in (string[])["capacity", "energy", "dispatch", "hot-week", "gpu-time", "water", "costs"])
        {
            (await window.Page.Locator($"#chart-{chart}").CountAsync()).ShouldBe(1, chart);
        }
        ILocator charts = window.Page.Locator("figure[id^=chart-]");
        for (int i = 0; i < await charts.CountAsync(); i++)
        {
            ILocator chart = charts.Nth(i);
            string id = (await chart.GetAttributeAsync("id"))!;
            (await chart.Locator("h3").InnerTextAsync()).ShouldNotBeNullOrWhiteSpace(id);
            double[] seen = await chart.Locator(".canvas svg").First.EvaluateAsync<double[]>(Painted);
            seen[0].ShouldBeGreaterThan(600, id);
            seen[1].ShouldBeGreaterThan(40, id);
            seen[2].ShouldBeGreaterThan(0.01, id);
            seen[3].ShouldBeGreaterThan(3, id);
        }
        window.Complaints.ShouldBeEmpty();
    }

    [BrowserFact]
    public async Task Nothing_overflows_on_a_desk_or_on_a_telephone()
    {
        await using ReportWindow desk = await browser.Open(1440, 900);
        (await desk.Page.EvaluateAsync<int>(Overflow)).ShouldBe(0);
        await using ReportWindow telephone = await browser.Open(390, 844);
        (await telephone.Page.EvaluateAsync<int>(Overflow)).ShouldBe(0);
        (await telephone.Page.Locator("#answers dd").First.IsVisibleAsync()).ShouldBeTrue();
        telephone.Complaints.ShouldBeEmpty();
    }

    [BrowserFact]
    public async Task The_slider_zooms_and_the_button_zooms_back()
    {
        await using ReportWindow window = await browser.Open(1440, 900);
        ILocator chart = window.Page.Locator("#chart-dispatch");
        await chart.ScrollIntoViewIfNeededAsync();
        async Task<string> Days() => string.Join('|', await chart.Locator("svg text").AllInnerTextsAsync());
        string all = await Days();
        LocatorBoundingBoxResult box = (await chart.Locator(".canvas").BoundingBoxAsync())!;
        // The left handle stands below the start of the time axis, 12 px above the lower edge.
        float y = box.Y + box.Height - 12;
        await window.Page.Mouse.MoveAsync(box.X + 48, y);
        await window.Page.Mouse.DownAsync();
        await window.Page.Mouse.MoveAsync(box.X + box.Width / 2, y, new MouseMoveOptions { Steps = 5 });
        await window.Page.Mouse.UpAsync();
        await window.Page.Mouse.MoveAsync(2, 2);
        await window.Page.WaitForTimeoutAsync(200);
        (await Days()).ShouldNotBe(all);
        await chart.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Reset zoom" }).ClickAsync();
        await window.Page.Mouse.MoveAsync(2, 2);
        await window.Page.WaitForTimeoutAsync(200);
        (await Days()).ShouldBe(all);
        window.Complaints.ShouldBeEmpty();
    }

    [BrowserFact]
    public async Task Paper_is_white_without_controls_and_takes_several_pages()
    {
        await using ReportWindow window = await browser.Open(1440, 900);
        IPage page = window.Page;
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print, ColorScheme = ColorScheme.Dark });
        (await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor")).ShouldBe("rgb(255, 255, 255)");
        (await page.Locator("nav").IsVisibleAsync()).ShouldBeFalse();
        (await page.Locator(".tools").First.IsVisibleAsync()).ShouldBeFalse();
        (await page.Locator("#answers dd").First.IsVisibleAsync()).ShouldBeTrue();
        byte[] paper = await page.PdfAsync(new PagePdfOptions { Format = "A4" });
        System.Text.Encoding.Latin1.GetString(paper).Split("/Type /Page\n").Length.ShouldBeGreaterThan(3);
        window.Complaints.ShouldBeEmpty();
    }
}
