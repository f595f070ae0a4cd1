using Gigawatt.Scenarios.Reading;
using Gigawatt.Store;
using Gigawatt.Weather;

namespace Gigawatt.Cli;

/// <summary>What the program tells the shell.</summary>
public static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Failed or was interrupted.</summary>
    public const int Failed = 1;

    /// <summary>The input is wrong; what is wrong was printed.</summary>
    public const int BadInput = 2;

    /// <summary>A check or threshold was not met.</summary>
    public const int NotMet = 3;

    /// <summary>Runs a command and turns what can go wrong for a user into sentences and a code.</summary>
    /// <remarks>Only what a user can cause is caught; anything else is a defect and shows itself.</remarks>
    public static int Of(Func<int> command)
    {
        try
        {
            return command();
        }
        catch (ScenarioException wrong)
        {
            Terminal.Problems(wrong);
            return BadInput;
        }
        catch (WeatherFileException wrong)
        {
            foreach (WeatherFileProblem problem in wrong.Problems)
            {
                Terminal.Error($"{wrong.File}:{problem.Line}:{problem.Column}: expected {problem.Expected}, found {problem.Found}");
            }
            return BadInput;
        }
        catch (StoreException wrong)
        {
            Terminal.Error(wrong.Message);
            return Failed;
        }
        catch (Exception wrong) when (wrong is Simulation.NotFiniteException or Reports.ReportPageException)
        {
            Terminal.Error(wrong.Message);
            return Failed;
        }
        catch (InputException wrong)
        {
            Terminal.Error(wrong.Message);
            return BadInput;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            Terminal.Error($"{wrong.Message.TrimEnd('.')}. Nothing was lost that had been written before");
            return Failed;
        }
    }
}

/// <summary>Something that the user gave cannot be used; the message is a sentence for people.</summary>
public sealed class InputException(string message) : Exception(message);
