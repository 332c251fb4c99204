using System.Text.Json;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Files;

/// <summary>Files that are read.</summary>
internal static class InputFile
{
    /// <summary>Runs a function that reads a file, and explains its errors.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">The function.</param>
    /// <param name="expected">The content that the file should have, for the message.</param>
    /// <exception cref="ToolException">The file does not exist, cannot be read, or has other content.</exception>
    public static T Read<T>(string path, Func<T> read, string expected)
    {
        if (path.Length == 0)
        {
            throw ToolException.Input("The name of a file to read is empty: name a file.");
        }

        try
        {
            return read();
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ToolException.Input(
                $"'{path}' does not exist: check the path; the current folder is '{Environment.CurrentDirectory}'.", fault);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            throw ToolException.Input($"'{path}' cannot be read: {Sentence.WithoutPeriod(fault.Message)}. "
                + "Check that it is a file and that you may read it.", fault);
        }
        catch (Exception fault) when (fault is InvalidDataException or FormatException or NotSupportedException or JsonException)
        {
            throw ToolException.Input($"'{path}' is damaged or not what is expected here, {expected}: "
                + $"{Sentence.WithoutPeriod(fault.Message)}. Check the path, or write the file again.", fault);
        }
    }
}
