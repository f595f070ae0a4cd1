using System.Text.RegularExpressions;
using System.Xml.Linq;
using Gigawatt.Numerics;

namespace Gigawatt.Tests.Conventions;

/// <summary>A summary says in a sentence what a member means; that there is one is the compiler's to say.</summary>
public sealed partial class SummaryTests
{
    private static readonly (string Member, string Text)[] Summaries = Read();

    [Fact]
    public void There_are_many() => Summaries.Length.ShouldBeGreaterThan(500);

    [Fact]
    public void A_summary_is_a_sentence() => Summaries
        .Where(summary => !Sentence().IsMatch(summary.Text))
        .ShouldBeEmpty();

    [Fact]
    public void A_summary_does_not_repeat_the_form_of_its_member() => Summaries
        .Where(summary => Empty().IsMatch(summary.Text))
        .ShouldBeEmpty();

    private static (string, string)[] Read() => [.. XDocument.Load(Path.ChangeExtension(typeof(Check).Assembly.Location, ".xml"))
        .Descendants("member")
        .Where(member => !member.Attribute("name")!.Value.Contains("RegularExpressions.Generated", StringComparison.Ordinal))
        .Where(member => member.Element("summary") is not null)
        .Select(member => (member.Attribute("name")!.Value, Spaces().Replace(Text(member.Element("summary")!), " ").Trim()))];

    // References are written as attributes and would leave holes in the sentence.
    private static string Text(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XElement inner when inner.IsEmpty => (inner.Attributes().FirstOrDefault()?.Value ?? "").Split('.', ':')[^1],
        XElement inner => Text(inner),
        _ => node.ToString(),
    }));

    [GeneratedRegex(@"^[\p{Lu}\d""'(°µ…].{3,}[.?]\)?$|^[\p{Ll}].{6,}[.?]$", RegexOptions.Singleline)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"^(Gets or sets|Gets the|Sets the value|Returns the value|Initializes|Constructor|The constructor|TODO|FIXME)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Empty();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
