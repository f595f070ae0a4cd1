using System.Text.RegularExpressions;
using Gigawatt.Tests.Conventions;

namespace Gigawatt.Tests.Validation;

/// <summary>Every comparison that docs/validation.md lists is made by a test that exists.</summary>
public sealed partial class PageTests
{
    [Fact]
    public void Every_test_that_the_page_names_exists()
    {
        string[] named = [.. Named().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "validation.md")))
            .Select(match => match.Groups["name"].Value).Distinct()];
        named.Length.ShouldBeGreaterThan(10);
        named.ShouldBeSubsetOf(typeof(PageTests).Assembly.GetTypes().Select(type => type.Name));
    }

    [Fact]
    public void Every_validation_class_stands_on_the_page()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "validation.md"));
        typeof(PageTests).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(PageTests).Namespace && type.IsPublic && type != typeof(PageTests))
            .Where(type => !page.Contains($"`{type.Name}`", StringComparison.Ordinal))
            .Select(type => type.Name)
            .ShouldBeEmpty();
    }

    [GeneratedRegex(@"`(?<name>\w+Tests)`")]
    private static partial Regex Named();
}
