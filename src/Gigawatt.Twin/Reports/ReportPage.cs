using System.Reflection;

namespace Gigawatt.Reports;

/// <summary>The report as one HTML file that opens offline: the built front end with the data written into it.</summary>
public static class ReportPage
{
    private const string Resource = "report.html";
    private const string Element = "id=\"report-data\">";
    private const string Slot = "/*__DATA__*/null";

    /// <summary>Whether the front end was built into this program.</summary>
    public static bool IsBuilt => typeof(ReportPage).Assembly.GetManifestResourceInfo(Resource) is not null;

    /// <summary>The page with its data.</summary>
    /// <exception cref="ReportPageException">The front end was not built into this program.</exception>
    public static string Render(ReportData data) => RenderJson(ReportJson.Write(data));

    /// <summary>The page with data that is JSON already: a report, or what another page of the front end shows.</summary>
    /// <exception cref="ReportPageException">The front end was not built into this program.</exception>
    internal static string RenderJson(string json)
    {
        Assembly assembly = typeof(ReportPage).Assembly;
        using Stream stream = assembly.GetManifestResourceStream(Resource) ?? throw new ReportPageException(
            "the report page is not part of this program: its front end was not built; build it with 'npm ci && npm run build' in web/, then build the program again");
        using StreamReader reader = new(stream);
        return Render(json, reader.ReadToEnd());
    }

    /// <summary>A template with data in its slot.</summary>
    /// <exception cref="ReportPageException">The template has no slot.</exception>
    internal static string Render(string json, string template)
    {
        int at = template.IndexOf(Element + Slot, StringComparison.Ordinal);
        if (at < 0) { throw new ReportPageException($"the report page has no place for its data: expected '{Element}{Slot}' in {Resource}"); }
        at += Element.Length;
        // The encoder writes < as \u003C, so nothing in the data can end the script element.
        return string.Concat(template.AsSpan(0, at), json, template.AsSpan(at + Slot.Length));
    }
}

/// <summary>The report page cannot be made; the message says what to do.</summary>
public sealed class ReportPageException(string message) : Exception(message);
