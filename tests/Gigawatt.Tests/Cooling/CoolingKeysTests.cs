using System.Reflection;
using Gigawatt.Cooling;
using Gigawatt.Numerics;
using Gigawatt.Water;

namespace Gigawatt.Tests.Cooling;

public sealed class CoolingKeysTests
{
    public static TheoryData<Type> Specs => new(
        typeof(AirCooledChillerSpec), typeof(Biquadratic), typeof(DryCoolerSpec), typeof(CoolingTowerSpec), typeof(CduSpec),
        typeof(CoolingPlantSpec), typeof(ReclaimedPlantSpec), typeof(CitySupplySpec), typeof(WaterSystemSpec), typeof(WaterChemistry));

    [Theory]
    [MemberData(nameof(Specs))]
    public void Every_key_names_one_property_and_every_number_has_a_unit(Type spec)
    {
        PropertyInfo[] properties = [.. spec.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite)];
        properties.Select(p => PropertyUnit.Of(p.Name).Key).ShouldBeUnique();
        properties.Where(p => p.PropertyType == typeof(double) && spec != typeof(Biquadratic))
            .ShouldAllBe(p => PropertyUnit.Of(p.Name).HasUnit);
    }

    [Theory]
    [MemberData(nameof(Specs))]
    public void Every_default_has_a_source(Type spec) =>
        spec.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite && p.GetCustomAttribute<System.Runtime.CompilerServices.RequiredMemberAttribute>() is null)
            .ShouldAllBe(p => p.GetCustomAttribute<DefaultAttribute>() != null);
}
