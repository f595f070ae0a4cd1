using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Gigawatt.Numerics;

namespace Gigawatt.Tests.Conventions;

/// <summary>Every number the library shows is named with its unit.</summary>
public sealed class UnitNameTests
{
    // What is not a quantity, or has a unit that only its owner knows.
    private static readonly Dictionary<string, string> Exempt = new(StringComparer.Ordinal)
    {
        { "Numerics.Check.*", "a check takes any quantity" },
        { "Numerics.Curve.*", "a curve is over any quantity" },
        { "Numerics.Elementary.*", "mathematics" },
        { "Numerics.MathExtensions.*", "mathematics" },
        { "Numerics.Quantity.Value", "the unit stands beside it" },
        { "Numerics.SpecException.*", "in the unit of the property it names" },
        { "Numerics.Unit.*", "it is the unit" },
        { "Numerics.Figures.*", "any quantity, written with its unit" },
        { "Numerics.FormulaResult.BaseValue", "in base units of the dimension beside it" },
        { "Scenarios.Linting.ClaimArithmetic.*", "a claim's value and what was found, in the same unit" },
        { "Cooling.Biquadratic.C*", "coefficients of a published surface, numbered as there" },
        { "Cooling.Quadratic.*", "coefficients of a published curve, numbered as there, and its argument" },
        { "Reliability.FailurePopulationState.Hazard*", "in units of the mean, which is a plain number" },
        { "Training.TrainingJobState.HazardToFailure", "in units of the mean, which is a plain number" },
        { "Compute.Gpu.*.capFractionOfTdp", "a share; the unit stands in the middle of the name" },
        { "Compute.Rack.Power.gpuShareOfTdp", "a share" },
        { "Simulation.LoadStep.*Share", "a share" },
        { "Scenarios.Reading.Fact.Value", "the unit stands beside it" },
        { "Simulation.Ledger.*", "in the unit of the ledger" },
        { "Simulation.RecordedColumn.Quantum", "in the unit of the column" },
        { "Simulation.Site.Tell.value", "in the unit of the event's kind" },
        { "Simulation.SiteEvent.Value", "in the unit of the event's kind" },
        { "Training.JobEvent.Value", "in the unit of the event's kind" },
        { "Simulation.Headline.*", "units for people: PUE, L/kWh, GPU-hours, tonnes" },
        { "Simulation.MoneyBook.Co2T", "tonnes, as in the headline" },
        { "Simulation.DayRecord.UsefulGpuHours", "GPU-hours, as in the ledger of GPU-time" },
        { "Simulation.JobResult.UsefulGpuHours", "GPU-hours, as in the ledger of GPU-time" },
        { "Simulation.RunResult.OutsideCurveHours", "hours, for people" },
        { "Store.*", "values of any column, in the column's unit" },
        { "Claims.*", "values of any claim, in the claim's unit" },
        { "Studies.*Answer*", "names of the contract" },
        { "Studies.ChartMark.*", "in the unit of its axis" },
        { "Power.Adequacy.*PerYear", "indices of the trade: per year of the load" },
        { "Power.Adequacy.*H", "hours of a year, as the trade counts them" },
        { "Power.Adequacy.AnnualStatistic.*", "of any index of a year, in its unit" },
        { "Studies.AdequacyAnswer*", "names of the contract" },
        { "Power.Rainflow*", "ranges and means are in the unit of the counted values; a count may be a half" },
        { "Studies.BatteryAnswer*", "names of the contract" },
        { "Studies.UnitAnswer*", "names of the contract" },
        { "Studies.WaveformAnswer*.*PerYear", "names of the contract" },
        { "Simulation.NetworkExtreme.Value", "in the unit of what it is the extreme of" },
        { "Simulation.UnitDuty.*Hours", "hours of units, for people" },
        { "Simulation.Shortfall*GpuHour*", "GPU-hours, as in the ledger of GPU-time" },
        { "Studies.TrainingAnswer*", "names of the contract" },
        { "Training.StepTerms.Kernels", "a count, which a share of a layer may make uneven" },
        { "Studies.CheckpointAnswer*", "names of the contract" },
        { "Studies.FailuresAnswer*", "names of the contract" },
        { "Training.OverOptimisation*", "rewards, and distances in root nats, as in the published laws" },
        { "Training.Reward*", "rewards, their penalties and errors, and KL divergences in nats" },
        { "Training.Synthetic*", "rewards, turns and comfort of synthetic users, which have no unit" },
        { "Training.ServingPoolState.HazardToFailure", "in units of the mean, which is a plain number" },
        { "Simulation.SiteTenant.HazardToFailure", "in units of the mean, which is a plain number" },
        { "Simulation.ServingResult.*Gpus", "means of a count" },
        { "Reports.*", "values for people, each with its unit beside it" },
    };

    [Fact]
    public void Every_number_ends_in_its_unit()
    {
        string[] found = [.. Numbers().Where(number => !HasUnit(number.Name)).Select(number => $"{number.Owner}.{number.Name}").Distinct().Order(StringComparer.Ordinal)];
        found.Where(number => !IsExempt(number)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_exception_is_still_needed() => Exempt.Keys
        .Where(pattern => !pattern.StartsWith("Claims", StringComparison.Ordinal) && !pattern.StartsWith("Reports", StringComparison.Ordinal))
        .Where(pattern => !Numbers().Any(number => !HasUnit(number.Name) && Fits(pattern, $"{number.Owner}.{number.Name}")))
        .ShouldBeEmpty();

    private static bool IsExempt(string number) => Exempt.Keys.Any(pattern => Fits(pattern, number));

    private static bool Fits(string pattern, string number) =>
        Regex.IsMatch(number, "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal) + "$");

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
