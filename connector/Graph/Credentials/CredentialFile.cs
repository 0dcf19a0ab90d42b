namespace ProvisioningConnector.Graph.Credentials;

/// <summary>Reads a file that a credential needs and says in a few words why it cannot be read.</summary>
public static class CredentialFile
{
    private const int MaxBytes = 1 << 20;

    /// <summary>The file's bytes; empty where there is a problem.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="problem">How a sentence about the file goes on ("does not exist"); null when it was read.</param>
    public static byte[] Read(string path, out string? problem)
    {
        try
        {
            problem = Directory.Exists(path) ? "is a folder" : null;
            if (problem is not null) return [];
            FileInfo file = new(path);
            if (file is { Exists: true, Length: > MaxBytes })
            {
                problem = "is larger than 1 MiB, so it cannot be the right file";
                return [];
            }

            byte[] content = File.ReadAllBytes(path);
            problem = content.Length == 0 ? "is empty" : null;
            return content;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            problem = "does not exist";
        }
        catch (UnauthorizedAccessException)
        {
            problem = "may not be read by the account that this program runs as";
        }
        catch (IOException e)
        {
            problem = $"cannot be read ({e.Message})";
        }

        return [];
    }
}
