using Gigawatt.Power.Networks;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Tests.Power.Networks;

public sealed class SparseLuTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(30, 2)]
    [InlineData(200, 3)]
    public void What_it_solves_gives_the_right_side_back(int count, int seed)
    {
        Stream draw = Stream.For(seed, 0, "matrix", "entries");
        List<(int, int)> pairs = [];
        for (int i = 0; i < 2 * count; i++)
        {
            (int a, int b) = ((int)(draw.NextUniform() * count), (int)(draw.NextUniform() * count));
            if (a != b) { pairs.Add((a, b)); }
        }
        SparseMatrix matrix = SparseMatrix.Of(count, pairs);
        SparseLu lu = SparseLu.Of(matrix);
        for (int time = 0; time < 2; time++)
        {
            for (int e = 0; e < matrix.Blocks.Length; e++) { matrix.Blocks[e] = new Block { A = draw.NextNormal(), B = draw.NextNormal(), C = draw.NextNormal(), D = draw.NextNormal() }; }
            foreach (int d in matrix.Diagonals) { matrix.Blocks[d].A += 20; matrix.Blocks[d].D += 20; }
            double[] right = [.. Enumerable.Range(0, 2 * count).Select(_ => draw.NextNormal())];
            double[] found = [.. right];
            lu.Factorise(matrix).ShouldBe(-1);
            lu.Solve(found);
            for (int i = 0; i < count; i++)
            {
                double a = -right[2 * i], b = -right[2 * i + 1];
                for (int e = matrix.Starts[i]; e < matrix.Starts[i + 1]; e++)
                {
                    Block block = matrix.Blocks[e];
                    int j = matrix.Columns[e];
                    a += block.A * found[2 * j] + block.B * found[2 * j + 1];
                    b += block.C * found[2 * j] + block.D * found[2 * j + 1];
                }
                Math.Abs(a).ShouldBeLessThan(1e-11);
                Math.Abs(b).ShouldBeLessThan(1e-11);
            }
        }
    }

    [Fact]
    public void A_tree_fills_nothing_in()
    {
        SparseMatrix star = SparseMatrix.Of(50, Enumerable.Range(1, 49).Select(i => (i % 7, i)).Where(pair => pair.Item1 != pair.i));
        SparseLu.Of(star).FactorEntries.ShouldBe(star.Columns.Length);
    }

    [Fact]
    public void A_row_of_zeros_is_named() => SparseLu.Of(SparseMatrix.Of(3, [])).Factorise(SparseMatrix.Of(3, [])).ShouldBeInRange(0, 2);
}
