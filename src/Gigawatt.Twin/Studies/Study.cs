using Gigawatt.Numerics;
using Gigawatt.Scenarios.Reading;

namespace Gigawatt.Studies;

/// <summary>One question that can be asked without a campus: what goes in, what comes out.</summary>
/// <remarks>
/// A study is a record that files are read into and a function from it to an <see cref="StudyAnswer"/>. The equations are those
/// that a run uses, in the folders of their trade; a study only lays them out.
/// </remarks>
public sealed class Study
{
    private readonly Func<string, IReadOnlyList<string>, Reading<object>> read;
    private readonly Func<object, StudyAnswer> answer;
    private readonly Func<string> schema;

    private Study(
        string name, string question, string example, Func<string, IReadOnlyList<string>, Reading<object>> read,
        Func<object, StudyAnswer> answer, Type input, Func<string> schema)
    {
        Name = name;
        Input = input;
        Question = question;
        Example = example;
        this.read = read;
        this.answer = answer;
        this.schema = schema;
    }

    /// <summary>What the command line calls it, such as <c>power-flow</c>.</summary>
    public string Name { get; }

    /// <summary>Record that its input file is read into.</summary>
    public Type Input { get; }

    /// <summary>The question it answers, for people.</summary>
    public string Question { get; }

    /// <summary>A file that comes with the program and can be studied at once.</summary>
    public string Example { get; }

    /// <summary>Declares a study.</summary>
    /// <typeparam name="TInput">Record of its input file.</typeparam>
    /// <param name="name">What the command line calls it.</param>
    /// <param name="question">The question it answers.</param>
    /// <param name="example">A shipped file to try it on.</param>
    /// <param name="answer">From the input to the answer.</param>
    /// <param name="import">Reads a file of another format by its path; null when the file is YAML of our own.</param>
    public static Study Of<TInput>(
        string name, string question, string example, Func<TInput, StudyAnswer> answer, Func<string, TInput?>? import = null)
        where TInput : class => new(
            name, question, example,
            (path, sets) => Boxed(import?.Invoke(path) is { } imported
                ? new Reading<TInput>(imported, [], new Dictionary<string, Source>(), path, "")
                : ScenarioReader.ReadFile<TInput>(path, Catalog.Embedded, sets)),
            input => answer((TInput)input),
            typeof(TInput),
            () => JsonSchema.Of<TInput>(Catalog.Embedded));

    /// <summary>The JSON Schema of its input, for editors.</summary>
    public string Schema() => schema();

    /// <summary>Reads a file and answers.</summary>
    /// <param name="file">Path of the input.</param>
    /// <param name="sets">Values to change, such as <c>units[0].count=9</c>.</param>
    /// <exception cref="ScenarioException">The file has mistakes, or its parts do not fit together; each is listed with its place.</exception>
    public StudyAnswer Answer(string file, IReadOnlyList<string> sets)
    {
        Reading<object> reading = read(file, sets);
        try
        {
            return answer(reading.Value);
        }
        catch (CaseException wrong)
        {
            throw new ScenarioException([.. wrong.Problems.Select(problem => At(reading, problem)).OrderBy(problem => problem.Line)]);
        }
        catch (SpecException wrong)
        {
            throw new ScenarioException([At(reading, new CaseProblem(PropertyUnit.Of(wrong.Property).Key, wrong.Expected, FormattableString.Invariant($"{wrong.Found:G6}")))]);
        }
    }

    private static Reading<object> Boxed<T>(Reading<T> reading)
        where T : class => new(reading.Value, reading.Facts, reading.Sources, reading.File, reading.Text);

    // A part without facts of its own stands where the nearest part above it begins.
    private static Problem At(Reading<object> reading, CaseProblem problem)
    {
        for (string path = problem.Path; path.Length > 0; path = path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))])
        {
            Fact? fact = reading.Facts.FirstOrDefault(one => one.Line > 0
                && (one.Path == path || (one.Path.StartsWith(path, StringComparison.Ordinal) && one.Path[path.Length] is '.' or '[')));
            if (fact is not null) { return new Problem(fact.File, fact.Line, fact.Column, problem.Path, problem.Expected, problem.Found); }
        }
        return new Problem(reading.File, 0, 0, problem.Path, problem.Expected, problem.Found);
    }
}
