using Gigawatt.Cli;

return await CommandLine.Run(args);
