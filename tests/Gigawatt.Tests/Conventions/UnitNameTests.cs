using System.Reflection;
using System.Runtime.CompilerServices;
using Gigawatt.Numerics;

namespace Gigawatt.Tests.Conventions;

/// <summary>Every number the library shows is named with its unit.</summary>
public sealed class UnitNameTests
{
    // What is not a quantity, or has a unit that only its owner knows.
    private static readonly Dictionary<string, string> Exempt = new(StringComparer.Ordinal)
    {
    };

    [Fact]
    public void Every_number_ends_in_its_unit()
    {
        string[] found = [.. Numbers().Where(number => !HasUnit(number.Name)).Select(number => $"{number.Owner}.{number.Name}").Distinct().Order(StringComparer.Ordinal)];
        found.Where(number => !IsExempt(number)).ShouldBeEmpty();
    }

    private static bool IsExempt(string number) => Exempt.Keys.Any(pattern => pattern.EndsWith('*')
        ? number.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : number == pattern);

    private static bool HasUnit(string name) => PropertyUnit.Of(char.ToUpperInvariant(name[0]) + name[1..]).HasUnit
        || PropertyUnit.Of("X" + char.ToUpperInvariant(name[0]) + name[1..]).HasUnit;

    private static IEnumerable<(string Owner, string Name)> Numbers()
    {
        foreach (Type type in typeof(Check).Assembly.GetExportedTypes().Where(t => !t.IsDefined(typeof(CompilerGeneratedAttribute))))
        {
            string owner = type.FullName!["Gigawatt.".Length..].Replace('+', '.');
            const BindingFlags here = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
            foreach (PropertyInfo property in type.GetProperties(here).Where(p => IsNumber(p.PropertyType) && p.GetIndexParameters().Length == 0))
            {
                yield return (owner, property.Name);
            }
            foreach (FieldInfo field in type.GetFields(here).Where(f => IsNumber(f.FieldType))) { yield return (owner, field.Name); }
            foreach (MethodBase method in type.GetMethods(here).Cast<MethodBase>().Concat(type.GetConstructors()))
            {
                if (method.IsSpecialName && !method.IsConstructor || method.IsDefined(typeof(CompilerGeneratedAttribute)) || method.Name == "Deconstruct") { continue; }
                foreach (ParameterInfo parameter in method.GetParameters().Where(p => IsNumber(p.ParameterType)))
                {
                    yield return (method.IsConstructor ? owner : $"{owner}.{method.Name}", parameter.Name!);
                }
            }
        }
    }

    private static bool IsNumber(Type type) =>
        (Nullable.GetUnderlyingType(type.IsByRef ? type.GetElementType()! : type) ?? (type.IsByRef ? type.GetElementType() : type)) == typeof(double);
}
