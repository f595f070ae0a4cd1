namespace Gigawatt.Numerics;

/// <summary>This record has datasheets: <c>model: NAME</c> starts from the entry of that name in <c>catalog/FILE.yaml</c>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CatalogAttribute(string file) : Attribute
{
    /// <summary>Catalogue file without folder and ending, such as <c>turbines</c>.</summary>
    public string File { get; } = file;
}

/// <summary>The keys of this record are written beside those of the record that holds it, not below a key of their own.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InlineAttribute : Attribute;

/// <summary>When the file has a single value (or a list) where this record is expected, it is the value of the named property.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ShorthandAttribute : Attribute
{
    /// <summary>C# property that takes a single value.</summary>
    public string? Value { get; init; }

    /// <summary>C# property that takes a list.</summary>
    public string? List { get; init; }
}

/// <summary>This text names something declared elsewhere in the file.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RefersToAttribute(params string[] lists) : Attribute
{
    /// <summary>Paths of the lists whose <c>name</c> it may be, such as <c>power.lines</c>.</summary>
    public IReadOnlyList<string> Lists { get; } = lists;
}

/// <summary>A word that says as much as leaving the value out, such as <c>auto</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AbsentAsAttribute(string word) : Attribute
{
    /// <summary>The word.</summary>
    public string Word { get; } = word;
}
