using System.Globalization;
using System.Text;
using Gigawatt.Numerics;

namespace Gigawatt.Scenarios.Reading;

/// <summary>Reads a curve from a list of points.</summary>
internal sealed class CurveReader(ProblemList problems, List<Fact> facts)
{
    public Curve? Read(PropertyShape property, Layer layer, YamlList list, Place place)
    {
        var xs = new List<double>(list.Items.Count);
        var ys = new List<double>(list.Items.Count);
        var text = new StringBuilder("[");
        for (int i = 0; i < list.Items.Count; i++)
        {
            YamlNode item = list.Items[i];
            Place at = place.Item(i.ToString(CultureInfo.InvariantCulture));
            if (item is not YamlList { Items: [YamlText first, YamlText second] } || Number(first) is not { } x || Number(second) is not { } y)
            {
                problems.Add(item, at.Shown, "a point of two plain numbers such as '[10, 0.8]'", item.Described);
                return null;
            }
            if (i > 0 && x <= xs[^1])
            {
                problems.Add(item, at.Shown, $"an x above {Words.Number(xs[^1])}, since the points of a curve go from left to right", first.Described);
                return null;
            }
            xs.Add(x);
            ys.Add(y);
            text.Append(i > 0 ? ", " : "").Append('[').Append(first.Text).Append(", ").Append(second.Text).Append(']');
        }
        if (xs.Count < 2)
        {
            problems.Add(list, place.Shown, ScalarReader.Expected(property, property.Value), xs.Count == 0 ? "an empty list" : "one point");
            return null;
        }
        facts.Add(new Fact(
            place.Path, text.Append(']').ToString(), null, "", layer.Proof.For(list), list.File.Origin, list.File.Name, list.Line, list.Column));
        return new Curve(xs.ToArray(), ys.ToArray());
    }

    private static double? Number(YamlText text) =>
        Quantity.TryParse(text.Text, out Quantity quantity, out _) && quantity.Symbol is "" or "%"
            ? quantity.Value * quantity.Unit.Size
            : null;
}
