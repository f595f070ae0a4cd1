using System.Reflection;
using System.Text;
using System.Xml;

namespace Gigawatt.Scenarios.Reading;

/// <summary>The summaries of types and properties, from the documentation file beside an assembly when it is there.</summary>
internal sealed class Comments
{
    private readonly Dictionary<Assembly, Dictionary<string, string>> read = [];

    public string? Of(Type type) => Find(type.Assembly, $"T:{NameOf(type)}");

    public string? Of(PropertyInfo property) => Find(property.DeclaringType!.Assembly, $"P:{NameOf(property.DeclaringType)}.{property.Name}");

    private static string NameOf(Type type) => (type.FullName ?? type.Name).Replace('+', '.');

    private string? Find(Assembly assembly, string member)
    {
        if (!read.TryGetValue(assembly, out Dictionary<string, string>? summaries)) { read[assembly] = summaries = Read(assembly); }
        return summaries.GetValueOrDefault(member);
    }

    private static Dictionary<string, string> Read(Assembly assembly)
    {
        var summaries = new Dictionary<string, string>(StringComparer.Ordinal);
        string path = Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml");
        if (!File.Exists(path)) { return summaries; }
        try
        {
            using var reader = XmlReader.Create(path);
            string member = "";
            while (reader.Read())
            {
                if (reader.NodeType != XmlNodeType.Element) { continue; }
                if (reader.Name == "member") { member = reader.GetAttribute("name") ?? ""; }
                if (reader.Name == "summary") { summaries.TryAdd(member, Summary(reader.ReadSubtree())); }
            }
        }
        catch (Exception e) when (e is XmlException or IOException or UnauthorizedAccessException)
        {
            // A schema without descriptions is still a schema.
            summaries.Clear();
        }
        return summaries;
    }

    /// <summary>The text of a summary on one line, with references by their last name.</summary>
    private static string Summary(XmlReader summary)
    {
        var text = new StringBuilder();
        while (summary.Read())
        {
            if (summary.NodeType is XmlNodeType.Text) { text.Append(summary.Value); }
            if (summary.NodeType is XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace) { text.Append(' '); }
            if (summary.NodeType is not XmlNodeType.Element) { continue; }
            string? named = summary.GetAttribute("cref") ?? summary.GetAttribute("name");
            if (named is not null) { text.Append(named[(named.LastIndexOf('.') + 1)..]); }
        }
        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
